package org.modelvitals.checks.budget;

import java.io.IOException;
import java.util.List;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.RatioOfSums;
import org.modelvitals.unit.Unit;

/**
 * Measures the processor time that a model takes, in a fresh process, so that no other thread is
 * counted but those of the runtime and of a JVM at rest.
 */
public final class CpuProbe implements ProbeType<CpuSpec> {
  /** A JVM whose own threads have little to do. */
  private static final List<String> OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  @Override
  public String keyword() {
    return "cpu";
  }

  @Override
  public Class<CpuSpec> specification() {
    return CpuSpec.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number(
            "cpu per call",
            Unit.SECONDS,
            "Processor time of a call, of all threads together, on average."),
        MeasurementInfo.number(
            "cores",
            Unit.NUMBER,
            "Cores that are busy while calls follow each other: processor time for each time."),
        MeasurementInfo.number(
            "idle cores",
            Unit.NUMBER,
            "Cores that are busy while nobody calls, from the end of the last call on: above 0 where"
                + " threads of the runtime spin."),
        MeasurementInfo.number(
            "gpu utilisation",
            Unit.FRACTION,
            "Share of the time in which the GPU was busy while calls were made, with whoever uses"
                + " it, where NVIDIA's driver tells."));
  }

  @Override
  public Demand demand() {
    return Demand.ALONE;
  }

  @Override
  public Reading probe(CpuSpec specification, ProbeContext context)
      throws IOException, InterruptedException {
    RatioOfSums perCall = new RatioOfSums();
    RatioOfSums perTime = new RatioOfSums();
    try (MeasuringChild child =
        MeasuringChild.start(
            CpuChild.class,
            OPTIONS,
            context,
            specification.data(),
            specification.calls(),
            specification.timeout())) {
      child.hear(0); // it has loaded the model
      child.feed();
      child.say(Long.toString(Math.max(1, Math.round(specification.idle() * 1000))));
      child.hear(0); // it has come to rest
      long calls = 0;
      Measurement gpu;
      try (NvidiaSmi driver = NvidiaSmi.utilisation(context.device())) {
        for (int block = 0; block < CpuChild.BLOCKS; block++) {
          Spent spent = Spent.read(child.hear(calls));
          calls += spent.calls();
          perCall.add(spent.cpu(), (double) spent.calls());
          perTime.add(spent.cpu(), spent.time());
        }
        gpu = driver.utilisation();
      }
      child.doing("leaving it alone");
      Spent idle = Spent.read(child.hear(calls));
      return Reading.builder()
          .add(ratio("cpu per call", perCall, Unit.SECONDS, calls))
          .add(ratio("cores", perTime, Unit.NUMBER, calls))
          .add(Measurement.exact("idle cores", idle.cpu() / idle.time(), Unit.NUMBER))
          .add(gpu)
          .build();
    }
  }

  private static Measurement ratio(String name, RatioOfSums ratio, Unit unit, long calls) {
    Interval interval = ratio.interval();
    return Measurement.sampled(
        name,
        ratio.value(),
        unit,
        calls,
        // A symmetric interval of few blocks may reach below what can be.
        new Interval(
            Math.max(0, interval.low()),
            Math.max(0, interval.high()),
            interval.level(),
            interval.method()));
  }

  /**
   * What calls took, in seconds.
   *
   * @param cpu of all threads together
   */
  private record Spent(long calls, double cpu, double time) {
    static Spent read(String line) {
      String[] words = line.split(" ", -1);
      return new Spent(
          Long.parseLong(words[1]), Long.parseLong(words[2]) / 1e9, Long.parseLong(words[3]) / 1e9);
    }
  }
}
