package org.modelvitals.checks.generation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.modelvitals.checks.text.Bleu;
import org.modelvitals.checks.text.Chrf;
import org.modelvitals.checks.text.CorpusMetric;
import org.modelvitals.checks.text.CorpusScore;
import org.modelvitals.checks.text.Ter;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.unit.Unit;

/** Scores translations as one corpus. */
final class TranslationTally {
  /** Of a segment alone; below it, people see a difference. */
  private static final double PERFECT = 100 - 1e-9;

  private final Translation declared;
  private final long seed;
  private final Bleu bleu;
  private final Map<String, CorpusMetric> metrics = new LinkedHashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final List<List<String>> references = new ArrayList<>();
  private final Chrf perSegment;
  private final WorstAnswers worst = new WorstAnswers("Worst translations", "chrF2", "%.1f");

  /**
   * @param seed of the bootstrap
   */
  TranslationTally(Translation declared, long seed) {
    this.declared = declared;
    this.seed = seed;
    Bleu cased = Bleu.DEFAULT.tokenizer(declared.tokenize());
    this.bleu = declared.lowercase() ? cased.ignoringCase() : cased;
    metrics.put("bleu", bleu);
    this.perSegment = cased(Chrf.DEFAULT);
    metrics.put("chrf", perSegment);
    metrics.put("chrf++", cased(Chrf.PLUS_PLUS));
    metrics.put("ter", Ter.DEFAULT);
  }

  private Chrf cased(Chrf chrf) {
    return declared.lowercase() ? chrf.ignoringCase() : chrf;
  }

  void add(Answer answer) {
    List<String> truths = answer.someReferences(declared.reference());
    references.add(truths);
    texts.add(answer.text());
    // chrF is also a score of single segments, which BLEU is not.
    double score = perSegment.score(perSegment.counts(answer.text(), truths));
    if (score < PERFECT) {
      worst.add(answer, truths, score);
    }
  }

  Reading finish() {
    Reading.Builder reading = Reading.builder();
    if (texts.isEmpty()) {
      metrics
          .keySet()
          .forEach(
              name ->
                  reading.add(
                      Measurement.undefined(name, Unit.NUMBER, 0, "there were no prompts")));
      return reading.add(Measurement.exact("segments", 0, Unit.NUMBER)).build();
    }
    Map<String, CorpusScore> scores = new LinkedHashMap<>();
    metrics.forEach((name, metric) -> scores.put(name, metric.of(texts, references)));
    scores.forEach((name, score) -> reading.add(measurement(name, score)));
    CorpusScore whole = Objects.requireNonNull(scores.get("bleu"));
    Bleu.Detail detail = bleu.detail(whole.sums());
    reading.add(Measurement.exact("brevity penalty", detail.brevityPenalty(), Unit.NUMBER));
    scores.forEach(
        (name, score) ->
            reading.add(Measurement.text("signature[%s]".formatted(name), score.signature())));
    reading.add(Measurement.exact("segments", texts.size(), Unit.NUMBER));
    reading.add(
        new Evidence.Note(
            "BLEU in parts",
            String.format(
                Locale.ROOT, "%s = %.2f %s", whole.signature(), whole.score(), detail.sentence())));
    worst.addTo(reading);
    return reading.build();
  }

  private Measurement measurement(String name, CorpusScore score) {
    // More edits than words are possible.
    double highest = name.equals("ter") ? Double.POSITIVE_INFINITY : 100;
    Measurement measured =
        Measurement.sampled(
            name,
            score.score(),
            Unit.NUMBER,
            score.segments(),
            Share.within(score.bootstrap(seed, declared.resamples(), Intervals.LEVEL), highest));
    return score.segments() > 1
        ? measured
        : measured.note("one segment alone does not tell how others fare");
  }
}
