package org.modelvitals.checks.drift;

import java.util.List;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;

/**
 * How one column, or output, has changed.
 *
 * @param psi the population stability index; NaN of vectors, and if there is none
 * @param test what the test of its kind found; its p is NaN if there is none
 * @param untested why there is no test; empty if there is one
 * @param shares of the bins or categories, now and then; empty of vectors
 */
record Shift(
    String name,
    double psi,
    Test test,
    String untested,
    List<Measurement> measurements,
    List<Evidence.Bars.Bar> shares) {

  /**
   * What a test found.
   *
   * @param leastP the smallest p-value that the test can give for so many rows
   * @param then what the column was like, in a few words
   * @param now what it is like
   */
  record Test(String name, double p, double leastP, String then, String now) {}

  static Shift of(
      String name,
      double psi,
      Test test,
      List<Measurement> measurements,
      List<Evidence.Bars.Bar> shares) {
    return new Shift(name, psi, test, "", measurements, shares);
  }

  static Shift untested(String name, String why, List<Measurement> measurements) {
    return new Shift(
        name,
        Double.NaN,
        new Test("", Double.NaN, Double.NaN, "", ""),
        why,
        measurements,
        List.of());
  }

  boolean isTested() {
    return untested.isEmpty();
  }

  double p() {
    return test.p();
  }
}
