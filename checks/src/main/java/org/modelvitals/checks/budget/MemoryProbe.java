package org.modelvitals.checks.budget;

import java.io.IOException;
import java.util.List;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Unit;

/**
 * Measures the resident memory that a model adds, in a fresh process, so that nothing else of this
 * one is counted, and so that a model that crashes or hangs hurts nobody. Native memory is
 * included, which a JVM's own figures do not show.
 */
public final class MemoryProbe implements ProbeType<MemorySpec> {
  /** One thread collects and the heap is touched at once: its size is known and is subtracted. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms48m",
          "-XX:+AlwaysPreTouch",
          "-XX:TieredStopAtLevel=1",
          "-XX:MaxDirectMemorySize=1t");

  @Override
  public String keyword() {
    return "memory";
  }

  @Override
  public Class<MemorySpec> specification() {
    return MemorySpec.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number(
            "before", Unit.BYTES, "Resident memory of the process before it loads the model."),
        MeasurementInfo.number("loaded", Unit.BYTES, "Resident memory that loading adds."),
        MeasurementInfo.number(
            "peak",
            Unit.BYTES,
            "The most resident memory that loading and running the model added at any time."),
        MeasurementInfo.number(
            "growth per call",
            Unit.BYTES,
            "Resident memory that each call adds and does not give back, once arenas have filled:"
                + " the Theil-Sen slope, with steps of 1 MiB and above where memory rises in both"
                + " stretches of calls (from a quarter to the half, and the second half), without"
                + " them otherwise."),
        MeasurementInfo.text(
            "trend",
            "steady or growing; undefined after a late step, which may be a leak or an arena that fills."),
        MeasurementInfo.number(
            "heap", Unit.BYTES, "Java heap that loading and calling adds and does not give back."),
        MeasurementInfo.number(
            "gpu memory",
            Unit.BYTES,
            "The most memory that the process held on the GPU, where NVIDIA's driver tells."),
        MeasurementInfo.number(
            "after close", Unit.BYTES, "Resident memory that is left after the model was closed."));
  }

  @Override
  public Demand demand() {
    return Demand.ALONE;
  }

  @Override
  public Reading probe(MemorySpec specification, ProbeContext context)
      throws IOException, InterruptedException {
    try (MeasuringChild child =
            MeasuringChild.start(
                MemoryChild.class,
                OPTIONS,
                context,
                specification.data(),
                specification.calls(),
                specification.timeout());
        NvidiaSmi gpu = NvidiaSmi.memory(context.device())) {
      MemoryTally tally = new MemoryTally();
      while (true) {
        switch (tally.add(child.hear(tally.calls()))) {
          case "loaded" -> child.feed();
          case "peak" -> child.doing("closing it");
          case "closed" -> {
            return tally.reading(gpu.memoryOf(child.pid()));
          }
          default -> {}
        }
      }
    }
  }
}
