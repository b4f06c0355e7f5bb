package org.modelvitals.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.modelvitals.reading.Interval;

/**
 * Two-sided confidence intervals. Every method throws {@link IllegalArgumentException} for counts
 * or levels that make no sense, and takes the confidence level as a number between 0 and 1.
 */
public final class Intervals {

  /** The confidence level of intervals in readings. */
  public static final double LEVEL = 0.95;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Intervals() {}

  /** The {@link #wilson(long, long, double) Wilson} interval at the usual level. */
  public static Interval wilson(long successes, long trials) {
    return wilson(successes, trials, LEVEL);
  }

  /**
   * The score interval for a proportion, without continuity correction (Wilson 1927; method 3 of
   * Newcombe 1998): keeps its level on average, also for small counts and extreme proportions.
   */
  public static Interval wilson(long successes, long trials, double level) {
    requireProportion(successes, trials);
    double z = z(level);
    double n = (double) trials;
    double p = successes / n;
    double z2 = z * z;
    double centre = p + z2 / (2 * n);
    double half = z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    double scale = 1 + z2 / n;
    // At the ends the formula is 0 and 1 exactly; rounding must not leave the proportion outside.
    double low = successes == 0 ? 0 : Math.min(p, (centre - half) / scale);
    double high = successes == trials ? 1 : Math.max(p, (centre + half) / scale);
    return new Interval(Math.max(0, low), Math.min(1, high), level, "Wilson");
  }

  /**
   * The exact interval for a proportion (Clopper and Pearson 1934): never below its level, for the
   * price of being wider.
   */
  public static Interval clopperPearson(long successes, long trials, double level) {
    requireProportion(successes, trials);
    double tail = tail(level);
    double low =
        successes == 0
            ? 0
            : BetaDistribution.of((double) successes, (double) (trials - successes + 1))
                .inverseCumulativeProbability(tail);
    double high =
        successes == trials
            ? 1
            : BetaDistribution.of((double) (successes + 1), (double) (trials - successes))
                .inverseSurvivalProbability(tail);
    return new Interval(low, high, level, "Clopper-Pearson");
  }

  /** Student's interval for a mean at the usual level. */
  public static Interval mean(Moments moments) {
    return mean(moments, LEVEL);
  }

  /** Student's interval for a mean. */
  public static Interval mean(Moments moments, double level) {
    return mean(moments.mean(), moments.standardDeviation(), moments.count(), level);
  }

  /**
   * Student's t interval for a mean. Unbounded if there are fewer than two values.
   *
   * @param deviation the sample's standard deviation, with n - 1
   */
  public static Interval mean(double mean, double deviation, long count, double level) {
    double tail = tail(level);
    if (count < 2) {
      return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, level, "t");
    }
    double quantile = TDistribution.of(count - 1.0).inverseSurvivalProbability(tail);
    double half = quantile * deviation / Math.sqrt((double) count);
    return new Interval(mean - half, mean + half, level, "t");
  }

  /**
   * The interval of an estimate whose error is normal.
   *
   * @param method the name under which it is reported
   */
  public static Interval normal(
      double estimate, double standardError, double level, String method) {
    double half = z(level) * standardError;
    return new Interval(estimate - half, estimate + half, level, method);
  }

  /**
   * The distribution-free interval of a median between order statistics, from the binomial
   * distribution (Conover, Practical Nonparametric Statistics, 3.2). Unbounded if there are too few
   * values for the level.
   *
   * @param sorted the values in ascending order
   */
  public static Interval median(double[] sorted, double level) {
    double tail = tail(level);
    int n = sorted.length;
    if (n == 0) {
      throw new IllegalArgumentException("the median of no values");
    }
    BinomialDistribution binomial = BinomialDistribution.of(n, 0.5);
    int rank = binomial.inverseCumulativeProbability(tail);
    // The largest rank whose lower tail does not exceed what is allowed.
    while (rank > 0 && binomial.cumulativeProbability(rank - 1) > tail) {
      rank--;
    }
    return rank == 0
        ? new Interval(
            Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, level, "order statistics")
        : new Interval(sorted[rank - 1], sorted[n - rank], level, "order statistics");
  }

  /** The median: the middle value, or the mean of the two middle ones. */
  public static double median(double[] sorted) {
    int n = sorted.length;
    if (n == 0) {
      throw new IllegalArgumentException("the median of no values");
    }
    return n % 2 == 1
        ? sorted[n / 2]
        : Arrays.stream(sorted, n / 2 - 1, n / 2 + 1).map(value -> value / 2).sum();
  }

  /**
   * The exact interval for the mean of a Poisson distribution of which one count is known (Garwood
   * 1936), at the usual level.
   */
  public static Interval poisson(long count) {
    double tail = tail(LEVEL);
    double low =
        count == 0
            ? 0
            : ChiSquaredDistribution.of(2.0 * count).inverseCumulativeProbability(tail) / 2;
    double high = ChiSquaredDistribution.of(2.0 * count + 2).inverseSurvivalProbability(tail) / 2;
    return new Interval(low, high, LEVEL, "Garwood");
  }

  private static double z(double level) {
    return NORMAL.inverseSurvivalProbability(tail(level));
  }

  private static double tail(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "the confidence level is %s; expected a number between 0 and 1".formatted(level));
    }
    return (1 - level) / 2;
  }

  private static void requireProportion(long successes, long trials) {
    if (trials <= 0 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException("%d of %d is no proportion".formatted(successes, trials));
    }
  }
}
