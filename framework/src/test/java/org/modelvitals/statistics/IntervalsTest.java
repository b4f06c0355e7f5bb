package org.modelvitals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.reading.Interval;

class IntervalsTest {

  /** By R's poisson.test. */
  @ParameterizedTest
  @CsvSource({"0, 0, 3.688879", "1, 0.02531781, 5.571643", "10, 4.795389, 18.39036"})
  void aCountHasGarwoodsInterval(long count, double low, double high) {
    Interval exact = Intervals.poisson(count);
    assertThat(exact.low()).isCloseTo(low, within(1e-6));
    assertThat(exact.high()).isCloseTo(high, within(1e-5));
  }

  /** Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, methods 3 and 5. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662, 0.2527, 0.3676",
    "15, 148, 0.0624, 0.1605, 0.0578, 0.1617",
    " 0,  20, 0.0000, 0.1611, 0.0000, 0.1684",
    " 1,  29, 0.0061, 0.1718, 0.0009, 0.1776"
  })
  void proportionsAgreeWithNewcombe(
      long successes, long trials, double low, double high, double exactLow, double exactHigh) {
    Interval wilson = Intervals.wilson(successes, trials, 0.95);
    assertThat(wilson.low()).isCloseTo(low, within(5e-5));
    assertThat(wilson.high()).isCloseTo(high, within(5e-5));
    Interval exact = Intervals.clopperPearson(successes, trials, 0.95);
    assertThat(exact.low()).isCloseTo(exactLow, within(5e-5));
    assertThat(exact.high()).isCloseTo(exactHigh, within(5e-5));
  }

  /** NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2, ZARR13.DAT. */
  @Test
  void meanAgreesWithNist() {
    Interval interval = Intervals.mean(9.261460, 0.02278881, 195, 0.95);
    assertThat(interval.low()).isCloseTo(9.258242, within(1e-6));
    assertThat(interval.high()).isCloseTo(9.264679, within(1e-6));
  }

  /** The 95 % interval of a median of 10 values lies between the 2nd and the 9th. */
  @Test
  void medianLiesBetweenOrderStatistics() {
    double[] sorted = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    assertThat(Intervals.median(sorted)).isEqualTo(5.5);
    Interval interval = Intervals.median(sorted, 0.95);
    assertThat(interval.low()).isEqualTo(2);
    assertThat(interval.high()).isEqualTo(9);
    // With 5 values the widest interval has a level of 1 - 2 / 32 = 93.75 %.
    assertThat(Intervals.median(new double[] {1, 2, 3, 4, 5}, 0.95).high()).isInfinite();
    assertThat(Intervals.median(new double[] {1, 2, 3, 4, 5}, 0.93).high()).isEqualTo(5);
  }

  @Property(tries = 300)
  void wilsonSolvesTheScoreEquation(
      @ForAll @IntRange(min = 1, max = 5000) int trials,
      @ForAll @DoubleRange(min = 0, max = 1) double share) {
    long successes = Math.round(share * trials);
    Interval interval = Intervals.wilson(successes, trials, 0.95);
    double p = (double) successes / trials;
    assertThat(p).isBetween(interval.low(), interval.high());
    // An end of the interval is a proportion that the score test rejects exactly at its level.
    if (successes > 0) {
      double low = interval.low();
      assertThat((p - low) / Math.sqrt(low * (1 - low) / trials)).isCloseTo(1.959964, within(1e-4));
    }
  }

  @Property(tries = 200)
  void clopperPearsonInvertsTheBinomialTails(
      @ForAll @IntRange(min = 1, max = 2000) int trials,
      @ForAll @DoubleRange(min = 0, max = 1) double share) {
    int successes = (int) Math.round(share * trials);
    Interval interval = Intervals.clopperPearson(successes, trials, 0.9);
    if (successes > 0) {
      double above =
          BinomialDistribution.of(trials, interval.low()).survivalProbability(successes - 1);
      assertThat(above).isCloseTo(0.05, within(1e-6));
    }
    if (successes < trials) {
      double below =
          BinomialDistribution.of(trials, interval.high()).cumulativeProbability(successes);
      assertThat(below).isCloseTo(0.05, within(1e-6));
    }
  }

  @Test
  void refusesWhatIsNoProportion() {
    assertThatIllegalArgumentException().isThrownBy(() -> Intervals.wilson(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Intervals.wilson(3, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> Intervals.clopperPearson(-1, 2, 0.9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Intervals.wilson(1, 2, 95))
        .withMessageContaining("95");
  }

  @Property(tries = 300)
  void momentsDoNotDependOnTheSplit(
      @ForAll @Size(min = 1, max = 200) List<@DoubleRange(min = -1e6, max = 1e6) Double> values,
      @ForAll @IntRange(min = 0, max = 200) int at) {
    int split = Math.min(at, values.size());
    Moments left = new Moments();
    Moments right = new Moments();
    for (int i = 0; i < values.size(); i++) {
      (i < split ? left : right).add(values.get(i));
    }
    left.merge(right);
    double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    assertThat(left.count()).isEqualTo(values.size());
    assertThat(left.mean()).isCloseTo(mean, within(1e-6));
    assertThat(left.sumOfSquares()).isCloseTo(squares, within(1e-9 * squares + 1e-6));
  }
}
