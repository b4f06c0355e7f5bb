package org.modelvitals.checks.budget;

import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Bounds for quantiles from order statistics, without any assumption on the distribution: the
 * number of n independent values that lie below the q-quantile is binomial with n and q (Conover,
 * Practical Nonparametric Statistics, 3rd ed., 3.2; Hahn and Meeker, Statistical Intervals, 5.2). A
 * limit that is no less than the upper bound of p99 is one that MLPerf's LoadGen would accept for
 * p99: both ask whether so few values over it are too rare to be chance.
 */
final class OrderStatistics {
  private OrderStatistics() {}

  /**
   * Rank, from 1, of the value that is a lower bound of the q-quantile; empty if there are too few
   * values for one.
   *
   * @param error how often, at most, the bound is wrong
   */
  static OptionalLong lower(int n, double q, double error) {
    // The greatest r with P(X <= r - 1) <= error: fewer than r values below the quantile are rare.
    BinomialDistribution below = BinomialDistribution.of(n, q);
    int r = below.inverseCumulativeProbability(error);
    while (r > 0 && below.cumulativeProbability(r - 1) > error) {
      r--;
    }
    return r >= 1 ? OptionalLong.of(r) : OptionalLong.empty();
  }

  /** Rank of the value that is an upper bound; empty if there are too few values for one. */
  static OptionalLong upper(int n, double q, double error) {
    // By symmetry: the rank from above for the values' negatives.
    OptionalLong mirrored = lower(n, 1 - q, error);
    return mirrored.isPresent()
        ? OptionalLong.of(n + 1 - mirrored.getAsLong())
        : OptionalLong.empty();
  }

  /**
   * The least number of values of which {@code over} may be greater than an upper bound of the
   * q-quantile: for p99 with an error of 1 %, 459 if none is, and 662 if one is.
   */
  static long least(double q, long over, double error) {
    long high = over + 1;
    while (isTooFew(high, q, over, error)) {
      high *= 2;
    }
    long low = high / 2;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (isTooFew(middle, q, over, error)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static boolean isTooFew(long n, double q, long over, double error) {
    return over >= n
        || BinomialDistribution.of(Math.toIntExact(n), 1 - q)
                .cumulativeProbability(Math.toIntExact(over))
            > error;
  }
}
