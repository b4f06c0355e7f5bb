package org.modelvitals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.modelvitals.reading.Interval;

final class SequentialProportionTest {

  /** Every number of members is tried, with the probabilities as fractions of whole numbers. */
  @Property(tries = 300)
  void boundsAreThoseOfTheWholeSearch(
      @ForAll @IntRange(min = 1, max = 60) int population,
      @ForAll @DoubleRange(min = 0, max = 1) double drawnShare,
      @ForAll @DoubleRange(min = 0, max = 1) double successShare,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double error) {
    int drawn = (int) (drawnShare * population);
    int successes = (int) (successShare * drawn);
    SequentialProportion sequence = new SequentialProportion(population, error);
    sequence.add(drawn, successes);

    long[] left =
        LongStream.rangeClosed(successes, population - (drawn - successes))
            .filter(having -> !isRuledOut(population, drawn, successes, having, error))
            .toArray();
    Interval interval = sequence.interval();
    assertThat(interval.low() * population).isCloseTo((double) left[0], within(1e-9));
    assertThat(interval.high() * population)
        .isCloseTo((double) left[left.length - 1], within(1e-9));
  }

  /** Bayes' rule with hypergeometric likelihoods and an even prior. */
  private static boolean isRuledOut(
      int population, int drawn, int successes, long having, double error) {
    BigInteger all = BigInteger.ZERO;
    for (int other = 0; other <= population; other++) {
      all = all.add(likelihood(population, drawn, successes, other));
    }
    double posterior =
        likelihood(population, drawn, successes, having).doubleValue() / all.doubleValue();
    return 1.0 / (population + 1) >= posterior / error * (1 + 1e-9);
  }

  private static BigInteger likelihood(int population, int drawn, int successes, long having) {
    return choose(having, successes).multiply(choose(population - having, drawn - successes));
  }

  private static BigInteger choose(long n, long k) {
    if (k < 0 || k > n) {
      return BigInteger.ZERO;
    }
    BigInteger ways = BigInteger.ONE;
    for (long i = 1; i <= k; i++) {
      ways = ways.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
    }
    return ways;
  }

  /** 10,000 populations, looked at again and again: the truth is hardly ever left out. */
  @Test
  void keepsItsLevelHoweverOftenOneLooks() {
    int population = 120;
    int step = 3;
    int runs = 10_000;
    double error = 0.05;
    SplittableRandom random = new SplittableRandom(7);
    int wrong = 0;
    for (int run = 0; run < runs; run++) {
      long having = random.nextInt(population + 1);
      double truth = (double) having / population;
      SequentialProportion sequence = new SequentialProportion(population, error);
      long left = having;
      boolean isLeftOut = false;
      for (int drawn = 0; drawn < population; drawn += step) {
        long before = left;
        for (int i = 0; i < step; i++) {
          left -= random.nextLong(population - drawn - i) < left ? 1 : 0;
        }
        sequence.add(step, before - left);
        Interval interval = sequence.interval();
        isLeftOut |= truth < interval.low() - 1e-12 || truth > interval.high() + 1e-12;
      }
      wrong += isLeftOut ? 1 : 0;
    }
    // Three standard errors above the level.
    assertThat(wrong).isLessThan((int) (runs * error + 3 * Math.sqrt(runs * error)));
  }

  /**
   * Of 16 with one failure drawn, 12 would be ruled out by nothing at all: 1/17 is half of 2/17.
   */
  @Test
  void tiesAreKept() {
    SequentialProportion sequence = new SequentialProportion(16, 0.5);
    sequence.add(1, 0);
    assertThat(sequence.interval().high()).isEqualTo(12 / 16.0);
  }

  @Test
  void knowsEverythingInTheEnd() {
    SequentialProportion sequence = new SequentialProportion(1000, 0.01);
    assertThat(sequence.interval().low()).isZero();
    assertThat(sequence.interval().high()).isEqualTo(1);
    sequence.add(1000, 930);
    assertThat(sequence.interval().low()).isEqualTo(0.93);
    assertThat(sequence.interval().high()).isEqualTo(0.93);
  }

  @Test
  void decidesLongBeforeTheEndWhereItIsClear() {
    SequentialProportion sequence = new SequentialProportion(60_000, 0.01);
    while (sequence.interval().low() < 0.9) {
      sequence.add(100, 98);
    }
    assertThat(sequence.drawn()).isLessThan(1_000);
  }

  @Test
  void refusesWhatCannotBe() {
    SequentialProportion sequence = new SequentialProportion(10, 0.05);
    assertThatIllegalArgumentException().isThrownBy(() -> sequence.add(11, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> sequence.add(2, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new SequentialProportion(10, 1));
  }
}
