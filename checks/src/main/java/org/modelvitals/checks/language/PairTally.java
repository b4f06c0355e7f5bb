package org.modelvitals.checks.language;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NATS;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.checks.slices.Slices;
import org.modelvitals.data.DataRow;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.Moments;

/** Counts how often a model finds the good sentence of a pair likelier. */
final class PairTally {
  private static final int KEPT = 20;

  private final Slicer slicer;
  private final Slices<Moments> slices;
  private final HitSlices hits;
  private final Moments margin = new Moments();
  private final TreeSet<Pair> wrong =
      new TreeSet<>(
          Comparator.comparingDouble(Pair::margin).thenComparingLong(pair -> pair.row().index()));
  private long pairs;
  private long right;
  private long ties;
  private long unexplained;
  private @Nullable Pair firstTie;
  private long nonFinite;
  private double least = Double.POSITIVE_INFINITY;
  private @Nullable String firstNonFinite;

  PairTally(Slicer slicer) {
    this.slicer = slicer;
    this.slices = slicer.slices(Moments::new);
    this.hits = new HitSlices(slicer);
  }

  /**
   * A pair.
   *
   * @param margin by how much the good sentence is likelier, in nats
   * @param mayTie whether a margin of 0 can be rounding
   */
  record Pair(DataRow row, String good, String bad, double margin, boolean mayTie) {}

  void add(Pair pair) {
    if (Double.isNaN(pair.margin())) {
      nonFinite++;
      if (firstNonFinite == null) {
        firstNonFinite =
            "a log-likelihood of the pair at %s is no number, or neither sentence can come"
                .formatted(pair.row().where());
      }
      return;
    }
    // Of equally likely ones the first, which is the good one, as numpy's argmax has it.
    boolean hit = pair.margin() >= 0;
    right += hit ? 1 : 0;
    if (pair.margin() == 0) {
      ties++;
      if (!pair.mayTie()) {
        unexplained++;
        firstTie = firstTie == null ? pair : firstTie;
      }
    }
    least = Math.min(least, pair.margin());
    pairs++;
    if (Double.isFinite(pair.margin())) { // else one of the two cannot come
      margin.add(pair.margin());
      slices.add(pair.row()::text, part -> part.add(pair.margin()));
    }
    hits.add(pair.row(), hit);
    if (!hit) {
      wrong.add(pair);
      if (wrong.size() > KEPT) {
        wrong.pollLast();
      }
    }
  }

  Reading finish() {
    Reading.Builder reading = Reading.builder();
    List<Evidence> bySlice = List.of();
    if (nonFinite == 0 && pairs > 0) {
      reading
          .add(accuracy("accuracy", right, pairs))
          .add(
              margin.count() == 0
                  ? Measurement.undefined(
                      "mean margin", NATS, pairs, "the model rules out a sentence of every pair")
                  : Measurement.sampled(
                      "mean margin", margin.mean(), NATS, margin.count(), Intervals.mean(margin)))
          .add(Measurement.sampled("least margin", least, NATS, pairs, null));
      bySlice = hits.measure(reading);
      slices.forEach(
          (slice, part) ->
              reading.add(
                  slicer.unlessTooFew(
                      Measurement.sampled(
                          "mean margin[" + slice + "]",
                          part.mean(),
                          NATS,
                          part.count(),
                          Intervals.mean(part)),
                      part.count())));
    } else {
      String reason = firstNonFinite == null ? "there were no pairs" : firstNonFinite;
      reading
          .add(Measurement.undefined("accuracy", FRACTION, pairs, reason))
          .add(Measurement.undefined("mean margin", NATS, pairs, reason))
          .add(Measurement.undefined("least margin", NATS, pairs, reason));
      if (nonFinite > 0) {
        reading.add(
            new Evidence.Note(
                "Log-likelihoods that are no finite numbers",
                "%s, one of %,d such pairs".formatted(reason, nonFinite)));
      }
    }
    reading
        .add(Measurement.exact("ties", (double) ties, NUMBER))
        .add(Measurement.exact("unexplained ties", (double) unexplained, NUMBER))
        .add(Measurement.exact("pairs", (double) (pairs + nonFinite), NUMBER))
        .add(Measurement.exact("non-finite outputs", (double) nonFinite, NUMBER));
    Pair tie = firstTie;
    if (tie != null) {
      reading.add(
          new Evidence.Note(
              "Equally likely pairs",
              "%s: '%s' and '%s' are exactly as likely, which counts as right, one of %,d such"
                  .formatted(
                      tie.row().where(),
                      Continuations.shortened(tie.good()),
                      Continuations.shortened(tie.bad()),
                      unexplained)));
    }
    if (!wrong.isEmpty()) {
      reading.add(wrongPairs());
    }
    bySlice.forEach(reading::add);
    return reading.build();
  }

  private static Measurement accuracy(String name, long right, long all) {
    return Measurement.sampled(
        name, (double) right / all, FRACTION, all, Intervals.wilson(right, all));
  }

  private Evidence wrongPairs() {
    Pair first = wrong.first();
    return new Evidence.Table(
        "Pairs whose good sentence is not likelier",
        String.format(
            Locale.ROOT,
            "%s: '%s' is not likelier than '%s', which is ahead by %.2f nats",
            first.row().where(),
            Continuations.shortened(first.good()),
            Continuations.shortened(first.bad()),
            -first.margin()),
        List.of("pair", "good", "bad", "bad likelier by, nats"),
        wrong.stream()
            .map(
                pair ->
                    List.of(
                        pair.row().where(),
                        pair.good(),
                        pair.bad(),
                        String.format(Locale.ROOT, "%.3f", -pair.margin())))
            .toList());
  }
}
