package org.modelvitals.checks.generation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
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
  private static final int WORST = 20;

  /** Of a segment alone; below it, people see a difference. */
  private static final double PERFECT = 100 - 1e-9;

  private final Translation declared;
  private final long seed;
  private final Bleu bleu;
  private final Map<String, CorpusMetric> metrics = new LinkedHashMap<>();
  private final List<Answer> answers = new ArrayList<>();
  private final List<List<String>> references = new ArrayList<>();

  /**
   * @param seed of the bootstrap
   */
  TranslationTally(Translation declared, long seed) {
    this.declared = declared;
    this.seed = seed;
    Bleu cased = Bleu.DEFAULT.tokenizer(declared.tokenize());
    this.bleu = declared.lowercase() ? cased.ignoringCase() : cased;
    metrics.put("bleu", bleu);
    metrics.put("chrf", cased(Chrf.DEFAULT));
    metrics.put("chrf++", cased(Chrf.PLUS_PLUS));
    metrics.put("ter", Ter.DEFAULT);
  }

  private Chrf cased(Chrf chrf) {
    return declared.lowercase() ? chrf.ignoringCase() : chrf;
  }

  void add(Answer answer) {
    references.add(answer.someReferences(declared.reference()));
    answers.add(answer);
  }

  Reading finish() {
    Reading.Builder reading = Reading.builder();
    if (answers.isEmpty()) {
      metrics
          .keySet()
          .forEach(
              name ->
                  reading.add(
                      Measurement.undefined(name, Unit.NUMBER, 0, "there were no prompts")));
      return reading.add(Measurement.exact("segments", 0, Unit.NUMBER)).build();
    }
    List<String> texts = answers.stream().map(Answer::text).toList();
    Map<String, CorpusScore> scores = new LinkedHashMap<>();
    metrics.forEach((name, metric) -> scores.put(name, metric.of(texts, references)));
    scores.forEach((name, score) -> reading.add(measurement(name, score)));
    CorpusScore whole = bleu.of(texts, references);
    Bleu.Detail detail = bleu.detail(whole.sums());
    reading.add(Measurement.exact("brevity penalty", detail.brevityPenalty(), Unit.NUMBER));
    scores.forEach(
        (name, score) ->
            reading.add(Measurement.text("signature[%s]".formatted(name), score.signature())));
    reading.add(Measurement.exact("segments", answers.size(), Unit.NUMBER));
    reading.add(
        new Evidence.Note(
            "BLEU in parts",
            String.format(
                Locale.ROOT, "%s = %.2f %s", whole.signature(), whole.score(), detail.sentence())));
    worst(reading);
    return reading.build();
  }

  private Measurement measurement(String name, CorpusScore score) {
    return Measurement.sampled(
        name,
        score.score(),
        Unit.NUMBER,
        score.segments(),
        score.bootstrap(seed, declared.resamples(), Intervals.LEVEL));
  }

  /** chrF is also a score of single segments, which BLEU is not. */
  private void worst(Reading.Builder reading) {
    CorpusScore each =
        cased(Chrf.DEFAULT).of(answers.stream().map(Answer::text).toList(), references);
    List<Integer> order =
        IntStream.range(0, answers.size())
            .boxed()
            .filter(i -> each.segment(i) < PERFECT)
            .sorted(Comparator.comparingDouble(each::segment))
            .limit(WORST)
            .toList();
    if (order.isEmpty()) {
      return;
    }
    int first = order.get(0);
    Answer worst = answers.get(first);
    reading.add(
        new Evidence.Table(
            "Worst translations",
            String.format(
                Locale.ROOT,
                "%s: %s should become %s, got %s (chrF2 %.1f)",
                worst.row().where(),
                WrongAnswers.quoted(WrongAnswers.prompt(worst.prompt(), 100)),
                WrongAnswers.start(WrongAnswers.anyOf(references.get(first)), 160),
                WrongAnswers.quoted(WrongAnswers.start(worst.text(), 80)),
                each.segment(first)),
            List.of("row", "chrF2", "prompt", "expected", "got"),
            order.stream().map(i -> row(i, each.segment(i))).toList()));
  }

  private List<String> row(int index, double score) {
    Answer answer = answers.get(index);
    return List.of(
        answer.row().where(),
        String.format(Locale.ROOT, "%.1f", score),
        WrongAnswers.prompt(answer.prompt(), 400),
        WrongAnswers.start(WrongAnswers.anyOf(references.get(index)), 400),
        WrongAnswers.start(answer.text(), 400));
  }
}
