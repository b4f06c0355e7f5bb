package org.modelvitals.checks.budget;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Unit;

/**
 * Keeps the model busy, with one or several batch sizes and numbers of callers that take turns in
 * random order, so that what the machine does besides hits all of them alike.
 */
public final class ThroughputProbe implements ProbeType<ThroughputSpec> {
  private static final long BLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int LEAST_ROUNDS = 10;
  private static final String PART = "batch and callers";

  @Override
  public String keyword() {
    return "throughput";
  }

  @Override
  public Class<ThroughputSpec> specification() {
    return ThroughputSpec.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.withParts(
                "throughput",
                PART,
                Unit.PER_SECOND,
                "Samples answered in a second. Where several batch sizes or numbers of callers are"
                    + " compared, the best of them, and each as 'batch 8', 'callers 2' or 'batch 8"
                    + " callers 2'.")
            .surely(),
        MeasurementInfo.ofParts(
                "scaling",
                PART,
                Unit.NUMBER,
                "Throughput over that of the first one that is compared.")
            .surely()
            .measured("where 'batches' or 'callers' names several"),
        MeasurementInfo.withParts("p50", PART, Unit.SECONDS, "Half of the calls take no longer.")
            .surely(),
        MeasurementInfo.withParts("p99", PART, Unit.SECONDS, "99 % of the calls take no longer.")
            .surely(),
        MeasurementInfo.number(
            "warm-up calls", Unit.NUMBER, "Calls before the first that was timed."),
        MeasurementInfo.number(
            "interference",
            Unit.FRACTION,
            "Share of the machine's processor time that others took, or the hypervisor gave away,"
                + " while calls were timed."));
  }

  @Override
  public Demand demand() {
    return Demand.ALONE;
  }

  @Override
  public boolean adapts(ThroughputSpec specification) {
    return true;
  }

  @Override
  public Reading probe(ThroughputSpec specification, ProbeContext context) {
    List<Load> loads = new ArrayList<>();
    try {
      open(specification, context, loads);
      int[] turn = {0};
      WarmUp warmUp =
          WarmUp.run(
              specification.timing(), context, () -> loads.get(turn[0]++ % loads.size()).time());
      Interference interference = Interference.begin();
      double error = measure(specification, context, loads);
      LatencyNotes notes =
          new LatencyNotes(context.expectations(), specification.timing(), interference.end());
      return reading(loads, error, warmUp, notes);
    } finally {
      loads.forEach(Load::close);
    }
  }

  private static void open(ThroughputSpec specification, ProbeContext context, List<Load> loads) {
    List<Integer> batches =
        specification.batches().isEmpty() ? List.of(0) : specification.batches();
    List<Integer> callers =
        specification.callers().isEmpty() ? List.of(1) : specification.callers();
    for (int batch : batches) {
      for (int count : callers) {
        List<String> words = new ArrayList<>();
        if (batches.size() > 1) {
          words.add("batch " + batch);
        }
        if (callers.size() > 1) {
          words.add("callers " + count);
        }
        loads.add(Load.open(specification, context, String.join(" ", words), batch, count));
      }
    }
  }

  /** Returns the error that is left for the last look. */
  private static double measure(
      ThroughputSpec specification, ProbeContext context, List<Load> loads) {
    Goal goal = new Goal(null, context.expectations());
    Looks looks = new Looks(specification.timing().error(), LEAST_ROUNDS);
    Random random = new Random(context.seed());
    int most = loads.stream().mapToInt(Load::callers).max().orElse(1);
    long start = System.nanoTime();
    try (Callers callers = new Callers(most)) {
      for (long round = 1; ; round++) {
        List<Load> order = new ArrayList<>(loads);
        Collections.shuffle(order, random);
        for (Load load : order) {
          context.progress().at(round - 1, -1, "rounds");
          load.block(callers, BLOCK_NANOS);
        }
        boolean over =
            (double) (System.nanoTime() - start) * 1e-9 >= specification.timing().seconds();
        if (looks.isDue(round)) {
          double error = looks.take();
          if (goal.isReached(Goal.USUAL, () -> measurements(loads, error))) {
            return error;
          }
        }
        if (over) {
          return looks.last();
        }
      }
    }
  }

  private static List<Measurement> measurements(List<Load> loads, double error) {
    List<Measurement> all = new ArrayList<>();
    if (loads.size() > 1) {
      all.add(best(loads).throughput("throughput", error));
      for (Load load : loads) {
        all.addAll(load.measurements(error));
        all.add(load.scaling(loads.get(0), error));
      }
    } else {
      all.addAll(loads.get(0).measurements(error));
    }
    return all;
  }

  private static Load best(List<Load> loads) {
    return Collections.max(loads, Comparator.comparingDouble(Load::throughput));
  }

  private static Reading reading(
      List<Load> loads, double error, WarmUp warmUp, LatencyNotes notes) {
    Reading.Builder reading = Reading.builder();
    Times all = new Times();
    loads.forEach(load -> all.merge(load.times()));
    for (Measurement measured : measurements(loads, error)) {
      Times times =
          loads.stream()
              .filter(load -> measured.name().endsWith("[" + load.part() + "]"))
              .findFirst()
              .map(Load::times)
              .orElse(all);
      reading.add(notes.judged(measured, times));
    }
    reading.add(Measurement.exact("warm-up calls", (double) warmUp.calls(), Unit.NUMBER));
    notes.addTo(reading);
    if (loads.size() > 1) {
      reading.add(
          new Evidence.Bars(
              "Throughput",
              "the best is " + best(loads).part(),
              Unit.PER_SECOND,
              loads.stream()
                  .map(load -> new Evidence.Bars.Bar(load.part(), load.throughput(), null))
                  .toList()));
    }
    reading.add(new Evidence.Note("Warm-up", warmUp.sentence()));
    return reading.build();
  }
}
