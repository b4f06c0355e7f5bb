package org.modelvitals.checks.quality;

/**
 * Confidence against accuracy of the most probable class, in bins of equal width that exclude their
 * lower end (Guo et al., On Calibration of Modern Neural Networks, 2017).
 */
public final class Calibration {
  public static final int BINS = 15;

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
  }

  /** Takes in what another has seen. */
  public void merge(Calibration other) {
    for (int i = 0; i < BINS; i++) {
      rows[i] += other.rows[i];
      right[i] += other.right[i];
      confidence[i] += other.confidence[i];
    }
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

  /** The mean distance of confidence and accuracy, each bin weighted by its rows. */
  public double expectedError() {
    double error = 0;
    for (int i = 0; i < BINS; i++) {
      error += Math.abs(right[i] - confidence[i]);
    }
    return error / total();
  }
}
