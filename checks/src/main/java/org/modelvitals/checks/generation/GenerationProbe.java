package org.modelvitals.checks.generation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** The probe that {@link Generation} declares. */
public final class GenerationProbe implements ProbeType<Generation> {

  private static final String REFERENCE = "where 'reference' is declared";
  private static final String PATTERN = "where 'pattern' is declared";
  private static final String CONTAINS = "where 'contains' is declared";
  private static final String FORBIDDEN = "where 'forbidden' is declared";

  @Override
  public String keyword() {
    return "generation";
  }

  @Override
  public Class<Generation> specification() {
    return Generation.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number(
                "exact match",
                Unit.FRACTION,
                "The share of answers that are a true text, up to white space at the ends. Wilson"
                    + " interval.")
            .measured(REFERENCE),
        MeasurementInfo.number(
                "pattern match",
                Unit.FRACTION,
                "The share of answers that match the pattern as a whole, up to white space at the ends;"
                    + " expected to be all. Wilson interval.")
            .measured(PATTERN),
        MeasurementInfo.number(
                "contained",
                Unit.FRACTION,
                "The share of answers with all the texts that they should contain; expected to be all."
                    + " Wilson interval.")
            .measured(CONTAINS),
        MeasurementInfo.number(
                "with forbidden",
                Unit.FRACTION,
                "The share of answers with a forbidden text; expected to be none. Wilson interval.")
            .measured(FORBIDDEN),
        MeasurementInfo.number(
            "empty", Unit.FRACTION, "The share of answers of white space only. Wilson interval."),
        MeasurementInfo.number(
            "degenerate",
            Unit.FRACTION,
            "The share of answers that are empty, or more than half of whose tokens are one n-gram"
                + " three times in a row or more. Wilson interval."),
        MeasurementInfo.number(
            "longest loop",
            Unit.NUMBER,
            "The most tokens of an answer that one n-gram covers which is repeated at once."),
        MeasurementInfo.ofParts(
            "distinct",
            "n",
            Unit.NUMBER,
            "Different n-grams of tokens as a share of all, over all answers, for n from 1 to 3 (Li"
                + " et al. 2016)."),
        MeasurementInfo.number(
            "mean tokens", Unit.NUMBER, "The mean number of tokens in an answer. t interval."),
        MeasurementInfo.number("min tokens", Unit.NUMBER, "Tokens in the shortest answer."),
        MeasurementInfo.number("max tokens", Unit.NUMBER, "Tokens in the longest answer."),
        MeasurementInfo.ofParts(
            "stopped",
            "how",
            Unit.FRACTION,
            "The share of answers that ended with a stop token, at a stop string, at the limit of"
                + " max new tokens, at the end of the context, or where logits are not finite. Wilson"
                + " interval."),
        MeasurementInfo.number("answers", Unit.NUMBER, "How many answers there were."),
        FiniteLogits.INFO);
  }

  @Override
  public Set<String> unmet(Generation specification) {
    Set<String> unmet = new HashSet<>();
    if (specification.reference() == null) {
      unmet.add(REFERENCE);
    }
    if (specification.pattern() == null) {
      unmet.add(PATTERN);
    }
    if (specification.contains().isEmpty()) {
      unmet.add(CONTAINS);
    }
    if (specification.forbidden().isEmpty()) {
      unmet.add(FORBIDDEN);
    }
    return unmet;
  }

  @Override
  public List<Expectation> implied(Generation specification) {
    List<Expectation> implied = new ArrayList<>(List.of(FiniteLogits.expected()));
    if (specification.pattern() != null) {
      implied.add(Generation.patternMatch().isEqualTo(Quantity.percent(100)));
    }
    if (!specification.contains().isEmpty()) {
      implied.add(Generation.contained().isEqualTo(Quantity.percent(100)));
    }
    if (!specification.forbidden().isEmpty()) {
      implied.add(Generation.withForbidden().isEqualTo(0));
    }
    return implied;
  }

  @Override
  public Reading probe(Generation specification, ProbeContext context) {
    GenerationTally tally = new GenerationTally(specification);
    return PromptRun.run(specification.prompts(), context, tally::add, tally::finish);
  }
}
