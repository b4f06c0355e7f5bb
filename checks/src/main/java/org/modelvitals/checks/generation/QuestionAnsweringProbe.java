package org.modelvitals.checks.generation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.modelvitals.checks.text.SquadScore;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Moments;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;

/** The probe that {@link QuestionAnswering} declares. */
public final class QuestionAnsweringProbe implements ProbeType<QuestionAnswering> {

  @Override
  public String keyword() {
    return "question-answering";
  }

  @Override
  public Class<QuestionAnswering> specification() {
    return QuestionAnswering.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.withParts(
            "exact match",
            "questions",
            Unit.FRACTION,
            "The share of answers that equal a true one without case, punctuation and articles"
                + " (SQuAD's evaluation script 2.0), of all questions, and apart for answerable and"
                + " unanswerable ones. Wilson interval."),
        MeasurementInfo.withParts(
            "f1",
            "questions",
            Unit.FRACTION,
            "The mean F1 of the words in common with the best true answer (the same script). t"
                + " interval."),
        MeasurementInfo.number("questions", Unit.NUMBER, "How many questions were asked."),
        FiniteLogits.INFO);
  }

  @Override
  public List<Expectation> implied(QuestionAnswering specification) {
    return List.of(FiniteLogits.expected());
  }

  @Override
  public Reading probe(QuestionAnswering specification, ProbeContext context) {
    Tally tally = new Tally(specification.reference());
    return PromptRun.run(specification.prompts(), context, tally::add, tally::finish);
  }

  /** Sums up the answers. */
  static final class Tally {
    private final String reference;
    private final Scores all = new Scores();
    private final Map<String, Scores> parts = new TreeMap<>();
    private final WrongAnswers wrong = new WrongAnswers();

    private static final class Scores {
      private final Share exact = new Share();
      private final Moments f1 = new Moments();

      void add(SquadScore score) {
        exact.add(score.exact());
        f1.add(score.f1());
      }

      void addTo(Reading.Builder reading, String part) {
        reading
            .add(exact.measurement("exact match" + part))
            .add(Share.mean("f1" + part, Unit.FRACTION, f1));
      }
    }

    Tally(String reference) {
      this.reference = reference;
    }

    void add(Answer answer) {
      List<String> truths = answer.references(reference);
      SquadScore score = SquadScore.of(answer.text(), truths);
      boolean answerable = truths.stream().anyMatch(text -> !SquadScore.normalize(text).isEmpty());
      all.add(score);
      parts
          .computeIfAbsent(answerable ? "answerable" : "unanswerable", part -> new Scores())
          .add(score);
      if (!score.exact()) {
        wrong.add(answer, answerable ? WrongAnswers.anyOf(truths) : "no answer");
      }
    }

    Reading finish() {
      Reading.Builder reading = Reading.builder();
      all.addTo(reading, "");
      if (parts.containsKey("unanswerable")) {
        parts.forEach((part, scores) -> scores.addTo(reading, "[" + part + "]"));
      }
      reading.add(Measurement.exact("questions", (double) all.exact.total(), Unit.NUMBER));
      wrong.addTo(reading);
      return reading.build();
    }
  }
}
