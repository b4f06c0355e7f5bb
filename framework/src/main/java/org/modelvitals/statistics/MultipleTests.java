package org.modelvitals.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Correction of p-values where many hypotheses are tested. */
public final class MultipleTests {
  private MultipleTests() {}

  /**
   * Holm's step-down method (A Simple Sequentially Rejective Multiple Test Procedure, 1979): the
   * chance of rejecting any true hypothesis at a level is at most that level, whatever the tests
   * have in common.
   *
   * @return adjusted p-values, in the order of the given ones
   */
  public static double[] holm(double[] p) {
    int[] order = ascending(p);
    double[] adjusted = new double[p.length];
    double largest = 0;
    for (int i = 0; i < order.length; i++) {
      largest = Math.max(largest, Math.min(1, (p.length - i) * p[order[i]]));
      adjusted[order[i]] = largest;
    }
    return adjusted;
  }

  /**
   * The step-up method of Benjamini and Hochberg (Controlling the False Discovery Rate, 1995): of
   * the hypotheses that are rejected at a level, the expected share of true ones is at most that
   * level, for tests that are independent or positively dependent.
   *
   * @return adjusted p-values, in the order of the given ones
   */
  public static double[] benjaminiHochberg(double[] p) {
    int[] order = ascending(p);
    double[] adjusted = new double[p.length];
    double least = 1;
    for (int i = order.length - 1; i >= 0; i--) {
      least = Math.min(least, p[order[i]] * p.length / (i + 1));
      adjusted[order[i]] = least;
    }
    return adjusted;
  }

  private static int[] ascending(double[] p) {
    return IntStream.range(0, p.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> p[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
