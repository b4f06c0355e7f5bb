package org.modelvitals.statistics;

import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.TTest;
import org.modelvitals.reading.Interval;

/** Whether one group of values is larger than another, and by how much. */
public final class TwoGroups {
  private static final TTest WELCH =
      TTest.withDefaults()
          .with(AlternativeHypothesis.GREATER_THAN)
          .with(DataDispersion.HETEROSCEDASTIC);

  private TwoGroups() {}

  /**
   * The one-sided p-value of Fisher's exact test: how likely a share at least as large as that of
   * the first group is, if the successes are spread over both by chance.
   *
   * @throws ArithmeticException for more than 2,147,483,647 in all
   */
  public static double fisher(long successes, long count, long otherSuccesses, long otherCount) {
    if (count == 0 || otherCount == 0) {
      return 1;
    }
    int population = Math.toIntExact(count + otherCount);
    int having = Math.toIntExact(successes + otherSuccesses);
    if (successes == 0 || having == population) {
      return 1;
    }
    return HypergeometricDistribution.of(population, having, Math.toIntExact(count))
        .survivalProbability(Math.toIntExact(successes) - 1);
  }

  /** The one-sided p-value of Welch's t-test (1947): of the first mean being no larger. */
  public static double welch(Moments one, Moments other) {
    if (one.count() < 2 || other.count() < 2) {
      return 1;
    }
    double spread = variance(one) + variance(other);
    if (spread == 0) {
      return one.mean() > other.mean() ? 0 : 1;
    }
    return WELCH
        .test(one.mean(), variance(one), one.count(), other.mean(), variance(other), other.count())
        .getPValue();
  }

  /** Welch's interval for the first mean less the second; unbounded for fewer than two values. */
  public static Interval welchInterval(Moments one, Moments other, double level) {
    if (one.count() < 2 || other.count() < 2) {
      return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, level, "Welch");
    }
    double gap = one.mean() - other.mean();
    double a = variance(one) / one.count();
    double b = variance(other) / other.count();
    if (a + b == 0) {
      return new Interval(gap, gap, level, "Welch");
    }
    double freedom = (a + b) * (a + b) / (a * a / (one.count() - 1) + b * b / (other.count() - 1));
    double half =
        TDistribution.of(freedom).inverseSurvivalProbability((1 - level) / 2) * Math.sqrt(a + b);
    return new Interval(gap - half, gap + half, level, "Welch");
  }

  /**
   * Newcombe's hybrid score interval for the first share less the second (Interval estimation for
   * the difference between independent proportions, 1998, method 10).
   */
  public static Interval newcombe(
      long successes, long count, long otherSuccesses, long otherCount, double level) {
    Interval one = Intervals.wilson(successes, count, level);
    Interval other = Intervals.wilson(otherSuccesses, otherCount, level);
    double p = (double) successes / count;
    double q = (double) otherSuccesses / otherCount;
    return new Interval(
        p - q - Math.hypot(p - one.low(), other.high() - q),
        p - q + Math.hypot(one.high() - p, q - other.low()),
        level,
        "Newcombe");
  }

  private static double variance(Moments moments) {
    double deviation = moments.standardDeviation();
    return deviation * deviation;
  }
}
