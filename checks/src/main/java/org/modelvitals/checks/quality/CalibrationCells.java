package org.modelvitals.checks.quality;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Interval;
import org.modelvitals.statistics.CellBootstrap;
import org.modelvitals.statistics.Intervals;

/**
 * Predictions by their confidence, in cells so narrow that all in one are as good as equal, right
 * ones and wrong ones apart. What is counted so can be resampled, however many rows there are.
 */
final class CalibrationCells {
  private final int bins;
  private final int parts;
  private final long[] counts;
  private final double[] confidence;

  /**
   * @param bins the bins over which the error is summed
   * @param parts how many cells each bin has, for right predictions and again for wrong ones
   */
  CalibrationCells(int bins, int parts) {
    this.bins = bins;
    this.parts = parts;
    this.counts = new long[2 * bins * parts];
    this.confidence = new double[2 * bins * parts];
  }

  void add(double probability, boolean correct) {
    int last = bins * parts - 1;
    int place = Math.max(0, Math.min(last, (int) Math.ceil(probability * bins * parts) - 1));
    int cell = 2 * place + (correct ? 1 : 0);
    counts[cell]++;
    confidence[cell] += probability;
  }

  void merge(CalibrationCells other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
      confidence[i] += other.confidence[i];
    }
  }

  @Nullable Interval interval(int resamples, long seed) {
    int[] used = IntStream.range(0, counts.length).filter(cell -> counts[cell] > 0).toArray();
    if (used.length == 0) {
      return null;
    }
    long[] cells = IntStream.of(used).mapToLong(cell -> counts[cell]).toArray();
    Interval interval =
        CellBootstrap.basic(cells, drawn -> error(used, drawn), Intervals.LEVEL, resamples, seed);
    return new Interval(
        Math.max(0, interval.low()),
        Math.min(1, Math.max(0, interval.high())),
        interval.level(),
        interval.method());
  }

  private double error(int[] used, long[] drawn) {
    double[] apart = new double[bins];
    long rows = 0;
    for (int i = 0; i < used.length; i++) {
      int cell = used[i];
      double mean = confidence[cell] / counts[cell];
      apart[cell / 2 / parts] += drawn[i] * ((cell % 2) - mean);
      rows += drawn[i];
    }
    double sum = 0;
    for (double bin : apart) {
      sum += Math.abs(bin);
    }
    return sum / rows;
  }
}
