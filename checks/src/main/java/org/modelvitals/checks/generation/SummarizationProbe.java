package org.modelvitals.checks.generation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.modelvitals.checks.text.Rouge;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Moments;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;

/** The probe that {@link Summarization} declares. */
public final class SummarizationProbe implements ProbeType<Summarization> {

  @Override
  public String keyword() {
    return "summarization";
  }

  @Override
  public Class<Summarization> specification() {
    return Summarization.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return Stream.concat(
            Stream.of(
                    "rouge-1:words in common",
                    "rouge-2:pairs of words in common",
                    "rouge-l:the longest common subsequence of words",
                    "rouge-lsum:the longest common subsequences of words, line by line")
                .map(SummarizationProbe::info),
            Stream.of(
                MeasurementInfo.number("summaries", Unit.NUMBER, "How many summaries there were."),
                FiniteLogits.INFO))
        .toList();
  }

  private static MeasurementInfo info(String nameAndWhat) {
    int colon = nameAndWhat.indexOf(':');
    return MeasurementInfo.withParts(
        nameAndWhat.substring(0, colon),
        "part",
        Unit.FRACTION,
        "The mean F1 of %s, and apart their precision and recall, as Google's rouge_score computes"
                .formatted(nameAndWhat.substring(colon + 1))
            + " them. t interval.");
  }

  @Override
  public List<Expectation> implied(Summarization specification) {
    return List.of(FiniteLogits.expected());
  }

  @Override
  public Reading probe(Summarization specification, ProbeContext context) {
    Tally tally = new Tally(specification);
    return PromptRun.run(specification.prompts(), context, tally::add, tally::finish);
  }

  /** Sums up the scores. */
  static final class Tally {
    private final String reference;
    private final Rouge rouge;
    private final Map<String, Moments> means = new LinkedHashMap<>();
    private final WorstAnswers worst = new WorstAnswers("Worst summaries", "ROUGE-L", "%.3f");
    private long summaries;

    Tally(Summarization declared) {
      this.reference = declared.reference();
      this.rouge = new Rouge(declared.stemming());
      for (String name : List.of("rouge-1", "rouge-2", "rouge-l", "rouge-lsum")) {
        for (String part : List.of("", "[precision]", "[recall]")) {
          means.put(name + part, new Moments());
        }
      }
    }

    void add(Answer answer) {
      List<String> truths = answer.someReferences(reference);
      Rouge.Scores scores = rouge.of(answer.text(), truths);
      add("rouge-1", scores.rouge1());
      add("rouge-2", scores.rouge2());
      add("rouge-l", scores.rougeL());
      add("rouge-lsum", scores.rougeLsum());
      summaries++;
      if (scores.rougeL().f1() < 1) {
        worst.add(answer, truths, scores.rougeL().f1());
      }
    }

    private void add(String name, Rouge.Score score) {
      means.getOrDefault(name, new Moments()).add(score.f1());
      means.getOrDefault(name + "[precision]", new Moments()).add(score.precision());
      means.getOrDefault(name + "[recall]", new Moments()).add(score.recall());
    }

    Reading finish() {
      Reading.Builder reading = Reading.builder();
      means.forEach((name, mean) -> reading.add(Share.mean(name, Unit.FRACTION, mean)));
      reading.add(Measurement.exact("summaries", (double) summaries, Unit.NUMBER));
      worst.addTo(reading);
      return reading.build();
    }
  }
}
