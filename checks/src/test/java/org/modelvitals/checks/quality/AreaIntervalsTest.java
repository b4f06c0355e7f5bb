package org.modelvitals.checks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.Random;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.modelvitals.reading.Interval;

/** Where DeLong's interval has no width, or the scores themselves are not kept. */
class AreaIntervalsTest {
  private static final double Z = 1.959963984540054;

  private static RankScores scores(int limit, Random random, int each, double shift) {
    RankScores scores = new RankScores(limit);
    for (int i = 0; i < each; i++) {
      scores.add(logistic(random.nextGaussian() + shift), true);
      scores.add(logistic(random.nextGaussian()), false);
    }
    return scores;
  }

  private static double logistic(double odds) {
    return 1 / (1 + Math.exp(-odds));
  }

  private static RankScores.Area area(RankScores scores) {
    return Objects.requireNonNull(scores.area());
  }

  @Test
  void ends_are_as_far_as_their_own_standard_errors_reach() {
    for (double area : new double[] {1, 0.97, 0.5, 0.1, 0}) {
      Interval interval = NewcombeArea.interval(area, 30, 70);
      if (area > 0) {
        assertThat(area - interval.low())
            .isCloseTo(Z * Math.sqrt(NewcombeArea.variance(interval.low(), 30, 70)), within(1e-9));
      }
      if (area < 1) {
        assertThat(interval.high() - area)
            .isCloseTo(Z * Math.sqrt(NewcombeArea.variance(interval.high(), 30, 70)), within(1e-9));
      }
    }
    assertThat(NewcombeArea.interval(1, 30, 70).high()).isEqualTo(1);
    assertThat(NewcombeArea.interval(0, 30, 70).low()).isZero();
  }

  @Test
  void a_perfect_order_has_an_interval_too() {
    RankScores perfect = new RankScores(1000);
    for (int i = 1; i <= 50; i++) {
      perfect.add(0.5 + i / 200.0, true);
      perfect.add(0.5 - i / 200.0, false);
    }
    Interval interval = Objects.requireNonNull(area(perfect).interval());
    assertThat(interval).isEqualTo(NewcombeArea.interval(1, 50, 50));
    assertThat(interval.low()).isBetween(0.9, 0.97);
  }

  /** Two normal distributions with the area of the lower end: one in forty may be in order. */
  @Test
  void a_model_at_the_lower_end_seldom_puts_all_rows_in_order() {
    double low = NewcombeArea.interval(1, 25, 25).low();
    double shift = Math.sqrt(2) * NormalDistribution.of(0, 1).inverseCumulativeProbability(low);
    Random random = new Random(20261125);
    int perfect = 0;
    for (int run = 0; run < 4000; run++) {
      perfect += area(scores(1000, random, 25, shift)).value() == 1 ? 1 : 0;
    }
    assertThat(perfect / 4000.0).isLessThan(0.025);
  }

  @Test
  void scores_in_bins_have_nearly_the_interval_of_the_scores() {
    RankScores exact = scores(10_000, new Random(7), 1000, 1);
    RankScores binned = scores(10, new Random(7), 1000, 1);
    assertThat(binned.isExact()).isFalse();
    Interval kept = Objects.requireNonNull(area(exact).interval());
    Interval counted = Objects.requireNonNull(area(binned).interval());
    assertThat(counted.low()).isLessThanOrEqualTo(kept.low()).isCloseTo(kept.low(), within(2e-3));
    assertThat(counted.high())
        .isGreaterThanOrEqualTo(kept.high())
        .isCloseTo(kept.high(), within(2e-3));
  }
}
