package org.modelvitals.checks.budget;

import java.util.Arrays;

/**
 * Tells when a series has left its initial transient, by MSER (White 1997; White, Cobb and Spratt
 * 2000): cut off at the front what makes the standard error of the rest the smallest. If that is
 * more than half of the series, there is not enough of it yet (Hoad, Robinson and Davies 2010).
 * Spikes are cut at the later half's upper fence (Tukey) first, so that one is no transient. Memory
 * is constant: a series that grows long is kept in means of neighbours.
 */
final class SteadyState {
  private static final int LEAST = 16;
  private static final int MOST = 128;

  /** Remainders shorter than this have a standard error by chance only. */
  private static final int REMAINDER = 5;

  private final double[] means = new double[MOST];
  private int kept;
  private long each = 1;
  private double sum;
  private long summed;

  void add(double value) {
    sum += value;
    if (++summed < each) {
      return;
    }
    means[kept++] = sum / (double) each;
    sum = 0;
    summed = 0;
    if (kept == MOST) {
      for (int i = 0; i < MOST / 2; i++) {
        means[i] = (means[2 * i] + means[2 * i + 1]) / 2;
      }
      kept = MOST / 2;
      each *= 2;
    }
  }

  boolean isSteady() {
    return kept >= LEAST && transientLength() <= kept / 2;
  }

  /** How many of the kept values MSER cuts off. */
  private int transientLength() {
    double[] values = fenced();
    double total = 0;
    double squares = 0;
    double best = Double.POSITIVE_INFINITY;
    int cut = 0;
    for (int i = kept - 1; i >= 0; i--) {
      total += values[i];
      squares += values[i] * values[i];
      double n = kept - i;
      double error = Math.max(0, squares - total * total / n) / (n * n);
      if (n >= REMAINDER && error <= best) {
        best = error;
        cut = i;
      }
    }
    return cut;
  }

  /** The values less the later half's median, cut at the upper fence of that half. */
  private double[] fenced() {
    double[] sorted = Arrays.copyOfRange(means, kept / 2, kept);
    Arrays.sort(sorted);
    int n = sorted.length;
    double fence = sorted[3 * n / 4] + 1.5 * (sorted[3 * n / 4] - sorted[n / 4]);
    double centre = sorted[n / 2];
    return Arrays.stream(means, 0, kept).map(value -> Math.min(value, fence) - centre).toArray();
  }
}
