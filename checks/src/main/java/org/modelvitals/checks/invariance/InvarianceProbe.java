package org.modelvitals.checks.invariance;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.List;
import org.modelvitals.probe.FedRows;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** The probe that {@link Invariance} declares. */
public final class InvarianceProbe implements ProbeType<Invariance> {

  @Override
  public String keyword() {
    return "invariance";
  }

  @Override
  public Class<Invariance> specification() {
    return Invariance.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.withParts(
            "unchanged",
            "change",
            FRACTION,
            "The share of rows whose answer stays the same under a change, of those that it touches;"
                + " without a part under every change, of those that at least one touches."
                + " Undefined where none is touched. Wilson interval."),
        MeasurementInfo.ofParts(
            "max change", "change", NUMBER, "The largest difference of any score."),
        MeasurementInfo.ofParts(
            "mean change",
            "change",
            NUMBER,
            "The mean over rows of the largest difference of a score. t interval."),
        MeasurementInfo.number("rows", NUMBER, "How many rows there were."),
        MeasurementInfo.number(
            "non-finite outputs",
            NUMBER,
            "In how many rows an answer, before or after a change, is NaN or infinite; expected to"
                + " be none."));
  }

  @Override
  public List<Expectation> implied(Invariance specification) {
    return List.of(Invariance.nonFiniteOutputs().isEqualTo(0));
  }

  @Override
  public Reading probe(Invariance specification, ProbeContext context) {
    InvarianceTally tally = new InvarianceTally(specification);
    FedRows fed =
        PerturbedPass.run(
            context,
            specification.data(),
            specification.perturb(),
            specification.output(),
            specification.seed(),
            tally);
    return fed.in(tally.finish());
  }
}
