package org.modelvitals.checks.quality;

import java.util.ArrayList;
import java.util.List;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** The reliability diagram: accuracy over confidence, with a sentence if they are far apart. */
public final class Reliability {
  private Reliability() {}

  /**
   * The diagram of a calibration that is not empty.
   *
   * @param rows what was predicted, in the plural: {@code rows}
   */
  public static Evidence of(Calibration calibration, String rows) {
    List<Evidence.Curve.Point> points = new ArrayList<>();
    for (int bin = 0; bin < Calibration.BINS; bin++) {
      if (calibration.rows(bin) > 0) {
        points.add(
            new Evidence.Curve.Point(
                calibration.meanConfidence(bin), calibration.accuracy(bin), calibration.rows(bin)));
      }
    }
    return new Evidence.Curve(
        "Reliability", honesty(calibration, rows), "confidence", "accuracy", true, points);
  }

  /** A sentence if confidence is off by more than chance explains. */
  private static String honesty(Calibration calibration, String rows) {
    Interval right = Intervals.wilson(calibration.totalRight(), calibration.total());
    double confidence = calibration.meanConfidence();
    if (confidence >= right.low() && confidence <= right.high()) {
      return "";
    }
    return "the model is %s: it is sure to %s on average and right in %s of the %s"
        .formatted(
            confidence > right.high() ? "over-confident" : "under-confident",
            Quantity.of(confidence, Unit.FRACTION).display(),
            Quantity.of((double) calibration.totalRight() / calibration.total(), Unit.FRACTION)
                .display(),
            rows);
  }
}
