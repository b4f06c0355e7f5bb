package org.modelvitals.checks.slices;

import java.util.Locale;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.unit.Unit;

/** What probes say of the measurements that slices give. */
public final class SliceInfo {
  private SliceInfo() {}

  /** The metric of the worst slice. */
  public static MeasurementInfo worstSlice(String metric, Unit unit) {
    return MeasurementInfo.number(
            "worst slice",
            unit,
            "The %s of the worst slice that has enough rows to say. Interval for the worst of all of them (Bonferroni)."
                .formatted(metric))
        .measured("where 'slices' are declared");
  }

  /** How many were found. */
  public static MeasurementInfo weakSlices() {
    return MeasurementInfo.number(
            "weak slices",
            Unit.NUMBER,
            "How many slices the search found in which the model is weaker than elsewhere: Fisher's or Welch's test, corrected by Holm's method for all slices that were looked at.")
        .measured("where 'search' is declared under 'slices'");
  }

  /** How much worse each is. */
  public static MeasurementInfo weakSliceGap(String loss, Unit unit) {
    return MeasurementInfo.ofParts(
            "weak slice gap",
            "column=value",
            unit,
            "Of each weak slice: its %s less that of all other rows. Interval by %s."
                .formatted(
                    loss.toLowerCase(Locale.ROOT), unit == Unit.FRACTION ? "Newcombe" : "Welch"))
        .measured("where 'search' is declared under 'slices' and finds it");
  }
}
