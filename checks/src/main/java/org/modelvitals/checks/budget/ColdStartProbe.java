package org.modelvitals.checks.budget;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.modelvitals.model.Model;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/**
 * Loads the model again and again, each time in a session of its own, and times the runtime's
 * loading, the first call, and some calls after it. The runtime's native library is loaded already
 * then: what is cold is the model. In fresh processes, in which the library is not loaded, it times
 * both once more. The file was read before in any case.
 */
public final class ColdStartProbe implements ProbeType<ColdStartSpec> {

  /** A JVM whose own threads have little to do. */
  private static final List<String> OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** Seconds after which a process that has not answered once is ended. */
  private static final double TIMEOUT = 600;

  /**
   * One start, in seconds.
   *
   * @param steady a later call's; 0 if there was none
   */
  private record Start(double load, double first, double steady) {
    double both() {
      return load + first;
    }
  }

  private static final String IN_PROCESSES = "where 'processes' is not 0";

  @Override
  public String keyword() {
    return "cold-start";
  }

  @Override
  public Class<ColdStartSpec> specification() {
    return ColdStartSpec.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number(
            "load", Unit.SECONDS, "Time in which the runtime makes a session, the median start's."),
        MeasurementInfo.number(
            "first call", Unit.SECONDS, "Time of the first call, the median start's."),
        MeasurementInfo.number(
            "load and first call", Unit.SECONDS, "Both together, the median start's."),
        MeasurementInfo.number(
            "later call",
            Unit.SECONDS,
            "Time of a call after the first, the median of each start's median."),
        MeasurementInfo.number(
            "first call over later ones",
            Unit.NUMBER,
            "How many times as long as a later call the first one takes, the median start's."),
        MeasurementInfo.number("slowest load", Unit.SECONDS, "Of all starts."),
        MeasurementInfo.number("slowest first call", Unit.SECONDS, "Of all starts."),
        MeasurementInfo.number(
                "fresh load",
                Unit.SECONDS,
                "Time in which a process that has just started loads the runtime's library and"
                    + " makes a session, the median process's.")
            .measured(IN_PROCESSES),
        MeasurementInfo.number(
                "fresh first call",
                Unit.SECONDS,
                "Time of the first call in that process, the median process's.")
            .measured(IN_PROCESSES),
        MeasurementInfo.number(
                "fresh load and first call", Unit.SECONDS, "Both together, the median process's.")
            .measured(IN_PROCESSES));
  }

  @Override
  public Demand demand() {
    return Demand.ALONE;
  }

  @Override
  public Reading probe(ColdStartSpec specification, ProbeContext context)
      throws IOException, InterruptedException {
    context.model(); // the runtime itself is started, and the file in the system's cache
    List<Start> starts = new ArrayList<>();
    for (int i = 0; i < specification.repeats(); i++) {
      context.progress().at(i, specification.repeats(), "starts");
      starts.add(start(specification, context));
    }
    Reading.Builder reading = Reading.builder();
    reading.add(median("load", Unit.SECONDS, starts, Start::load));
    reading.add(median("first call", Unit.SECONDS, starts, Start::first));
    reading.add(median("load and first call", Unit.SECONDS, starts, Start::both));
    reading.add(median("later call", Unit.SECONDS, starts, Start::steady));
    reading.add(
        median(
            "first call over later ones",
            Unit.NUMBER,
            starts,
            start -> start.first / start.steady));
    reading.add(slowest("slowest load", starts, Start::load));
    reading.add(slowest("slowest first call", starts, Start::first));
    List<Start> fresh = new ArrayList<>();
    for (int i = 0; i < specification.processes(); i++) {
      context.progress().at(i, specification.processes(), "processes");
      fresh.add(fresh(specification, context));
    }
    if (!fresh.isEmpty()) {
      reading.add(median("fresh load", Unit.SECONDS, fresh, Start::load));
      reading.add(median("fresh first call", Unit.SECONDS, fresh, Start::first));
      reading.add(median("fresh load and first call", Unit.SECONDS, fresh, Start::both));
    }
    reading.add(table(starts, fresh));
    return reading.build();
  }

  private static Start fresh(ColdStartSpec specification, ProbeContext context)
      throws IOException, InterruptedException {
    try (MeasuringChild child =
        MeasuringChild.start(
            ColdStartChild.class, OPTIONS, context, specification.data(), 1, TIMEOUT)) {
      double load = Double.parseDouble(child.hear(0));
      child.feed();
      return new Start(load, Double.parseDouble(child.hear(0)), 0);
    }
  }

  private static Start start(ColdStartSpec specification, ProbeContext context) {
    try (Model model =
            context.ownModel(context.modelFile().path(), context.device(), context.session());
        CallSource source = CallSource.open(specification.data(), context, model)) {
      long before = System.nanoTime();
      model.run(source.inputs());
      double first = (double) (System.nanoTime() - before) * 1e-9;
      double[] later = new double[specification.calls()];
      for (int i = 0; i < later.length; i++) {
        later[i] = (double) source.time() * 1e-9;
        source.done();
      }
      Arrays.sort(later);
      return new Start(model.loadSeconds(), first, Intervals.median(later));
    }
  }

  private static Measurement median(
      String name, Unit unit, List<Start> starts, ToDoubleFunction<Start> of) {
    double[] sorted = starts.stream().mapToDouble(of).sorted().toArray();
    return Measurement.sampled(
        name,
        Intervals.median(sorted),
        unit,
        sorted.length,
        Intervals.median(sorted, Intervals.LEVEL));
  }

  private static Measurement slowest(String name, List<Start> starts, ToDoubleFunction<Start> of) {
    return Measurement.sampled(
        name, starts.stream().mapToDouble(of).max().orElse(0), Unit.SECONDS, starts.size(), null);
  }

  private static Evidence table(List<Start> starts, List<Start> fresh) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Start start = starts.get(i);
      rows.add(
          List.of(
              Integer.toString(i + 1), shown(start.load), shown(start.first), shown(start.steady)));
    }
    for (int i = 0; i < fresh.size(); i++) {
      Start start = fresh.get(i);
      rows.add(List.of("process " + (i + 1), shown(start.load), shown(start.first), ""));
    }
    return new Evidence.Table(
        "Starts", "", List.of("start", "load", "first call", "a later call"), rows);
  }

  private static String shown(double seconds) {
    return Quantity.of(seconds, Unit.SECONDS).display();
  }
}
