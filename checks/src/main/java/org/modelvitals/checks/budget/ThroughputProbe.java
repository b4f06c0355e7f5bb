package org.modelvitals.checks.budget;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
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
    return Circumstances.with(
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
            .surely());
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
      loads.forEach(Load::restart);
      Interference interference = Interference.begin();
      Rounds rounds = measure(specification, context, loads);
      return reading(
          context.expectations(),
          loads,
          rounds,
          new Circumstances(specification.timing(), warmUp, interference.end()));
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

  private static Rounds measure(
      ThroughputSpec specification, ProbeContext context, List<Load> loads) {
    Random random = new Random(context.seed());
    int most = loads.stream().mapToInt(Load::callers).max().orElse(1);
    try (Callers callers = new Callers(most)) {
      return Rounds.run(
          specification.timing(),
          context,
          LEAST_ROUNDS,
          "rounds",
          () -> {
            List<Load> order = new ArrayList<>(loads);
            Collections.shuffle(order, random);
            order.forEach(load -> load.block(callers, BLOCK_NANOS));
          },
          () -> loads.stream().allMatch(Load::isReached),
          error ->
              Stream.concat(alone(loads, error).stream(), paired(loads, error).stream()).toList());
    }
  }

  /** What is measured of each load, and of the best. */
  private static List<Measurement> alone(List<Load> loads, double error) {
    List<Measurement> all = new ArrayList<>();
    if (loads.size() > 1) {
      all.add(best(loads).throughput("throughput", error));
    }
    loads.forEach(load -> all.addAll(load.measurements(error)));
    return all;
  }

  /** What is measured of loads that took turns. */
  private static List<Measurement> paired(List<Load> loads, double error) {
    return loads.size() == 1
        ? List.of()
        : loads.stream().map(load -> load.scaling(loads.get(0), error)).toList();
  }

  private static Load best(List<Load> loads) {
    return Collections.max(loads, Comparator.comparingDouble(Load::throughput));
  }

  static Reading reading(
      List<Expectation> expectations,
      List<Load> loads,
      Rounds rounds,
      Circumstances circumstances) {
    LatencyNotes notes =
        new LatencyNotes(expectations, circumstances, loads.stream().allMatch(Load::isReached));
    Reading.Builder reading = Reading.builder();
    Times all = new Times();
    loads.forEach(load -> all.merge(load.times()));
    for (Measurement measured : alone(loads, rounds.error())) {
      Times times =
          loads.stream()
              .filter(load -> measured.name().endsWith("[" + load.part() + "]"))
              .findFirst()
              .map(Load::times)
              .orElse(all);
      reading.add(notes.judged(measured, times));
    }
    for (Measurement scaling : paired(loads, rounds.error())) {
      reading.add(
          notes.judgedScaling(
              rounds.decided()
                  ? scaling
                  : scaling.note(rounds.undecided("rounds", circumstances.timing()))));
    }
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
    circumstances.addTo(reading);
    return reading.build();
  }
}
