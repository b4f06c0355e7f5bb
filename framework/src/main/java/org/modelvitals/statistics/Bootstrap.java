package org.modelvitals.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.modelvitals.reading.Interval;

/**
 * The bias-corrected and accelerated bootstrap (BCa; Efron 1987; Efron and Tibshirani, An
 * Introduction to the Bootstrap, 14.3): an interval for any statistic of independent rows, right to
 * the second order. Resamples are drawn in parallel; the seed alone decides what comes out.
 */
public final class Bootstrap {
  /** Groups of rows that the jackknife leaves out in turn, where there are more rows than that. */
  private static final int GROUPS = 200;

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
    return Bca.interval(values, estimate, acceleration(rows, statistic), level);
  }

  /** The random numbers of one resample, whichever thread draws it. */
  static SplittableRandom stream(long seed, int number) {
    // Mixed twice: neighbouring numbers, and neighbouring seeds, begin streams of their own.
    long stream = new SplittableRandom(seed).nextLong() + number;
    return new SplittableRandom(new SplittableRandom(stream).nextLong());
  }

  private static int[] resample(int rows, long seed, int number) {
    SplittableRandom random = stream(seed, number);
    int[] indices = new int[rows];
    for (int i = 0; i < rows; i++) {
      indices[i] = random.nextInt(rows);
    }
    return indices;
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
    double[] alike = new double[groups];
    Arrays.fill(alike, 1);
    return Bca.acceleration(left, alike);
  }
}
