package org.modelvitals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.modelvitals.reading.Interval;

final class BootstrapTest {
  /** The law schools of Efron and Tibshirani, table 3.1. */
  private static final double[] LSAT = {
    576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594
  };

  private static final double[] GPA = {
    3.39, 3.30, 2.81, 3.03, 3.44, 3.07, 3.00, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96
  };

  /** scipy 1.10.1, {@code bootstrap(…, method='BCa', n_resamples=40000)} with three seeds. */
  @Test
  void correlationOfTheLawSchoolsIsWhereScipyHasIt() {
    Interval interval = Bootstrap.bca(15, BootstrapTest::correlation, 0.95, 40_000, 1);
    assertThat(interval.low()).isCloseTo(0.335, within(0.02));
    assertThat(interval.high()).isCloseTo(0.941, within(0.004));
  }

  private static double correlation(int[] rows) {
    double x = Arrays.stream(rows).mapToDouble(row -> LSAT[row]).average().orElse(0);
    double y = Arrays.stream(rows).mapToDouble(row -> GPA[row]).average().orElse(0);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int row : rows) {
      xy += (LSAT[row] - x) * (GPA[row] - y);
      xx += (LSAT[row] - x) * (LSAT[row] - x);
      yy += (GPA[row] - y) * (GPA[row] - y);
    }
    return xy / Math.sqrt(xx * yy);
  }

  /** As above with {@code n_resamples=100000}. */
  @Test
  void meanOfSkewedNumbersIsWhereScipyHasIt() {
    double[] values = {1, 2, 2, 3, 5, 8, 13, 21, 34, 55};
    Interval interval = Bootstrap.bca(10, rows -> mean(values, rows), 0.95, 100_000, 5);
    assertThat(interval.low()).isCloseTo(6.53, within(0.15));
    assertThat(interval.high()).isCloseTo(29.2, within(0.4));
  }

  private static double mean(double[] values, int[] rows) {
    double sum = 0;
    for (int row : rows) {
      sum += values[row];
    }
    return sum / rows.length;
  }

  /** Of 400 samples of 60 numbers, about 95 of 100 intervals hold the true mean. */
  @Test
  void keepsItsLevel() {
    SplittableRandom random = new SplittableRandom(11);
    int hits = 0;
    int runs = 400;
    for (int run = 0; run < runs; run++) {
      double[] values = new double[60];
      Arrays.setAll(values, i -> -Math.log(1 - random.nextDouble()));
      Interval interval = Bootstrap.bca(60, rows -> mean(values, rows), 0.95, 500, run);
      hits += interval.low() <= 1 && interval.high() >= 1 ? 1 : 0;
    }
    // Four standard errors about what an interval of this kind keeps on sixty skewed numbers.
    assertThat(hits / (double) runs).isBetween(0.89, 0.99);
  }

  @Test
  void seedsAloneDecide() {
    double[] values = {3.1, 1.2, 4.5, 1.7, 5.4, 9.9, 2.6, 6.8};
    Interval once = Bootstrap.bca(8, rows -> mean(values, rows), 0.95, 4_000, 3);
    assertThat(Bootstrap.bca(8, rows -> mean(values, rows), 0.95, 4_000, 3)).isEqualTo(once);
    assertThat(Bootstrap.bca(8, rows -> mean(values, rows), 0.95, 4_000, 4)).isNotEqualTo(once);
  }

  @Test
  void equalRowsHaveAnIntervalOfNoLength() {
    Interval interval = Bootstrap.bca(5, rows -> 2, 0.95, 4_000, 1);
    assertThat(interval.low()).isEqualTo(2);
    assertThat(interval.high()).isEqualTo(2);
  }

  @Test
  void saysNothingWhereThereIsNothingToSay() {
    assertThat(Bootstrap.bca(1, rows -> 2, 0.95, 4_000, 1).high()).isInfinite();
    assertThat(Bootstrap.bca(9, rows -> Double.NaN, 0.95, 4_000, 1).low()).isInfinite();
    assertThatIllegalArgumentException().isThrownBy(() -> Bootstrap.bca(9, r -> 1, 0.9, 10, 1));
  }
}
