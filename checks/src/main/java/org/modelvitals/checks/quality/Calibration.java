package org.modelvitals.checks.quality;

import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Interval;

/**
 * Confidence against accuracy of the most probable class, in bins of equal width that exclude their
 * lower end (Guo et al., On Calibration of Modern Neural Networks, 2017).
 */
public final class Calibration {
  public static final int BINS = 15;

  /** Each bin in so many parts, within which confidences are as good as equal. */
  private static final int PARTS = 64;

  private final CalibrationCells cells = new CalibrationCells(BINS, PARTS);
  private final long[] rows = new long[BINS];
  private final long[] right = new long[BINS];
  private final double[] confidence = new double[BINS];

  /** Takes in a prediction: the probability of what was said, and whether it was right. */
  public void add(double probability, boolean correct) {
    int bin = (int) Math.ceil(probability * BINS) - 1;
    bin = Math.min(BINS - 1, Math.max(0, bin));
    rows[bin]++;
    confidence[bin] += probability;
    if (correct) {
      right[bin]++;
    }
    cells.add(probability, correct);
  }

  /** Takes in what another has seen. */
  public void merge(Calibration other) {
    for (int i = 0; i < BINS; i++) {
      rows[i] += other.rows[i];
      right[i] += other.right[i];
      confidence[i] += other.confidence[i];
    }
    cells.merge(other.cells);
  }

  public long rows(int bin) {
    return rows[bin];
  }

  public double meanConfidence(int bin) {
    return confidence[bin] / rows[bin];
  }

  public double accuracy(int bin) {
    return (double) right[bin] / rows[bin];
  }

  public long total() {
    long sum = 0;
    for (long count : rows) {
      sum += count;
    }
    return sum;
  }

  public long totalRight() {
    long sum = 0;
    for (long count : right) {
      sum += count;
    }
    return sum;
  }

  public double meanConfidence() {
    double sum = 0;
    for (double value : confidence) {
      sum += value;
    }
    return sum / total();
  }

  /**
   * The interval of {@link #expectedError}, by the basic bootstrap (Davison and Hinkley 1997, 5.2):
   * noise makes the error of a sample larger than the true one, and that of a resample larger again
   * by about as much. Null if nothing was added.
   */
  public @Nullable Interval interval(int resamples, long seed) {
    return cells.interval(resamples, seed);
  }

  /** The mean distance of confidence and accuracy, each bin weighted by its rows. */
  public double expectedError() {
    double error = 0;
    for (int i = 0; i < BINS; i++) {
      error += Math.abs(right[i] - confidence[i]);
    }
    return error / total();
  }
}
