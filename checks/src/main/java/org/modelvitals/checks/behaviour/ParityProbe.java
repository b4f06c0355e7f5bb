package org.modelvitals.checks.behaviour;

import static org.modelvitals.unit.Unit.NUMBER;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.modelvitals.data.DataSpec;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.DataPass;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

/** The probe that {@link Parity} declares. */
public final class ParityProbe implements ProbeType<Parity> {

  @Override
  public String keyword() {
    return "parity";
  }

  @Override
  public Class<Parity> specification() {
    return Parity.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    List<MeasurementInfo> all = new ArrayList<>();
    all.add(MeasurementInfo.number("rows", NUMBER, "How many rows both models were run on."));
    all.addAll(DifferenceReading.basic());
    all.addAll(DifferenceReading.further());
    return all;
  }

  /** Another model is another model: how near it has to be is for the suite to say. */
  @Override
  public List<Expectation> implied(Parity specification) {
    return specification.model() != null && specification.tolerance() == null
        ? List.of()
        : List.of(Parity.mismatches().isEqualTo(0));
  }

  @Override
  public Reading probe(Parity specification, ProbeContext context) {
    DataSpec data = Drawing.stream(specification.on(), context);
    OtherModel declared = specification.model();
    OtherModel other =
        declared == null
            ? new OtherModel(context.modelFile().path().toString(), Map.of(), Map.of())
            : declared;
    Path file = declared == null ? context.modelFile().path() : context.resolve(declared.file());
    DeviceSpec device = specification.device();
    SessionSpec session = specification.session();
    try (Model reference =
            context.ownModel(
                file,
                device == null ? context.device() : device,
                session == null ? context.session() : session);
        Expected expected = new ExpectedOfModel(other, data, reference, context)) {
      ParityAccumulator accumulator =
          new ParityAccumulator(
              Rounding.ofSessions(specification.tolerance(), context.model()), expected);
      return DataPass.read(context, data, Set.of(), accumulator);
    }
  }
}
