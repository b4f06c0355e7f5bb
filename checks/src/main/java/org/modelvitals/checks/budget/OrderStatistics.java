package org.modelvitals.checks.budget;

import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Confidence intervals for quantiles from order statistics, without any assumption on the
 * distribution: the number of n independent values that lie below the q-quantile is binomial with n
 * and q (Conover, Practical Nonparametric Statistics, 3rd ed., 3.2; Hahn and Meeker, Statistical
 * Intervals, 5.2).
 */
final class OrderStatistics {
  private OrderStatistics() {}

  /**
   * Rank, from 1, of the value that is the lower end of a two-sided interval; empty if there are
   * too few values for one.
   */
  static OptionalLong lower(int n, double q, double level) {
    double tail = (1 - level) / 2;
    // The greatest r with P(X <= r - 1) <= tail: fewer than r values below the quantile are rare.
    int r = BinomialDistribution.of(n, q).inverseCumulativeProbability(tail);
    while (r > 0 && BinomialDistribution.of(n, q).cumulativeProbability(r - 1) > tail) {
      r--;
    }
    return r >= 1 ? OptionalLong.of(r) : OptionalLong.empty();
  }

  /** Rank of the value that is the upper end; empty if there are too few values for one. */
  static OptionalLong upper(int n, double q, double level) {
    // By symmetry: the rank from above for the values' negatives.
    OptionalLong mirrored = lower(n, 1 - q, level);
    return mirrored.isPresent()
        ? OptionalLong.of(n + 1 - mirrored.getAsLong())
        : OptionalLong.empty();
  }

  /** The least number of values whose greatest is an upper end: 1 - q^n must reach the level. */
  static long least(double q, double level) {
    return (long) Math.ceil(Math.log((1 - level) / 2) / Math.log(q));
  }
}
