package org.modelvitals.checks.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Unit;

/**
 * Times calls, until what is expected of them is decided. Inside the timed region there is the
 * runtime's call and nothing else: inputs are made, and outputs looked at, between the calls.
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
    return Circumstances.with(
        MeasurementInfo.number("p50", Unit.SECONDS, "Half of the calls take no longer.").surely(),
        MeasurementInfo.number("p90", Unit.SECONDS, "90 % of the calls take no longer.").surely(),
        MeasurementInfo.number("p95", Unit.SECONDS, "95 % of the calls take no longer.").surely(),
        MeasurementInfo.number("p99", Unit.SECONDS, "99 % of the calls take no longer.").surely(),
        MeasurementInfo.number("p99.9", Unit.SECONDS, "99.9 % of the calls take no longer.")
            .surely(),
        MeasurementInfo.number("max", Unit.SECONDS, "The slowest call that was seen."),
        MeasurementInfo.number("mean", Unit.SECONDS, "The mean time of a call.").surely(),
        MeasurementInfo.number("min", Unit.SECONDS, "The fastest call that was seen."),
        MeasurementInfo.number(
                "calls per second",
                Unit.PER_SECOND,
                "Calls that one caller gets answered in a second: the inverse of the mean.")
            .surely()
            .measured("in the scenarios 'single-stream' and 'multi-stream'"),
        MeasurementInfo.withParts(
                "real-time factor",
                "percentile",
                Unit.NUMBER,
                "The mean time of a call over the time of the signal that it covers; below 1 it"
                    + " keeps up. With p50, p95 or p99 in brackets, that percentile's.")
            .surely()
            .measured("where 'covers' is declared"),
        MeasurementInfo.number(
                "completed rate", Unit.PER_SECOND, "Queries that were answered in a second.")
            .measured("in the scenario 'server'"),
        MeasurementInfo.number(
                "utilization", Unit.FRACTION, "Share of the time in which the callers were busy.")
            .measured("in the scenario 'server'"));
  }

  @Override
  public Demand demand() {
    return Demand.ALONE;
  }

  @Override
  public boolean adapts(LatencySpec specification) {
    return true;
  }

  @Override
  public Reading probe(LatencySpec specification, ProbeContext context) {
    return specification.scenario() == LatencySpec.Scenario.SERVER
        ? serve(specification, context)
        : stream(specification, context);
  }

  private Reading stream(LatencySpec specification, ProbeContext context) {
    try (Queries queries = Queries.open(specification, context)) {
      WarmUp warmUp =
          WarmUp.run(
              specification.timing(),
              context,
              () -> {
                long time = queries.time();
                queries.done();
                return time;
              });
      LatencyTally tally = new LatencyTally(specification.timing().error());
      Goal goal = new Goal(specification.calls(), context.expectations());
      queries.restart();
      Interference interference = Interference.begin();
      measure(specification, context, queries, tally, goal);
      boolean declared = specification.calls() != null && tally.count() >= specification.calls();
      Circumstances circumstances =
          new Circumstances(specification.timing(), warmUp, interference.end());
      LatencyNotes notes =
          new LatencyNotes(context.expectations(), circumstances, declared || queries.isReached());
      return LatencyReading.of(
          specification, tally, circumstances, notes, words(queries), List.of());
    }
  }

  private static String words(Queries queries) {
    return "a query is "
        + queries.words()
        + (queries.isReached() ? "" : "; not every row of the data was in one");
  }

  private static void measure(
      LatencySpec specification,
      ProbeContext context,
      Queries queries,
      LatencyTally tally,
      Goal goal) {
    long start = System.nanoTime();
    long limit = (long) Math.min(specification.timing().seconds() * 1e9, Long.MAX_VALUE / 4.0);
    long told = start;
    for (long call = 0; ; call++) {
      String where = queries.where();
      tally.add(call, queries.time(), where);
      queries.done();
      long now = System.nanoTime();
      if (isOver(specification, queries, tally, goal) || now - start >= limit) {
        return;
      }
      if (now - told >= PROGRESS_NANOS) {
        context.progress().at(call + 1, goal.total(), "calls");
        told = now;
      }
    }
  }

  private static boolean isOver(
      LatencySpec specification, Queries queries, LatencyTally tally, Goal goal) {
    // Rows of a file are often sorted, so the first of them say little of the others.
    if (specification.calls() == null && !queries.isWholePass()) {
      return false;
    }
    if (goal.isFixed()) {
      return tally.count() >= goal.total();
    }
    return tally.look()
        && goal.isReached(tally.count(), () -> LatencyReading.measurements(specification, tally));
  }

  private Reading serve(LatencySpec specification, ProbeContext context) {
    List<CallSource> sources = new ArrayList<>();
    try {
      for (int i = 0; i < specification.callersAtOnce(); i++) {
        sources.add(CallSource.open(specification.data(), context));
      }
      int[] turn = {0};
      WarmUp warmUp =
          WarmUp.run(
              specification.timing(),
              context,
              () -> {
                CallSource source = sources.get(turn[0]++ % sources.size());
                long time = source.time();
                source.done();
                return time;
              });
      LatencyTally tally = new LatencyTally(specification.timing().error());
      sources.forEach(CallSource::restart);
      Interference interference = Interference.begin();
      Server.Served load =
          Server.of(specification, context.seed())
              .run(
                  sources,
                  specification.timing().seconds(),
                  context.progress(),
                  (query, nanos) -> tally.add(query, nanos, ""));
      boolean declared = specification.calls() != null && tally.count() >= specification.calls();
      Circumstances circumstances =
          new Circumstances(specification.timing(), warmUp, interference.end());
      LatencyNotes notes =
          new LatencyNotes(
              context.expectations(),
              circumstances,
              declared || sources.stream().allMatch(CallSource::isReached));
      return LatencyReading.of(
          specification,
          tally,
          circumstances,
          notes,
          words(specification, load),
          load.measurements());
    } finally {
      sources.forEach(CallSource::close);
    }
  }

  private static String words(LatencySpec specification, Server.Served load) {
    return String.format(
        Locale.ROOT,
        "queries were due at random, %.4g in a second, and %d at a time were answered; times count"
            + " from when a query was due%s",
        specification.perSecond(),
        specification.callersAtOnce(),
        load.unanswered() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "; %,d were due and not answered when the time was over",
                load.unanswered()));
  }
}
