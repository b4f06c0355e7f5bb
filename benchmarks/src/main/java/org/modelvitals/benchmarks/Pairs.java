package org.modelvitals.benchmarks;

import java.util.Arrays;

/**
 * Two ways to do the same, timed in turns in one JVM, so that whatever else the machine does hits
 * both alike: what counts is the median of the pairs' ratios.
 */
final class Pairs {
  private final double[] ours;
  private final double[] bare;

  private Pairs(double[] ours, double[] bare) {
    this.ours = ours;
    this.bare = bare;
  }

  /** One turn, and what it took. */
  interface Turn {
    void run() throws Exception;
  }

  static Pairs time(int warmUps, int pairs, Turn ours, Turn bare) throws Exception {
    for (int i = 0; i < warmUps; i++) {
      ours.run();
      bare.run();
    }
    double[] first = new double[pairs];
    double[] second = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      // Who goes first changes, so that nobody always finds the caches warm.
      if (i % 2 == 0) {
        first[i] = seconds(ours);
        second[i] = seconds(bare);
      } else {
        second[i] = seconds(bare);
        first[i] = seconds(ours);
      }
    }
    return new Pairs(first, second);
  }

  private static double seconds(Turn turn) throws Exception {
    long start = System.nanoTime();
    turn.run();
    return (System.nanoTime() - start) / 1e9;
  }

  double ours() {
    return quantile(ours, 0.5);
  }

  double bare() {
    return quantile(bare, 0.5);
  }

  /** The median of the pairs' ratios. */
  double ratio() {
    return quantile(ratios(), 0.5);
  }

  /** Half of the pairs' ratios lie between these. */
  String spread() {
    return Words.format("%.3f to %.3f", quantile(ratios(), 0.25), quantile(ratios(), 0.75));
  }

  private double[] ratios() {
    double[] ratios = new double[ours.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ours[i] / bare[i];
    }
    return ratios;
  }

  static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = q * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }
}
