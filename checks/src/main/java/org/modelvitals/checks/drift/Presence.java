package org.modelvitals.checks.drift;

import static org.modelvitals.unit.Unit.FRACTION;

import org.modelvitals.statistics.TwoSamples;
import org.modelvitals.unit.Quantity;

/**
 * In how many rows a column has a value of its kind, a finite number or vector, on either side. A
 * test of the values says nothing of those that are not there: where some are not, their share is
 * tested too.
 */
record Presence(long before, long thenRows, long today, long nowRows) {

  /** The test of the share alone. */
  Shift.Test test() {
    return new Shift.Test(
        "chi-square of missing values",
        TwoSamples.chiSquare(
                new long[] {before, thenRows - before}, new long[] {today, nowRows - today})
            .p(),
        LeastP.ofCategories(thenRows, nowRows),
        missing(before, thenRows),
        missing(today, nowRows));
  }

  /** The clearer of both tests, with Bonferroni's correction for there being two. */
  Shift.Test with(Shift.Test values) {
    if (before == thenRows && today == nowRows) {
      return values;
    }
    Shift.Test share = test();
    Shift.Test clearer = share.p() < values.p() ? share : values;
    return new Shift.Test(
        clearer.name(),
        Math.min(1, 2 * clearer.p()),
        Math.min(1, 2 * Math.min(share.leastP(), values.leastP())),
        clearer.then(),
        clearer.now());
  }

  private static String missing(long there, long rows) {
    return "missing in " + Quantity.of((double) (rows - there) / (double) rows, FRACTION).display();
  }
}
