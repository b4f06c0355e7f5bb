package org.modelvitals.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The maximum mean discrepancy of two samples of vectors (Gretton, Borgwardt, Rasch, Schölkopf and
 * Smola, A Kernel Two-Sample Test, 2012): the unbiased estimate of its square (lemma 6), with a
 * Gaussian kernel as wide as the median distance of two vectors. Its p-value comes from
 * permutations of the vectors over the samples.
 */
public final class MeanDiscrepancy {
  private final double[][] kernel;
  private final int first;
  private final int size;

  /**
   * @param one at least two vectors
   * @param other at least two vectors of the same length
   * @throws IllegalArgumentException if there are fewer
   */
  public MeanDiscrepancy(double[][] one, double[][] other) {
    if (one.length < 2 || other.length < 2) {
      throw new IllegalArgumentException(
          "samples of %d and %d vectors; at least 2 are needed"
              .formatted(one.length, other.length));
    }
    this.first = one.length;
    this.size = one.length + other.length;
    double[][] all = Arrays.copyOf(one, size);
    System.arraycopy(other, 0, all, first, other.length);
    this.kernel = new double[size][size];
    IntStream.range(0, size)
        .parallel()
        .forEach(
            i -> {
              for (int j = 0; j < size; j++) {
                kernel[i][j] = squaredDistance(all[i], all[j]);
              }
            });
    double width = medianOfPairs();
    for (double[] row : kernel) {
      for (int j = 0; j < size; j++) {
        // Vectors that are all equal have no width, and are alike.
        row[j] = width == 0 ? (row[j] == 0 ? 1 : 0) : Math.exp(-row[j] / (2 * width));
      }
    }
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double apart = a[i] - b[i];
      sum += apart * apart;
    }
    return sum;
  }

  private double medianOfPairs() {
    double[] pairs = new double[size * (size - 1) / 2];
    int next = 0;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        pairs[next++] = Math.sqrt(kernel[i][j]);
      }
    }
    Arrays.sort(pairs);
    double median = Intervals.median(pairs);
    return median * median;
  }

  /** The estimate of the squared discrepancy; below 0 by chance where there is none. */
  public double squared() {
    return squared(IntStream.range(0, size).toArray());
  }

  private double squared(int[] order) {
    double within = 0;
    double beyond = 0;
    double between = 0;
    for (int a = 0; a < size; a++) {
      double[] row = kernel[order[a]];
      double same = 0;
      double across = 0;
      for (int b = 0; b < a; b++) {
        if (a < first || b >= first) {
          same += row[order[b]];
        } else {
          across += row[order[b]];
        }
      }
      if (a < first) {
        within += same;
      } else {
        beyond += same;
        between += across;
      }
    }
    double n = first;
    double m = size - first;
    return 2 * within / (n * (n - 1)) + 2 * beyond / (m * (m - 1)) - 2 * between / (n * m);
  }

  /**
   * How many of so many random permutations have a discrepancy at least as large. The p-value is
   * one more than that, over one more than there are permutations.
   */
  public long asLarge(int permutations, long seed) {
    double found = squared();
    return IntStream.range(0, permutations)
        .parallel()
        .filter(i -> squared(permutation(seed, i)) >= found - 1e-12)
        .count();
  }

  private int[] permutation(long seed, int number) {
    SplittableRandom random =
        new SplittableRandom(
            new SplittableRandom(new SplittableRandom(seed).nextLong() + number).nextLong());
    int[] order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }
}
