package org.modelvitals.checks.generation;

import java.util.List;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
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
            "The share of answers that are one JSON value and nothing else (RFC 8259). Wilson"
                + " interval."),
        MeasurementInfo.number(
            "valid against schema",
            Unit.FRACTION,
            "The share of answers that are JSON and valid against the schema. Wilson interval."),
        MeasurementInfo.number(
            "pattern match",
            Unit.FRACTION,
            "The share of answers that match the pattern as a whole, up to white space at the ends."
                + " Wilson interval."),
        MeasurementInfo.number(
            "same value",
            Unit.FRACTION,
            "The share of answers that are the true JSON value, with members in any order and"
                + " numbers by value. Wilson interval."),
        MeasurementInfo.number("answers", Unit.NUMBER, "How many answers there were."));
  }

  @Override
  public Reading probe(StructuredOutput specification, ProbeContext context) {
    String schema = specification.schema();
    StructuredOutputTally tally =
        new StructuredOutputTally(
            specification, schema == null ? null : JsonSchema.read(context.resolve(schema)));
    PromptRun.run(specification.prompts(), context, tally::add);
    return tally.finish();
  }
}
