package org.modelvitals.checks.generation;

import java.util.List;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;

/** The probe that {@link Translation} declares. */
public final class TranslationProbe implements ProbeType<Translation> {

  @Override
  public String keyword() {
    return "translation";
  }

  @Override
  public Class<Translation> specification() {
    return Translation.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number(
            "bleu",
            Unit.NUMBER,
            "BLEU of the corpus from 0 to 100, as sacreBLEU 2.6 computes it. BCa bootstrap interval over"
                + " segments."),
        MeasurementInfo.number(
            "chrf",
            Unit.NUMBER,
            "chrF2 of the corpus from 0 to 100, as sacreBLEU 2.6 computes it. BCa bootstrap interval."),
        MeasurementInfo.number(
            "chrf++",
            Unit.NUMBER,
            "chrF2++ of the corpus, with words beside characters. BCa bootstrap interval."),
        MeasurementInfo.number(
            "ter",
            Unit.NUMBER,
            "The translation edit rate of the corpus: edits per hundred words of the reference, as"
                + " sacreBLEU 2.6 computes it; lower is better. BCa bootstrap interval."),
        MeasurementInfo.number(
            "brevity penalty",
            Unit.NUMBER,
            "What BLEU takes off a corpus that is shorter than its references; 1 if it is not."),
        MeasurementInfo.textOfParts(
            "signature", "score", "Options and version of a score, in sacreBLEU's form."),
        MeasurementInfo.number("segments", Unit.NUMBER, "How many texts were translated."),
        FiniteLogits.INFO);
  }

  @Override
  public List<Expectation> implied(Translation specification) {
    return List.of(FiniteLogits.expected());
  }

  @Override
  public Reading probe(Translation specification, ProbeContext context) {
    TranslationTally tally = new TranslationTally(specification, context.seed());
    return PromptRun.run(specification.prompts(), context, tally::add, tally::finish);
  }
}
