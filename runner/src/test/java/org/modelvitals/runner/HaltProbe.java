package org.modelvitals.runner;

import java.util.List;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.spec.Doc;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.unit.Unit;

/** Ends the process that it runs in, as a crash in native code does. */
public final class HaltProbe implements ProbeType<HaltProbe.Halt> {
  /** What a suite says. */
  @Doc("Ends the process.")
  public record Halt() implements ProbeSpec {}

  @Override
  public String keyword() {
    return "halt";
  }

  @Override
  public Class<Halt> specification() {
    return Halt.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(MeasurementInfo.number("lives", Unit.NUMBER, "Never measured."));
  }

  @Override
  public Reading probe(Halt specification, ProbeContext context) {
    Runtime.getRuntime().halt(42);
    throw new IllegalStateException("still alive");
  }
}
