package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OrderStatisticsTest {

  @Test
  void agrees_with_the_published_ranks_for_the_median() {
    // Hahn and Meeker, Statistical Intervals: n = 100, 95 %: the 40th and the 61st value.
    assertThat(OrderStatistics.lower(100, 0.5, 0.95)).hasValue(40);
    assertThat(OrderStatistics.upper(100, 0.5, 0.95)).hasValue(61);
    // The sign test's table: n = 10, 5 % two-sided: the 2nd and the 9th value.
    assertThat(OrderStatistics.lower(10, 0.5, 0.95)).hasValue(2);
    assertThat(OrderStatistics.upper(10, 0.5, 0.95)).hasValue(9);
  }

  @Test
  void too_few_values_have_no_end() {
    // 0.99^367 > 0.025 >= 0.99^368, by logarithms.
    assertThat(OrderStatistics.least(0.99, 0.95)).isEqualTo(368);
    assertThat(OrderStatistics.upper(367, 0.99, 0.95)).isEmpty();
    assertThat(OrderStatistics.upper(368, 0.99, 0.95)).hasValue(368);
    assertThat(OrderStatistics.lower(5, 0.5, 0.95)).isEmpty();
  }

  @Property(tries = 200)
  void covers_the_quantile_as_often_as_it_says(
      @ForAll @IntRange(min = 1, max = 400) int n,
      @ForAll @DoubleRange(min = 0.02, max = 0.98) double q) {
    double level = 0.95;
    long low = OrderStatistics.lower(n, q, level).orElse(0);
    long high = OrderStatistics.upper(n, q, level).orElse(n + 1L);
    // The interval from the low-th to the high-th value covers if low <= X < high values are below.
    double covered = 0;
    for (int below = 0; below <= n; below++) {
      if (below >= low && below < high) {
        covered += Math.exp(logBinomial(n, below, q));
      }
    }
    assertThat(covered).isGreaterThanOrEqualTo(level - 1e-9);
  }

  private static double logBinomial(int n, int k, double q) {
    double sum = k * Math.log(q) + (n - k) * Math.log1p(-q);
    for (int i = 1; i <= k; i++) {
      sum += Math.log((double) (n - k + i) / i);
    }
    return sum;
  }
}
