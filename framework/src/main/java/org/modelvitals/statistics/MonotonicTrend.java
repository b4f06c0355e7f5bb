package org.modelvitals.statistics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.modelvitals.reading.Interval;

/**
 * Whether a series rises or falls, and by how much, without a model of its noise: the slope of
 * Theil (1950) and Sen (1968), the test of Mann (1945) and Kendall (1975). The variance is
 * corrected for autocorrelation as Hamed and Rao (1998) do; where neighbours resemble each other,
 * the plain test sees trends that are none.
 *
 * @param slope the median of the slopes between all pairs of points
 * @param p the two-sided p-value that there is no trend
 * @param interval of the slope, by Sen's method
 */
public record MonotonicTrend(double slope, double p, Interval interval) {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /**
   * The trend of {@code y} over {@code x}.
   *
   * @param x rising
   * @throws IllegalArgumentException for fewer than four points
   */
  public static MonotonicTrend of(double[] x, double[] y, double level) {
    int n = x.length;
    if (n < 4 || n != y.length) {
      throw new IllegalArgumentException(
          "a trend needs at least 4 points with both coordinates, not %d and %d"
              .formatted(n, y.length));
    }
    double[] slopes = slopes(x, y);
    double slope = median(slopes);
    long s = 0;
    for (double each : slopes) {
      s += Long.signum(Double.compare(each, 0));
    }
    double deviation = Math.sqrt(variance(y) * inflation(x, y, slope));
    if (deviation == 0) {
      return new MonotonicTrend(slope, 1, new Interval(slope, slope, level, "Sen"));
    }
    double z = s == 0 ? 0 : (s - Math.signum((double) s)) / deviation;
    double p = Math.min(1, 2 * NORMAL.survivalProbability(Math.abs(z)));
    double reach = NORMAL.inverseCumulativeProbability((1 + level) / 2) * deviation;
    int low = (int) Math.round((slopes.length - reach) / 2);
    int high = (int) Math.round((slopes.length + reach) / 2);
    return new MonotonicTrend(
        slope,
        p,
        new Interval(
            slopes[Math.max(0, low - 1)], slopes[Math.min(slopes.length - 1, high)], level, "Sen"));
  }

  private static double[] slopes(double[] x, double[] y) {
    double[] slopes = new double[x.length * (x.length - 1) / 2];
    int at = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = i + 1; j < x.length; j++) {
        slopes[at++] = (y[j] - y[i]) / (x[j] - x[i]);
      }
    }
    Arrays.sort(slopes);
    return slopes;
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The variance of Kendall's S without a trend, with ties (Kendall 1975). */
  private static double variance(double[] y) {
    Map<Double, Integer> ties = new HashMap<>();
    for (double value : y) {
      ties.merge(value, 1, Integer::sum);
    }
    double n = y.length;
    double sum = n * (n - 1) * (2 * n + 5);
    for (double t : ties.values()) {
      sum -= t * (t - 1) * (2 * t + 5);
    }
    return sum / 18;
  }

  /**
   * By how much autocorrelation inflates the variance: the effective size of a sample in which each
   * value depends on the one before (Matalas and Langbein 1962; Yue and Wang 2004, equation 8). The
   * correlation is that of ranks, once the trend is taken out.
   */
  private static double inflation(double[] x, double[] y, double slope) {
    int n = y.length;
    double[] rest = new double[n];
    for (int i = 0; i < n; i++) {
      rest[i] = y[i] - slope * x[i];
    }
    double[] ranks = ranks(rest);
    double mean = (n + 1) / 2.0;
    double square = 0;
    double product = 0;
    for (int i = 0; i < n; i++) {
      square += (ranks[i] - mean) * (ranks[i] - mean);
      product += i == 0 ? 0 : (ranks[i] - mean) * (ranks[i - 1] - mean);
    }
    double r = square == 0 ? 0 : product / square;
    // Neighbours that repel each other would make it smaller; to be on the safe side it is not.
    return r <= 0
        ? 1
        : 1 + 2 * (Math.pow(r, n + 1) - n * r * r + (n - 1) * r) / (n * (r - 1) * (r - 1));
  }

  /** Ranks from 1, those of equal values averaged. */
  private static double[] ranks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int first = Arrays.binarySearch(sorted, values[i]);
      int last = first;
      while (first > 0 && sorted[first - 1] == values[i]) {
        first--;
      }
      while (last < sorted.length - 1 && sorted[last + 1] == values[i]) {
        last++;
      }
      ranks[i] = (first + last) / 2.0 + 1;
    }
    return ranks;
  }
}
