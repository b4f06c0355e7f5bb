package org.modelvitals.checks.budget;

import java.util.List;
import java.util.stream.Stream;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Unit;

/** What calls were timed in: how they were declared, the warm-up before, the machine meanwhile. */
record Circumstances(Timing timing, WarmUp warmUp, Interference.Disturbance disturbance) {

  /** The measurements of a probe that times calls: its own, and those of the circumstances. */
  static List<MeasurementInfo> with(MeasurementInfo... own) {
    return Stream.concat(
            Stream.of(own),
            Stream.of(
                MeasurementInfo.number(
                    "warm-up calls", Unit.NUMBER, "Calls before the first that was timed."),
                MeasurementInfo.number(
                    "interference",
                    Unit.FRACTION,
                    "Share of the machine's processor time that others took, or the hypervisor gave"
                        + " away, while calls were timed.")))
        .toList();
  }

  /** Whether others took more of the machine than was allowed. */
  boolean isDisturbed() {
    return disturbance.taken() > timing.tolerated();
  }

  /** What others took, in a sentence. */
  String disturbed() {
    return "others took %s of the processors' time, and %s are tolerated"
        .formatted(Interference.percent(disturbance.taken()), timing.interference().display());
  }

  void addTo(Reading.Builder reading) {
    double taken = disturbance.taken();
    reading.add(Measurement.exact("warm-up calls", (double) warmUp.calls(), Unit.NUMBER));
    reading.add(
        Double.isNaN(taken)
            ? Measurement.undefined(
                "interference", Unit.FRACTION, 0, "this system does not tell what others do")
            : Measurement.exact("interference", taken, Unit.FRACTION));
    reading.add(
        new Evidence.Table(
            "The machine meanwhile",
            isDisturbed() ? disturbed() : "",
            List.of("what", "how much"),
            disturbance.facts()));
    reading.add(new Evidence.Note("Warm-up", warmUp.sentence()));
  }
}
