package org.modelvitals.engine;

import java.util.List;
import java.util.Map;
import org.modelvitals.isolation.Fates;
import org.modelvitals.model.Tensor;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.NotApplicableException;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.unit.Unit;

/** Comes to an end of which a JVM dies. */
public final class DoomedProbe implements ProbeType<DoomedProbe.Doomed> {

  /** How it ends. */
  enum Fate {
    CRASH,
    KILLED,
    EXIT,
    HANG,
    BREAK,
    MISDECLARED,
    NOT_APPLICABLE,
    LIVES
  }

  /**
   * The declaration.
   *
   * @param after calls of the model, each of which is told as progress
   */
  @Doc("Comes to an end.")
  record Doomed(@Doc("How.") Fate fate, @Doc("Calls before.") @Default("0") long after)
      implements ProbeSpec {
    static Doomed to(Fate fate) {
      return new Doomed(fate, 0);
    }
  }

  @Override
  public String keyword() {
    return "doomed";
  }

  @Override
  public Class<Doomed> specification() {
    return Doomed.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.number("process", Unit.NUMBER, "Its id."),
        MeasurementInfo.number("seed", Unit.NUMBER, "The run's."),
        MeasurementInfo.text("said", "A text."),
        MeasurementInfo.number("undefined", Unit.SECONDS, "Nothing."));
  }

  @Override
  public Reading probe(Doomed specification, ProbeContext context) throws Exception {
    for (long call = 0; call < specification.after(); call++) {
      context.model().run(Map.of("x", Tensor.ofFloats(new float[] {1, 2}, 2)));
      context.progress().at(call + 1, specification.after(), "calls");
    }
    switch (specification.fate()) {
      case CRASH -> Fates.crash();
      case KILLED -> Fates.beKilled();
      case EXIT -> Fates.exit(3);
      case HANG -> Fates.hang();
      case BREAK -> throw new IllegalStateException("a bug");
      case MISDECLARED -> throw new ProbeException("there is no column 'x'");
      case NOT_APPLICABLE -> throw new NotApplicableException("there is nothing to see");
      case LIVES -> {}
    }
    return reading(context);
  }

  /** One of each kind of thing that a reading can have. */
  private static Reading reading(ProbeContext context) {
    return Reading.builder()
        .add(Measurement.exact("process", (double) ProcessHandle.current().pid(), Unit.NUMBER))
        .add(
            Measurement.sampled(
                    "seed",
                    (double) context.seed(),
                    Unit.NUMBER,
                    7,
                    new Interval(Double.NEGATIVE_INFINITY, 0.1 + 0.2, 0.99, "none"))
                .note("as it was given"))
        .add(Measurement.text("said", "two\nlines"))
        .add(Measurement.undefined("undefined", Unit.SECONDS, 0, "nobody measured it"))
        .add(new Evidence.Table("T", "s", List.of("a", "b"), List.of(List.of("1", "2"))))
        .add(
            new Evidence.Curve(
                "C", "", "x", "y", true, List.of(new Evidence.Curve.Point(Double.NaN, 1e300, 1))))
        .add(
            new Evidence.Strip(
                "S", "", Unit.NUMBER, List.of(new Evidence.Strip.Cell("\\n", null, null)), null))
        .build();
  }
}
