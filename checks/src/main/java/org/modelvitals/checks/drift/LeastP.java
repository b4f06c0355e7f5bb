package org.modelvitals.checks.drift;

import org.modelvitals.statistics.TwoSamples;

/**
 * The smallest p-value that a test can give for samples of two sizes, which is that of the clearest
 * change there can be. A test whose smallest p-value is large finds nothing, whatever the rows say.
 */
final class LeastP {
  private LeastP() {}

  /** Of a test on the order of all values: that of one arrangement among all, on either side. */
  static double ofOrder(long one, long other) {
    return Math.min(1, 2 * ofArrangements(one, other));
  }

  /** Of a test by random permutations. */
  static double ofPermutations(long one, long other, int permutations) {
    return Math.max(1 / (permutations + 1.0), ofArrangements(one, other));
  }

  /** Of Pearson's test, which puts rare categories together: nothing shared, as far as it can. */
  static double ofCategories(long one, long other) {
    long smaller = Math.min(one, other);
    long larger = Math.max(one, other);
    long common = Math.min(larger + smaller, -Math.floorDiv(-5 * (one + other), smaller));
    long shared = Math.max(0, common - smaller);
    return TwoSamples.chiSquare(new long[] {smaller, 0}, new long[] {shared, larger - shared}).p();
  }

  /** One over the number of ways to choose the rows of one sample among those of both. */
  private static double ofArrangements(long one, long other) {
    long smaller = Math.min(one, other);
    long larger = Math.max(one, other);
    double chance = 1;
    for (long i = 1; i <= smaller && chance > 0; i++) {
      chance *= (double) i / (larger + i);
    }
    return chance;
  }
}
