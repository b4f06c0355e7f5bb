package org.modelvitals.checks.budget;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.modelvitals.model.Model;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Unit;

/**
 * Times the model in turn with another one, or with the yardstick, and judges the ratio: a budget
 * that means the same on another machine, and on one that is busy.
 */
public final class LatencyRatioProbe implements ProbeType<LatencyRatioSpec> {
  private static final int BINS = 40;

  /** Threads of one session would go on spinning, at the cost of the other's call. */
  private static final String STOP_SPINNING = "session.force_spinning_stop";

  @Override
  public String keyword() {
    return "latency-ratio";
  }

  @Override
  public Class<LatencyRatioSpec> specification() {
    return LatencyRatioSpec.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number(
                "ratio",
                Unit.NUMBER,
                "Time of a call over that of the reference: the median over pairs of blocks that"
                    + " were timed after each other.")
            .surely(),
        MeasurementInfo.number("time", Unit.SECONDS, "Time of a call, the median block's."),
        MeasurementInfo.number(
            "reference time", Unit.SECONDS, "Time of a call of the reference, the same way."),
        MeasurementInfo.number("pairs", Unit.NUMBER, "Pairs of blocks that were timed."),
        MeasurementInfo.number(
            "warm-up calls", Unit.NUMBER, "Calls of each before the first that was timed."),
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
  public boolean adapts(LatencyRatioSpec specification) {
    return true;
  }

  @Override
  public Reading probe(LatencyRatioSpec specification, ProbeContext context) {
    if (!specification.isToYardstick()) {
      return probe(specification, context, context.resolve(specification.against()));
    }
    try (Yardstick yardstick = Yardstick.write()) {
      return probe(specification, context, yardstick.file());
    }
  }

  private static Reading probe(
      LatencyRatioSpec specification, ProbeContext context, Path reference) {
    SessionSpec session = quiet(context.session());
    // Sessions of their own on both sides, so that a model can be held against itself.
    try (Model mine = context.ownModel(context.modelFile().path(), context.device(), session);
        Model other = context.ownModel(reference, context.device(), session);
        CallSource calls = CallSource.open(specification.data(), context, mine);
        CallSource otherCalls =
            CallSource.open(
                specification.isToYardstick() ? null : specification.data(), context, other)) {
      PairedBlocks blocks = new PairedBlocks(calls, otherCalls, context.seed());
      WarmUp warmUp = WarmUp.run(specification.timing(), context, blocks::warm);
      blocks.calibrate();
      Interference interference = Interference.begin();
      LastLook look = measure(specification, context, blocks);
      return reading(specification, blocks, look, warmUp, interference.end());
    }
  }

  private static SessionSpec quiet(SessionSpec session) {
    Map<String, String> config = new LinkedHashMap<>(session.config());
    config.putIfAbsent(STOP_SPINNING, "1");
    return new SessionSpec(
        session.threads(),
        session.interOpThreads(),
        session.optimization(),
        session.execution(),
        session.deterministic(),
        session.dimensions(),
        config);
  }

  /**
   * How the series ended.
   *
   * @param error of the look that counts
   * @param decided whether all that is expected is decided
   */
  private record LastLook(double error, boolean decided) {}

  private static LastLook measure(
      LatencyRatioSpec specification, ProbeContext context, PairedBlocks blocks) {
    Goal goal = new Goal(null, context.expectations());
    Looks looks = new Looks(specification.timing().error(), Looks.LEAST);
    long start = System.nanoTime();
    while (true) {
      context.progress().at(blocks.times().pairs(), -1, "pairs");
      blocks.pair();
      if (looks.isDue(blocks.times().pairs())) {
        double error = looks.take();
        if (goal.isReached(Goal.USUAL, () -> List.of(ratio(blocks, error)))) {
          return new LastLook(error, true);
        }
      }
      if ((double) (System.nanoTime() - start) * 1e-9 >= specification.timing().seconds()) {
        return new LastLook(looks.last(), context.expectations().isEmpty());
      }
    }
  }

  private static Measurement ratio(PairedBlocks blocks, double error) {
    Interval interval = blocks.times().interval(error);
    return Measurement.sampled(
        "ratio", blocks.times().ratio(), Unit.NUMBER, blocks.times().pairs(), interval);
  }

  private static Reading reading(
      LatencyRatioSpec specification,
      PairedBlocks blocks,
      LastLook look,
      WarmUp warmUp,
      Interference.Disturbance disturbance) {
    LatencyNotes notes = new LatencyNotes(List.of(), specification.timing(), disturbance);
    Reading.Builder reading = Reading.builder();
    Measurement ratio = ratio(blocks, look.error());
    reading.add(look.decided() ? ratio : ratio.note(undecided(specification, blocks, notes)));
    reading.add(time("time", blocks.times().modelTime(), blocks.times().pairs()));
    reading.add(time("reference time", blocks.times().referenceTime(), blocks.times().pairs()));
    reading.add(Measurement.exact("pairs", blocks.times().pairs(), Unit.NUMBER));
    reading.add(Measurement.exact("warm-up calls", (double) warmUp.calls(), Unit.NUMBER));
    notes.addTo(reading);
    reading.add(distribution(blocks.times().ratios()));
    reading.add(new Evidence.Note("Warm-up", warmUp.sentence()));
    return reading.build();
  }

  private static String undecided(
      LatencyRatioSpec specification, PairedBlocks blocks, LatencyNotes notes) {
    return String.format(
        Locale.ROOT,
        "%,d pairs in at most %s s do not tell; declare more 'seconds'%s",
        blocks.times().pairs(),
        specification.timing().seconds(),
        notes.isDisturbed() ? ", or run where less else does: " + notes.disturbed() : "");
  }

  private static Measurement time(String name, double nanos, int pairs) {
    return Measurement.sampled(name, nanos * 1e-9, Unit.SECONDS, pairs, null);
  }

  private static Evidence distribution(double[] sorted) {
    double low = sorted[sorted.length / 100];
    double high = Math.max(sorted[sorted.length - 1 - sorted.length / 100], low + 1e-9);
    long[] counts = new long[BINS];
    for (double ratio : sorted) {
      int bin = (int) ((ratio - low) / (high - low) * BINS);
      counts[Math.min(Math.max(bin, 0), BINS - 1)]++;
    }
    Evidence.Histogram.Bin[] bins = new Evidence.Histogram.Bin[BINS];
    for (int i = 0; i < BINS; i++) {
      double width = (high - low) / BINS;
      bins[i] = new Evidence.Histogram.Bin(low + i * width, low + (i + 1) * width, counts[i]);
    }
    return new Evidence.Histogram(
        "Ratio of a pair",
        "",
        Unit.NUMBER,
        List.of(bins),
        List.of(new Evidence.Histogram.Mark("median", sorted[sorted.length / 2])));
  }
}
