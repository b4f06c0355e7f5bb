package org.modelvitals.benchmarks;

import java.util.List;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Unit;

/** The probe that {@link Nothing} declares. */
public final class NothingProbe implements ProbeType<Nothing> {
  @Override
  public String keyword() {
    return "nothing";
  }

  @Override
  public Class<Nothing> specification() {
    return Nothing.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(MeasurementInfo.number("number", Unit.NUMBER, "What was declared."));
  }

  @Override
  public Reading probe(Nothing specification, ProbeContext context) {
    return new Reading(
        List.of(Measurement.exact("number", specification.number(), Unit.NUMBER)), List.of());
  }
}
