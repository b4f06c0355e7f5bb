package org.modelvitals.checks.behaviour;

import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.modelvitals.data.InputSpec;
import org.modelvitals.probe.DataPass;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** The probe that {@link Outputs} declares. */
public final class OutputsProbe implements ProbeType<Outputs> {

  @Override
  public String keyword() {
    return "outputs";
  }

  @Override
  public Class<Outputs> specification() {
    return Outputs.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    List<MeasurementInfo> all = new ArrayList<>();
    all.add(MeasurementInfo.number("rows", NUMBER, "How many rows the model was run on."));
    all.add(
        MeasurementInfo.withParts(
            "non-finite outputs",
            "output",
            NUMBER,
            "In how many rows an output is NaN or infinite; expected to be none unless that is"
                + " allowed."));
    all.addAll(DifferenceReading.basic());
    all.addAll(DifferenceReading.further());
    all.addAll(DistributionReading.infos());
    return all;
  }

  @Override
  public List<Expectation> implied(Outputs specification) {
    return specification.nonFinite() ? List.of() : List.of(Outputs.nonFiniteOutputs().isEqualTo(0));
  }

  @Override
  public Reading probe(Outputs specification, ProbeContext context) {
    try (Expected expected = expected(specification, context)) {
      OutputsAccumulator accumulator = new OutputsAccumulator(specification, expected);
      return DataPass.read(context, specification.data(), reserved(specification), accumulator);
    }
  }

  private static Expected expected(Outputs specification, ProbeContext context) {
    OtherModel other = specification.model();
    if (other != null) {
      return new ExpectedOfModel(other, specification.data(), context.model(other.file()), context);
    }
    return specification.reference().isEmpty()
        ? Expected.NOTHING
        : new ExpectedOfData(specification, context);
  }

  /** The columns that hold what is expected. */
  private static Set<String> reserved(Outputs specification) {
    Set<String> columns = new HashSet<>();
    for (InputSpec source : specification.reference().values()) {
      if (source instanceof InputSpec.Columns of) {
        columns.addAll(of.names());
      } else if (source instanceof InputSpec.Image image && image.column() != null) {
        columns.add(image.column());
      } else if (source instanceof InputSpec.Tokens tokens && tokens.column() != null) {
        columns.add(tokens.column());
      }
    }
    return columns;
  }
}
