package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderStatisticsTest {

  @Test
  void agrees_with_the_published_ranks_for_the_median() {
    // Hahn and Meeker, Statistical Intervals: n = 100, 95 %: the 40th and the 61st value.
    assertThat(OrderStatistics.lower(100, 0.5, 0.025)).hasValue(40);
    assertThat(OrderStatistics.upper(100, 0.5, 0.025)).hasValue(61);
    // The sign test's table: n = 10, 5 % two-sided: the 2nd and the 9th value.
    assertThat(OrderStatistics.lower(10, 0.5, 0.025)).hasValue(2);
    assertThat(OrderStatistics.upper(10, 0.5, 0.025)).hasValue(9);
  }

  /**
   * At 99 % confidence. MLPerf's LoadGen asks for 459 queries with none over for p99, and its least
   * runs allow one: 64 for p90, 662 for p99. All rows are those of the exact sum.
   */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0, 7",
    "0.9, 0, 44",
    "0.9, 1, 64",
    "0.95, 0, 90",
    "0.95, 1, 130",
    "0.97, 1, 219",
    "0.99, 0, 459",
    "0.99, 1, 662",
    "0.99, 2, 838",
    "0.99, 10, 2010",
    "0.999, 0, 4603",
    "0.999, 1, 6636"
  })
  void needs_as_many_values_as_the_exact_binomial_says(double q, int over, long least) {
    assertThat(OrderStatistics.least(q, over, 0.01)).isEqualTo(least);
    BigDecimal error = new BigDecimal("0.01");
    assertThat(exact(least, over, q)).isLessThanOrEqualTo(error);
    assertThat(exact(least - 1, over, q)).isGreaterThan(error);
    // The bound itself: the value that so many are greater than is one from there on.
    assertThat(OrderStatistics.upper((int) least, q, 0.01)).hasValue(least - over);
    assertThat(OrderStatistics.upper((int) least - 1, q, 0.01).orElse(Long.MAX_VALUE))
        .isGreaterThan(least - 1 - over);
  }

  /** P(X <= over) for X binomial with n and 1 - q, to fifty digits. */
  private static BigDecimal exact(long n, int over, double q) {
    MathContext digits = new MathContext(50);
    BigDecimal below = BigDecimal.valueOf(q);
    BigDecimal above = BigDecimal.ONE.subtract(below);
    BigDecimal sum = BigDecimal.ZERO;
    BigInteger choose = BigInteger.ONE;
    for (int k = 0; k <= over; k++) {
      sum =
          sum.add(
              new BigDecimal(choose)
                  .multiply(above.pow(k, digits))
                  .multiply(below.pow((int) n - k, digits)));
      choose = choose.multiply(BigInteger.valueOf(n - k)).divide(BigInteger.valueOf(k + 1));
    }
    return sum;
  }

  @Test
  void too_few_values_have_no_end() {
    assertThat(OrderStatistics.upper(458, 0.99, 0.01)).isEmpty();
    assertThat(OrderStatistics.upper(459, 0.99, 0.01)).hasValue(459);
    assertThat(OrderStatistics.upper(661, 0.99, 0.01)).hasValue(661);
    assertThat(OrderStatistics.upper(662, 0.99, 0.01)).hasValue(661);
    assertThat(OrderStatistics.lower(5, 0.5, 0.025)).isEmpty();
  }

  @Property(tries = 200)
  void covers_the_quantile_as_often_as_it_says(
      @ForAll @IntRange(min = 1, max = 400) int n,
      @ForAll @DoubleRange(min = 0.02, max = 0.98) double q) {
    double error = 0.025;
    long low = OrderStatistics.lower(n, q, error).orElse(0);
    long high = OrderStatistics.upper(n, q, error).orElse(n + 1L);
    // A bound is wrong if too many, or too few, values lie below the quantile.
    double tooLow = 0;
    double tooHigh = 0;
    for (int below = 0; below <= n; below++) {
      tooHigh += below < low ? Math.exp(logBinomial(n, below, q)) : 0;
      tooLow += below >= high ? Math.exp(logBinomial(n, below, q)) : 0;
    }
    assertThat(tooLow).isLessThanOrEqualTo(error + 1e-9);
    assertThat(tooHigh).isLessThanOrEqualTo(error + 1e-9);
  }

  private static double logBinomial(int n, int k, double q) {
    double sum = k * Math.log(q) + (n - k) * Math.log1p(-q);
    for (int i = 1; i <= k; i++) {
      sum += Math.log((double) (n - k + i) / i);
    }
    return sum;
  }
}
