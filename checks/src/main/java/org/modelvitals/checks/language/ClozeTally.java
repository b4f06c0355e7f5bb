package org.modelvitals.checks.language;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.Continuations.Likelihood;
import org.modelvitals.checks.language.Texts.Text;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.checks.slices.Slices;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.Moments;

/** Counts how often a model would say the last word. */
final class ClozeTally {
  private static final int KEPT = 20;

  private final Words all = new Words();
  private final Slicer slicer;
  private final Slices<Words> slices;
  private final HitSlices hits;
  private final TreeSet<Missed> missed =
      new TreeSet<>(
          Comparator.comparingDouble((Missed one) -> one.likelihood().logProbability())
              .thenComparingLong(one -> one.text().index()));
  private long ties;
  private long unexplained;
  private @Nullable String firstTie;
  private long nonFinite;
  private @Nullable String firstNonFinite;

  ClozeTally(Slicer slicer) {
    this.slicer = slicer;
    this.slices = slicer.slices(Words::new);
    this.hits = new HitSlices(slicer);
  }

  private record Missed(Text text, String before, String word, Likelihood likelihood) {}

  private static final class Words {
    final Moments nats = new Moments();
    long right;

    void add(Likelihood likelihood) {
      nats.add(-likelihood.logProbability());
      right += likelihood.greedy() ? 1 : 0;
    }

    Measurement perplexity(String part) {
      Interval interval = Intervals.mean(nats);
      return Measurement.sampled(
          "perplexity" + part,
          Math.exp(nats.mean()),
          NUMBER,
          nats.count(),
          new Interval(
              Math.exp(interval.low()),
              Math.exp(interval.high()),
              interval.level(),
              interval.method()));
    }
  }

  void add(Text text, String before, String word, Likelihood likelihood) {
    if (!Double.isFinite(likelihood.logProbability())) {
      nonFinite++;
      if (firstNonFinite == null) {
        firstNonFinite =
            "the log-probability of '%s' at %s is %s"
                .formatted(word, text.where(), likelihood.logProbability());
      }
      return;
    }
    all.add(likelihood);
    slices.add(text.row()::text, part -> part.add(likelihood));
    hits.add(text.row(), likelihood.greedy());
    ties += likelihood.tied() ? 1 : 0;
    if (likelihood.isTieUnexplained()) {
      unexplained++;
      firstTie =
          firstTie != null
              ? firstTie
              : "%s: after '%s' other tokens are exactly as probable as '%s', and the score takes the"
                      .formatted(text.where(), Continuations.shortened(before), word)
                  + " one with the lowest id";
    }
    if (!likelihood.greedy()) {
      missed.add(new Missed(text, before, word, likelihood));
      if (missed.size() > KEPT) {
        missed.pollLast();
      }
    }
  }

  Reading finish(Tokenizer tokenizer) {
    Reading.Builder reading = Reading.builder();
    long words = all.nats.count();
    List<Evidence> bySlice = List.of();
    if (nonFinite == 0 && words > 0) {
      reading
          .add(
              Measurement.sampled(
                  "accuracy",
                  (double) all.right / words,
                  FRACTION,
                  words,
                  Intervals.wilson(all.right, words)))
          .add(all.perplexity(""));
      bySlice = hits.measure(reading);
      slices.forEach(
          (slice, part) ->
              reading.add(
                  slicer.unlessTooFew(part.perplexity("[" + slice + "]"), part.nats.count())));
    } else {
      String reason = firstNonFinite == null ? "there were no texts" : firstNonFinite;
      reading
          .add(Measurement.undefined("accuracy", FRACTION, words, reason))
          .add(Measurement.undefined("perplexity", NUMBER, words, reason));
      if (nonFinite > 0) {
        reading.add(
            new Evidence.Note(
                "Log-probabilities that are no finite numbers",
                "%s, one of %,d such".formatted(reason, nonFinite)));
      }
    }
    reading
        .add(Measurement.exact("ties", (double) ties, NUMBER))
        .add(Measurement.exact("unexplained ties", (double) unexplained, NUMBER))
        .add(Measurement.exact("words", (double) (words + nonFinite), NUMBER))
        .add(Measurement.exact("non-finite outputs", (double) nonFinite, NUMBER));
    if (firstTie != null) {
      reading.add(
          new Evidence.Note(
              "Equally probable words", "%s, one of %,d such".formatted(firstTie, unexplained)));
    }
    if (!missed.isEmpty()) {
      reading.add(missedWords(tokenizer));
    }
    bySlice.forEach(reading::add);
    return reading.build();
  }

  private Evidence missedWords(Tokenizer tokenizer) {
    Missed first = missed.first();
    return new Evidence.Table(
        "Words that the model would not say",
        String.format(
            Locale.ROOT,
            "%s: after '%s' the model says '%s', not '%s', whose log-probability is %.2f",
            first.text().where(),
            Continuations.shortened(first.before()),
            tokenizer.name(first.likelihood().missed()),
            first.word(),
            first.likelihood().logProbability()),
        List.of("text", "after", "word", "the model says", "log-probability"),
        missed.stream()
            .map(
                one ->
                    List.of(
                        one.text().where(),
                        Continuations.shortened(one.before()),
                        one.word(),
                        tokenizer.name(one.likelihood().missed()),
                        String.format(Locale.ROOT, "%.3f", one.likelihood().logProbability())))
            .toList());
  }
}
