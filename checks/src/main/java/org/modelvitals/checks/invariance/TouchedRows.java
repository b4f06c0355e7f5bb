package org.modelvitals.checks.invariance;

import static org.modelvitals.unit.Unit.FRACTION;

import org.modelvitals.reading.Measurement;
import org.modelvitals.statistics.Intervals;

/** The share of the rows that at least one change touches: the others would only dilute it. */
final class TouchedRows {

  private TouchedRows() {}

  static Measurement share(String name, long good, long touched, long rows) {
    if (touched == 0) {
      String why =
          rows == 0
              ? "there were no rows"
              : "the changes leave all of the %,d rows as they are".formatted(rows);
      return Measurement.undefined(name, FRACTION, 0, why);
    }
    Measurement share =
        Measurement.sampled(
            name, (double) good / touched, FRACTION, touched, Intervals.wilson(good, touched));
    return touched == rows
        ? share
        : share.note("no change touches %,d of the %,d rows".formatted(rows - touched, rows));
  }
}
