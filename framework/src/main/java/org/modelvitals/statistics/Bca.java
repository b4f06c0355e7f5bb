package org.modelvitals.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.modelvitals.reading.Interval;

/**
 * What makes an interval of resamples right to the second order (Efron 1987; Efron and Tibshirani,
 * An Introduction to the Bootstrap, 14.3).
 */
final class Bca {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Bca() {}

  /**
   * The interval.
   *
   * @param sorted the statistic of the resamples, in ascending order
   */
  static Interval interval(double[] sorted, double estimate, double acceleration, double level) {
    double bias = bias(sorted, estimate);
    double tail = (1 - level) / 2;
    return new Interval(
        quantile(sorted, moved(tail, bias, acceleration)),
        quantile(sorted, moved(1 - tail, bias, acceleration)),
        level,
        "BCa");
  }

  /** How far the estimate lies from the middle of the resamples, as a normal quantile. */
  private static double bias(double[] sorted, double estimate) {
    long below = Arrays.stream(sorted).filter(value -> value < estimate).count();
    long equal = Arrays.stream(sorted).filter(value -> value == estimate).count();
    // Statistics of counts are often equal to the estimate; half of those are below it.
    double share = (below + equal / 2.0) / sorted.length;
    double edge = 0.5 / sorted.length;
    return NORMAL.inverseCumulativeProbability(Math.min(1 - edge, Math.max(edge, share)));
  }

  /**
   * A sixth of the skewness of the jackknife.
   *
   * @param left the statistic with one row, or one group, left out
   * @param weights how many rows each of them stands for
   */
  static double acceleration(double[] left, double[] weights) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < left.length; i++) {
      sum += weights[i] * left[i];
      all += weights[i];
    }
    double mean = sum / all;
    double squares = 0;
    double cubes = 0;
    for (int i = 0; i < left.length; i++) {
      double apart = mean - left[i];
      squares += weights[i] * apart * apart;
      cubes += weights[i] * apart * apart * apart;
    }
    double acceleration = cubes / (6 * Math.pow(squares, 1.5));
    return Double.isFinite(acceleration) ? acceleration : 0;
  }

  /** The level at which the resamples are cut (equation 14.10). */
  private static double moved(double level, double bias, double acceleration) {
    double z = bias + NORMAL.inverseCumulativeProbability(level);
    return NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
  }

  /** Linear between the order statistics (Hyndman and Fan 1996, type 7). */
  static double quantile(double[] sorted, double level) {
    double at = Math.min(1, Math.max(0, level)) * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }
}
