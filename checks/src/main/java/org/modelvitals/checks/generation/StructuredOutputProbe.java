package org.modelvitals.checks.generation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.Measured;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** The probe that {@link StructuredOutput} declares. */
public final class StructuredOutputProbe implements ProbeType<StructuredOutput> {

  private static final String SCHEMA = "where 'schema' is declared";
  private static final String PATTERN = "where 'pattern' is declared";
  private static final String REFERENCE = "where 'reference' is declared";

  @Override
  public String keyword() {
    return "structured-output";
  }

  @Override
  public Class<StructuredOutput> specification() {
    return StructuredOutput.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number(
            "valid json",
            Unit.FRACTION,
            "The share of answers that are one JSON value and nothing else (RFC 8259);"
                + " expected to be all, if there is neither a schema nor a pattern. Wilson"
                + " interval."),
        MeasurementInfo.number(
                "valid against schema",
                Unit.FRACTION,
                "The share of answers that are JSON and valid against the schema; expected to be all."
                    + " Wilson interval.")
            .measured(SCHEMA),
        MeasurementInfo.number(
                "pattern match",
                Unit.FRACTION,
                "The share of answers that match the pattern as a whole, up to white space at the ends;"
                    + " expected to be all. Wilson interval.")
            .measured(PATTERN),
        MeasurementInfo.number(
                "same value",
                Unit.FRACTION,
                "The share of answers that are the true JSON value, with members in any order and"
                    + " numbers by value. Wilson interval.")
            .measured(REFERENCE),
        MeasurementInfo.number("answers", Unit.NUMBER, "How many answers there were."),
        FiniteLogits.INFO);
  }

  @Override
  public Set<String> unmet(StructuredOutput specification) {
    Set<String> unmet = new HashSet<>();
    if (specification.schema() == null) {
      unmet.add(SCHEMA);
    }
    if (specification.pattern() == null) {
      unmet.add(PATTERN);
    }
    if (specification.reference() == null) {
      unmet.add(REFERENCE);
    }
    return unmet;
  }

  /** What programs read must be as declared each time; JSON, if nothing else is. */
  @Override
  public List<Expectation> implied(StructuredOutput specification) {
    List<Measured> promised = new ArrayList<>();
    if (specification.schema() != null) {
      promised.add(StructuredOutput.validAgainstSchema());
    }
    if (specification.pattern() != null) {
      promised.add(StructuredOutput.matchesPattern());
    }
    if (promised.isEmpty()) {
      promised.add(StructuredOutput.validJson());
    }
    return Stream.concat(
            Stream.of(FiniteLogits.expected()),
            promised.stream().map(share -> share.isEqualTo(Quantity.percent(100))))
        .toList();
  }

  @Override
  public Reading probe(StructuredOutput specification, ProbeContext context) {
    String schema = specification.schema();
    StructuredOutputTally tally =
        new StructuredOutputTally(
            specification, schema == null ? null : JsonSchema.read(context.resolve(schema)));
    return PromptRun.run(specification.prompts(), context, tally::add, tally::finish);
  }
}
