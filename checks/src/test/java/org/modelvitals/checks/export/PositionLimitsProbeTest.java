package org.modelvitals.checks.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelvitals.checks.export.PositionLimits.positionLimits;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.modelvitals.checks.export.PositionLimits.Behaviour;
import org.modelvitals.model.ModelException;
import org.modelvitals.probe.NotApplicableException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Quantity;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;

class PositionLimitsProbeTest {
  private static final int LIMIT = 40;
  private static final PositionLimitsProbe PROBE = new PositionLimitsProbe();
  private static final PositionLimits SPEC = positionLimits().limit(LIMIT);

  private static Reading read(PositionLimits spec, boolean relative, IntUnaryOperator positions) {
    FormulaModel model = new FormulaModel(Path.of("formula.onnx"), relative, positions);
    try (ExportContext context = new ExportContext(model, 1)) {
      return PROBE.probe(spec, context);
    }
  }

  private static String past(boolean relative, IntUnaryOperator positions) {
    return past(read(SPEC, relative, positions));
  }

  private static String past(Reading reading) {
    return String.valueOf(reading.measurement("past the limit").orElseThrow().text());
  }

  private static Status status(PositionLimits spec, Reading reading) {
    return Judge.judge(reading, PROBE.implied(spec)).status();
  }

  private static String evidence(Reading reading) {
    return reading.evidence().stream().map(Evidence::sentence).collect(Collectors.joining("\n"));
  }

  private static int failing(int position) {
    if (position >= LIMIT) {
      throw new ModelException(ModelException.Reason.RUN_FAILED, "index out of bounds");
    }
    return position;
  }

  @Test
  void anErrorIsFoundAndAllowed() {
    Reading reading = read(SPEC, false, PositionLimitsProbeTest::failing);
    assertThat(past(reading)).isEqualTo("error");
    assertThat(reading.measurement("at the limit").orElseThrow().text()).isEqualTo("works");
    assertThat(evidence(reading)).contains("with 56 tokens the call fails: index out of bounds");
    assertThat(status(SPEC, reading)).isEqualTo(Status.PASSED);
    assertThat(status(SPEC.past(Behaviour.ERROR), reading)).isEqualTo(Status.PASSED);
    assertThat(status(SPEC.past(Behaviour.WORKS), reading)).isEqualTo(Status.FAILED);
  }

  /** Of a context that is too long to be run, positions alone tell. */
  @Test
  void aLongContextIsTriedByPositions() {
    PositionLimits spec = SPEC.limit(3000);
    Reading refused =
        read(
            spec,
            false,
            p -> {
              if (p >= 3000) {
                throw new ModelException(ModelException.Reason.RUN_FAILED, "out of bounds");
              }
              return p;
            });
    assertThat(refused.measurement("at the limit").orElseThrow().text()).isEqualTo("works");
    assertThat(past(refused)).isEqualTo("error");
    assertThat(evidence(refused))
        .contains("with a token at position 3000 the call fails: out of bounds");
    assertThat(refused.measurement("degradation").orElseThrow().value()).isNull();
    assertThat(status(spec, refused)).isEqualTo(Status.PASSED);
    Reading wrapped = read(spec, false, p -> p % 3000);
    assertThat(past(wrapped)).isEqualTo("wraps");
    assertThat(status(spec, wrapped)).isEqualTo(Status.FAILED);
  }

  @Test
  void anErrorBeforeTheLimitIsAFailure() {
    Reading reading = read(SPEC.limit(LIMIT + 8), false, PositionLimitsProbeTest::failing);
    assertThat(reading.measurement("at the limit").orElseThrow().text()).isEqualTo("error");
    assertThat(status(SPEC, reading)).isEqualTo(Status.FAILED);
  }

  @Test
  void positionsThatWrapOrClipAreFoundWhereTheyCountAndWhereDistancesDo() {
    assertThat(past(false, p -> p % LIMIT)).isEqualTo("wraps");
    assertThat(past(false, p -> Math.min(p, LIMIT - 1))).isEqualTo("clips");
    assertThat(past(false, p -> p < LIMIT ? p : 0)).isEqualTo("clips");
    assertThat(past(true, p -> p % LIMIT)).isEqualTo("wraps");
    assertThat(past(true, p -> Math.min(p, LIMIT - 1))).isEqualTo("changes");
    Reading wrapped = read(SPEC, false, p -> p % LIMIT);
    assertThat(evidence(wrapped))
        .isEqualTo(
            "positions count from 0 again after the limit: at position 40 the logits are those at"
                + " position 0, at 45 those at 5");
    assertThat(status(SPEC, wrapped)).isEqualTo(Status.FAILED);
    assertThat(status(SPEC.past(Behaviour.DEGRADES), wrapped)).isEqualTo(Status.FAILED);
  }

  @Test
  void distancesThatMeanTheSameEverywhereWork() {
    Reading reading = read(SPEC, true, p -> p);
    assertThat(past(reading)).isEqualTo("works");
    assertThat(status(SPEC, reading)).isEqualTo(Status.PASSED);
    assertThat(Objects.requireNonNull(reading.measurement("degradation").orElseThrow().value()))
        .isLessThan(0.01);
  }

  /** The windows shrink where as much is tried past the limit as the context holds. */
  @Test
  void asMuchPastTheLimitAsItHoldsIsComparedToo() {
    Reading reading = read(SPEC.beyond(LIMIT + 5), false, p -> p < LIMIT ? p : 3 * p);
    assertThat(reading.measurement("degradation").orElseThrow().value()).isNotNull();
    assertThat(past(read(SPEC.limit(2).beyond(1), true, p -> p))).isEqualTo("null");
  }

  @Test
  void noNumberAnywhereBeforeTheLimitIsFound() {
    FormulaModel late =
        new FormulaModel(Path.of("formula.onnx"), true, p -> p, FormulaModel.Disease.LATE_NAN);
    try (ExportContext context = new ExportContext(late, 1)) {
      Reading reading = PROBE.probe(SPEC, context);
      assertThat(reading.measurement("at the limit").orElseThrow().text()).isEqualTo("not finite");
      assertThat(evidence(reading)).contains("first after position 31");
    }
    FormulaModel infinite =
        new FormulaModel(Path.of("formula.onnx"), true, p -> p, FormulaModel.Disease.INFINITE);
    try (ExportContext context = new ExportContext(infinite, 1)) {
      Reading reading = PROBE.probe(SPEC.past(Behaviour.WORKS), context);
      assertThat(reading.measurement("at the limit").orElseThrow().note())
          .contains("NaN or infinite at any position");
    }
  }

  @Test
  void longContextsAreTriedByPositionsAlone() {
    PositionLimits large = SPEC.limit(100_000);
    assertThat(past(read(large, false, p -> p % 100_000))).isEqualTo("wraps");
    assertThat(past(read(large, true, p -> p))).isEqualTo("works");
  }

  @Test
  void withoutALimitItDoesNotApply() {
    assertThatThrownBy(() -> read(positionLimits(), true, p -> p))
        .isInstanceOf(NotApplicableException.class)
        .hasMessageContaining("give one with 'limit'");
  }

  @Test
  void toleranceIsInformation() {
    assertThatThrownBy(() -> SPEC.tolerance(Quantity.millis(3)))
        .hasMessageContaining("expected nats or bits");
  }
}
