package org.modelvitals.checks.budget;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.modelvitals.model.Model;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
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
    return Circumstances.with(
        MeasurementInfo.number(
                "ratio",
                Unit.NUMBER,
                "Time of a call over that of the reference: the median over pairs of blocks that"
                    + " were timed after each other.")
            .surely(),
        MeasurementInfo.number("time", Unit.SECONDS, "Time of a call, the median block's."),
        MeasurementInfo.number(
            "reference time", Unit.SECONDS, "Time of a call of the reference, the same way."),
        MeasurementInfo.number("pairs", Unit.NUMBER, "Pairs of blocks that were timed."));
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
    SessionSpec session = quiet(context.session());
    try (Model model = context.ownModel(context.modelFile().path(), context.device(), session);
        Reference reference = Reference.open(specification, context, session);
        TimedCalls calls = reference.tested(model);
        TimedCalls others = reference.calls(model)) {
      PairedBlocks blocks = new PairedBlocks(calls, others, context.seed());
      WarmUp warmUp = WarmUp.run(specification.timing(), context, blocks::warm);
      blocks.begin();
      Interference interference = Interference.begin();
      Rounds rounds =
          Rounds.run(
              specification.timing(),
              context,
              Looks.LEAST,
              "pairs",
              blocks::pair,
              blocks::isWholePass,
              error -> List.of(ratio(blocks.times(), error)));
      return reading(
          blocks, rounds, new Circumstances(specification.timing(), warmUp, interference.end()));
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

  private static Measurement ratio(PairedTimes times, double error) {
    return Measurement.sampled(
        "ratio", times.ratio(), Unit.NUMBER, times.pairs(), times.interval(error));
  }

  private static Reading reading(PairedBlocks blocks, Rounds rounds, Circumstances circumstances) {
    LatencyNotes notes = new LatencyNotes(List.of(), circumstances, blocks.isReached());
    PairedTimes times = blocks.times();
    Reading.Builder reading = Reading.builder();
    Measurement ratio = ratio(times, rounds.error());
    reading.add(
        notes.ofAllRows(rounds.decided() ? ratio : ratio.note(undecided(rounds, circumstances))));
    reading.add(notes.ofAllRows(times.modelTime("time", rounds.error())));
    reading.add(notes.ofAllRows(times.referenceTime("reference time", rounds.error())));
    reading.add(Measurement.exact("pairs", times.pairs(), Unit.NUMBER));
    reading.add(distribution(times.ratios()));
    circumstances.addTo(reading);
    return reading.build();
  }

  private static String undecided(Rounds rounds, Circumstances circumstances) {
    return rounds.undecided("pairs", circumstances.timing())
        + (circumstances.isDisturbed()
            ? ", or run where less else does: " + circumstances.disturbed()
            : "");
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
