package org.modelvitals.checks.budget;

import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.TDistribution;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.statistics.Moments;
import org.modelvitals.unit.Unit;

/**
 * Where a percentile, or the mean, of a growing series of times lies, in nanoseconds: what all
 * looks so far leave. Each end is wrong no more often than was allowed, over all looks together.
 */
final class TimeBounds {
  private final double error;
  private final Looks looks;
  private final Look look;
  private double low;
  private double high = Double.POSITIVE_INFINITY;

  /** Both bounds of a series, at an error on either side. */
  private interface Look {
    double[] at(Times times, double error);
  }

  private TimeBounds(double error, long first, Look look) {
    this.error = error;
    this.looks = new Looks(error, first);
    this.look = look;
  }

  /** TimeBounds from order statistics, by the exact binomial distribution. */
  static TimeBounds of(Percentile percentile, double error) {
    double q = percentile.q();
    return new TimeBounds(
        error,
        Math.max(Looks.LEAST, OrderStatistics.least(q, 0, error / 2)),
        (times, each) -> {
          int n = Math.toIntExact(times.count());
          OptionalLong lower = OrderStatistics.lower(n, q, each);
          OptionalLong upper = OrderStatistics.upper(n, q, each);
          return new double[] {
            lower.isPresent() ? times.ranked(lower.getAsLong()) : 0,
            upper.isPresent() ? times.ranked(upper.getAsLong()) : Double.POSITIVE_INFINITY
          };
        });
  }

  /** TimeBounds of the mean by Student's t. */
  static TimeBounds ofMean(double error) {
    return new TimeBounds(
        error,
        Looks.LEAST,
        (times, each) -> {
          Moments moments = times.moments();
          double n = (double) moments.count();
          if (n < 2) {
            return new double[] {0, Double.POSITIVE_INFINITY};
          }
          double half =
              TDistribution.of(n - 1).inverseSurvivalProbability(each)
                  * moments.standardDeviation()
                  / Math.sqrt(n);
          return new double[] {Math.max(0, moments.mean() - half), moments.mean() + half};
        });
  }

  /** How long the series is at the next look. */
  long nextLook() {
    return looks.next();
  }

  /** Looks at the series if it is time to. Returns whether it did. */
  boolean look(Times times) {
    if (!looks.isDue(times.count())) {
      return false;
    }
    narrow(look.at(times, looks.take()));
    return true;
  }

  /** The last look: what error is left is spent on the series as it is. */
  void close(Times times) {
    if (times.count() > 0) {
      narrow(look.at(times, looks.last()));
    }
  }

  private void narrow(double[] now) {
    low = Math.max(low, now[0]);
    high = Math.min(high, now[1]);
    if (low > high) { // the series has changed since an earlier look, so that one is void
      low = now[0];
      high = now[1];
    }
  }

  /** Whether there is an upper end. */
  boolean isBounded() {
    return high < Double.POSITIVE_INFINITY;
  }

  /**
   * The percentile that these are bounds of. Without an upper end its value would be no more than
   * the greatest that happened to be seen, so it is undefined, and says what is missing.
   *
   * @param counted what was timed, in the plural
   */
  Measurement measurement(Percentile percentile, String name, Times times, String counted) {
    double value = (double) times.quantile(percentile.q());
    Interval interval = interval(value, "order statistics");
    if (isBounded()) {
      return Measurement.sampled(name, value * 1e-9, Unit.SECONDS, times.count(), interval);
    }
    long least = OrderStatistics.least(percentile.q(), 0, error);
    String why =
        "%s needs at least %,d %s to say where it ends, and there were %,d: %,d more"
            .formatted(
                percentile.label(),
                least,
                counted,
                times.count(),
                Math.max(1, least - times.count()));
    return new Measurement(name, Unit.SECONDS, null, null, times.count(), interval, why);
  }

  /**
   * The interval in seconds.
   *
   * @param value the estimate, which is always inside
   */
  Interval interval(double value, String method) {
    return new Interval(
        Math.min(low, value) * 1e-9, Math.max(high, value) * 1e-9, 1 - 2 * error, method);
  }
}
