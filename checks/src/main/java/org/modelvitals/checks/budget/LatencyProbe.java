package org.modelvitals.checks.budget;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Unit;

/**
 * Times calls one after another. Inside the timed region there is the runtime's call and nothing
 * else: inputs are made, and outputs looked at, between the calls.
 */
public final class LatencyProbe implements ProbeType<LatencySpec> {
  private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  @Override
  public String keyword() {
    return "latency";
  }

  @Override
  public Class<LatencySpec> specification() {
    return LatencySpec.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number("p50", Unit.SECONDS, "Half of the calls take no longer."),
        MeasurementInfo.number("p90", Unit.SECONDS, "90 % of the calls take no longer."),
        MeasurementInfo.number("p95", Unit.SECONDS, "95 % of the calls take no longer."),
        MeasurementInfo.number("p99", Unit.SECONDS, "99 % of the calls take no longer."),
        MeasurementInfo.number("p99.9", Unit.SECONDS, "99.9 % of the calls take no longer."),
        MeasurementInfo.number("max", Unit.SECONDS, "The slowest call that was seen."),
        MeasurementInfo.number("mean", Unit.SECONDS, "The mean time of a call."),
        MeasurementInfo.number("min", Unit.SECONDS, "The fastest call that was seen."),
        MeasurementInfo.number(
            "calls per second",
            Unit.PER_SECOND,
            "Calls that one caller gets answered in a second: the inverse of the mean."));
  }

  @Override
  public Demand demand() {
    return Demand.ALONE;
  }

  @Override
  public Reading probe(LatencySpec specification, ProbeContext context) {
    try (CallSource source = CallSource.open(specification.data(), context)) {
      warmUp(specification, source, context);
      return measure(specification, source, context).reading();
    }
  }

  private static void warmUp(LatencySpec specification, CallSource source, ProbeContext context) {
    long start = System.nanoTime();
    long least = (long) (specification.warmupSeconds() * 1e9);
    long told = start;
    for (long done = 0; ; done++) {
      long now = System.nanoTime();
      if (done >= specification.warmupCalls() && now - start >= least) {
        return;
      }
      if (now - told >= PROGRESS_NANOS) {
        context.progress().at(done, -1, "warm-up calls");
        told = now;
      }
      source.next().run();
      source.done();
    }
  }

  private static LatencyTally measure(
      LatencySpec specification, CallSource source, ProbeContext context) {
    LatencyTally tally = new LatencyTally();
    long start = System.nanoTime();
    long limit = (long) Math.min(specification.seconds() * 1e9, Long.MAX_VALUE / 4.0);
    long told = start;
    for (long call = 0; call < specification.calls(); call++) {
      var next = source.next();
      long before = System.nanoTime();
      next.run();
      long after = System.nanoTime();
      tally.add(call, after - before, source.where());
      source.done();
      if (after - start >= limit) {
        break;
      }
      if (after - told >= PROGRESS_NANOS) {
        context.progress().at(call + 1, specification.calls(), "calls");
        told = after;
      }
    }
    return tally;
  }
}
