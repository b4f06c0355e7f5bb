package org.modelvitals.checks.generation;

import java.util.ArrayList;
import java.util.List;
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
            .measured("where 'schema' is declared"),
        MeasurementInfo.number(
                "pattern match",
                Unit.FRACTION,
                "The share of answers that match the pattern as a whole, up to white space at the ends;"
                    + " expected to be all. Wilson interval.")
            .measured("where 'pattern' is declared"),
        MeasurementInfo.number(
                "same value",
                Unit.FRACTION,
                "The share of answers that are the true JSON value, with members in any order and"
                    + " numbers by value. Wilson interval.")
            .measured("where 'reference' is declared"),
        MeasurementInfo.number("answers", Unit.NUMBER, "How many answers there were."),
        FiniteLogits.INFO);
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
