package org.modelvitals.checks.invariance;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.modelvitals.data.Perturbation;
import org.modelvitals.probe.FedRows;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** The probe that {@link Direction} declares. */
public final class DirectionProbe implements ProbeType<Direction> {

  @Override
  public String keyword() {
    return "direction";
  }

  @Override
  public Class<Direction> specification() {
    return Direction.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.withParts(
            "as expected",
            "change",
            FRACTION,
            "The share of rows in which a change moves the score as it must, of those that it"
                + " touches; without a part under every change, of those that at least one"
                + " touches. Undefined where none is touched. Wilson interval."),
        MeasurementInfo.ofParts(
            "mean move",
            "change",
            NUMBER,
            "How far the score moves on average; negative is down. t interval."),
        MeasurementInfo.number("rows", NUMBER, "How many rows there were."),
        MeasurementInfo.number(
            "non-finite outputs",
            NUMBER,
            "In how many rows a score, before or after a change, is NaN or infinite; expected to be"
                + " none."));
  }

  @Override
  public List<Expectation> implied(Direction specification) {
    return List.of(Direction.nonFiniteOutputs().isEqualTo(0));
  }

  @Override
  public Reading probe(Direction specification, ProbeContext context) {
    Map<String, List<Perturbation>> changes = new LinkedHashMap<>(specification.raises());
    changes.putAll(specification.lowers());
    DirectionTally tally = new DirectionTally(specification);
    FedRows fed =
        PerturbedPass.run(
            context,
            specification.data(),
            changes,
            specification.output(),
            specification.seed(),
            tally);
    return fed.in(tally.finish());
  }
}
