package org.modelvitals.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.modelvitals.reading.Interval;

/**
 * The bias-corrected and accelerated bootstrap (BCa; Efron 1987; Efron and Tibshirani, An
 * Introduction to the Bootstrap, 14.3): an interval for any statistic of independent rows, right to
 * the second order. Resamples are drawn in parallel; the seed alone decides what comes out.
 */
public final class Bootstrap {
  /** Groups of rows that the jackknife leaves out in turn, where there are more rows than that. */
  private static final int GROUPS = 200;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Bootstrap() {}

  /**
   * The interval of a statistic. Unbounded for fewer than two rows, and where the statistic is not
   * finite on the rows or on one of the resamples.
   *
   * @param rows how many rows there are
   * @param statistic of the rows with the given indices, some of which come several times; called
   *     from several threads
   * @throws IllegalArgumentException for a level that is none, or fewer than 100 resamples
   */
  public static Interval bca(
      int rows, ToDoubleFunction<int[]> statistic, double level, int resamples, long seed) {
    if (!(level > 0 && level < 1) || resamples < 100) {
      throw new IllegalArgumentException(
          "level %s with %d resamples; expected 0 to 1, and 100 or more"
              .formatted(level, resamples));
    }
    Interval unbounded =
        new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, level, "BCa");
    if (rows < 2) {
      return unbounded;
    }
    double estimate = statistic.applyAsDouble(IntStream.range(0, rows).toArray());
    double[] values =
        IntStream.range(0, resamples)
            .parallel()
            .mapToDouble(i -> statistic.applyAsDouble(resample(rows, seed, i)))
            .sorted()
            .toArray();
    if (!Double.isFinite(estimate) || !Arrays.stream(values).allMatch(Double::isFinite)) {
      return unbounded;
    }
    double bias = bias(values, estimate);
    double acceleration = acceleration(rows, statistic);
    double tail = (1 - level) / 2;
    return new Interval(
        quantile(values, moved(tail, bias, acceleration)),
        quantile(values, moved(1 - tail, bias, acceleration)),
        level,
        "BCa");
  }

  private static int[] resample(int rows, long seed, int number) {
    // Mixed twice: neighbouring numbers, and neighbouring seeds, begin streams of their own.
    long stream = new SplittableRandom(seed).nextLong() + number;
    SplittableRandom random = new SplittableRandom(new SplittableRandom(stream).nextLong());
    int[] indices = new int[rows];
    for (int i = 0; i < rows; i++) {
      indices[i] = random.nextInt(rows);
    }
    return indices;
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

  /** A sixth of the skewness of the jackknife, which leaves out one row, or one group, in turn. */
  private static double acceleration(int rows, ToDoubleFunction<int[]> statistic) {
    int groups = Math.min(rows, GROUPS);
    double[] left =
        IntStream.range(0, groups)
            .parallel()
            .mapToDouble(
                group ->
                    statistic.applyAsDouble(
                        IntStream.range(0, rows).filter(row -> row % groups != group).toArray()))
            .toArray();
    double mean = Arrays.stream(left).average().orElse(0);
    double squares = 0;
    double cubes = 0;
    for (double value : left) {
      double apart = mean - value;
      squares += apart * apart;
      cubes += apart * apart * apart;
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
  private static double quantile(double[] sorted, double level) {
    double at = Math.min(1, Math.max(0, level)) * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }
}
