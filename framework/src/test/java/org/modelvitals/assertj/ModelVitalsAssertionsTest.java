package org.modelvitals.assertj;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelvitals.assertj.ModelVitalsAssertions.assertThat;
import static org.modelvitals.suite.Measured.measured;
import static org.modelvitals.unit.Quantity.percent;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.error.AssertJMultipleFailuresError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.modelvitals.engine.ScriptedModels;
import org.modelvitals.model.Device;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.DeviceRecord;
import org.modelvitals.record.MachineRecord;
import org.modelvitals.record.ModelRecord;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class ModelVitalsAssertionsTest {
  private static final ModelUnderTest MODEL = ModelUnderTest.at(ScriptedModels.MODEL);

  private static final Reading READING =
      new Reading(
          List.of(
              Measurement.sampled("accuracy", 0.91, Unit.FRACTION, 200, null),
              Measurement.text("producer", "pytorch")),
          List.of(new Evidence.Note("Classes", "worst class: 7")));

  @BeforeEach
  void prepare() throws Exception {
    ScriptedModels.prepare();
  }

  @Test
  void aModelSatisfiesChecks() {
    assertThat(MODEL)
        .satisfies(ScriptedModels.loads())
        .satisfies(expecting(80))
        .reading(ScriptedModels.measures())
        .measurement("value")
        .isAtLeast(percent(90));
  }

  @Test
  void aModelThatDoesNotSatisfyACheckFailsLikeASuite() {
    assertThatExceptionOfType(AssertionFailedError.class)
        .isThrownBy(() -> assertThat(MODEL).as("reads digits").satisfies(expecting(95)))
        .withMessageContaining("negation > reads digits (" + ScriptedModels.MODEL + ")")
        .withMessageContaining("value is 90 %")
        .withMessageContaining("row 3 is wrong");
    assertThatThrownBy(
            () ->
                assertThat(ModelUnderTest.at(ScriptedModels.MISSING))
                    .satisfies(ScriptedModels.loads()))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("did you mean 'negation.onnx'?");
    assertThatThrownBy(
            () ->
                assertThat(ModelUnderTest.at(ScriptedModels.MISSING))
                    .reading(ScriptedModels.loads())
                    .measurement("value")
                    .isAtLeast(0))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("there is no model");
  }

  @Test
  void aMissingDeviceAbortsTheTest() {
    assertThatThrownBy(() -> assertThat(MODEL.on(Device.COREML)).satisfies(ScriptedModels.loads()))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("the device coreml is not available");
  }

  @Test
  @SuppressWarnings("NullAway") // the mistake that is tested
  void noModelIsAFailureLikeAssertJs() {
    ModelUnderTest none = null;
    assertThatThrownBy(() -> assertThat(none).satisfies(ScriptedModels.loads()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Expecting actual not to be null");
  }

  @Test
  void aReadingMeetsExpectations() {
    assertThat(READING)
        .meets(measured("accuracy").isAtLeast(percent(90)), measured("producer").is("pytorch"));
    assertThat(READING)
        .measurement("accuracy")
        .isAtLeast(percent(90))
        .isAtMost(0.92)
        .isBetween(percent(90), percent(92))
        .isCloseTo(0.9, 0.02)
        .restsOn(200)
        .isIn(Unit.FRACTION);
    assertThat(READING).measurement("producer").is("pytorch");

    assertThatThrownBy(() -> assertThat(READING).meets(measured("accuracy").isAtLeast(0.97)))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("accuracy is 91 %")
        .hasMessageContaining("worst class: 7");
    assertThatThrownBy(() -> assertThat(READING).measurement("acuracy").isAtLeast(0.5))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("there is no measurement 'acuracy'; did you mean 'accuracy'?");
    assertThatThrownBy(() -> assertThat(READING).measurement("accuracy").restsOn(100))
        .hasMessage("accuracy rests on 200, expected 100");
    assertThatThrownBy(() -> assertThat(READING).measurement("producer").isAtLeast(1))
        .isInstanceOf(AssertionFailedError.class);
  }

  @Test
  void aRunRecordHasSuitesAndChecks() {
    RunRecord healthy = record(Status.PASSED, "");
    assertThat(healthy).hasNoFailures();
    assertThat(healthy).suite("digits").hasNoFailures();
    assertThat(healthy).suite("digits").check("reads digits").passed();
    assertThat(healthy)
        .suite("digits")
        .check("reads digits")
        .measurement("accuracy")
        .isAtLeast(percent(91));
    RunRecord sick = record(Status.FAILED, "accuracy is 91 %");
    assertThat(sick).suite("digits").check("reads digits").failed().because("91 %");

    assertThatThrownBy(() -> assertThat(sick).hasNoFailures())
        .hasMessage(
            "expected no failures, found\n  digits > reads digits is failed: accuracy is 91 %");
    assertThatThrownBy(() -> assertThat(sick).suite("digits").check("reads digits").passed())
        .hasMessage("'reads digits' is failed, expected passed: accuracy is 91 %");
    assertThatThrownBy(() -> assertThat(healthy).suite("digit").check("reads digits").passed())
        .hasMessageContaining("there is no suite 'digit'; did you mean 'digits'?");
    assertThatThrownBy(() -> assertThat(healthy).suite("digit").hasNoFailures())
        .hasMessageContaining("did you mean 'digits'?");
    assertThatThrownBy(() -> assertThat(healthy).suite("digits").check("read digits").passed())
        .hasMessageContaining("there is no check 'read digits'; did you mean 'reads digits'?");
  }

  @Test
  void softAssertionsTellAllFailuresAtOnce() {
    assertThatThrownBy(
            () ->
                ModelVitalsSoftAssertions.assertSoftly(
                    softly -> {
                      softly.assertThat(MODEL).satisfies(expecting(95)).satisfies(expecting(96));
                      softly.assertThat(MODEL).satisfies(expecting(80));
                      softly
                          .assertThat(MODEL)
                          .reading(ScriptedModels.measures())
                          .measurement("value")
                          .isAtLeast(percent(97))
                          .isAtMost(percent(10));
                      softly.assertThat(READING).measurement("acuracy").isAtLeast(0.5);
                      softly.assertThat(READING).measurement("accuracy").restsOn(1);
                      softly
                          .assertThat(record(Status.FAILED, "sick"))
                          .suite("digits")
                          .check("reads digits")
                          .passed();
                      softly
                          .assertThat(record(Status.FAILED, "sick"))
                          .suite("letters")
                          .check("reads letters")
                          .passed();
                    }))
        .isInstanceOfSatisfying(
            AssertJMultipleFailuresError.class,
            error -> org.assertj.core.api.Assertions.assertThat(error.getFailures()).hasSize(8));
  }

  private static HealthCheck expecting(double atLeast) {
    return ScriptedModels.measures().expect(measured("value").isAtLeast(percent(atLeast)));
  }

  private static RunRecord record(Status status, String reason) {
    CheckRecord check =
        new CheckRecord(
            "id",
            "reads digits",
            "classification",
            Map.of(),
            Set.of(),
            Instant.EPOCH,
            1,
            "",
            new Verdict(status, reason, List.of()),
            READING.measurements(),
            List.of(),
            List.of());
    return new RunRecord(
        RunRecord.SCHEMA,
        "id",
        "build",
        Instant.EPOCH,
        Instant.EPOCH,
        42,
        Map.of(),
        new MachineRecord("Linux", "amd64", "cpu", 2, 1L << 30),
        List.of(
            new SuiteRecord(
                "suite",
                "digits",
                "com.acme.DigitsTest",
                "/acme",
                Set.of(),
                new ModelRecord("digits.onnx", "00", 1),
                new DeviceRecord("cpu", 0, Map.of(), Map.of()),
                List.of(check))));
  }

  @Test
  void whatThereIsNotFailsWithoutAnyAssertionOverIt() {
    RunRecord healthy = record(Status.PASSED, "");
    assertThatThrownBy(() -> assertThat(healthy).suite("digit"))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessage("there is no suite 'digit'; did you mean 'digits'?");
    assertThatThrownBy(() -> assertThat(healthy).suite("digits").check("read digits"))
        .hasMessage("there is no check 'read digits'; did you mean 'reads digits'?");
    assertThatThrownBy(() -> assertThat(READING).as("of today").measurement("acuracy"))
        .hasMessageStartingWith("[of today] there is no measurement 'acuracy'; did you mean");
  }

  @Test
  void messagesCanBeOverridden() {
    String own = "do not ship: 100 % of it";
    RunRecord sick = record(Status.FAILED, "accuracy is 91 %");
    assertThatThrownBy(() -> assertThat(sick).overridingErrorMessage("%s", own).hasNoFailures())
        .isInstanceOf(AssertionFailedError.class)
        .hasMessage(own);
    assertThatThrownBy(
            () ->
                assertThat(READING)
                    .measurement("accuracy")
                    .as("accuracy")
                    .withFailMessage(() -> own)
                    .isAtLeast(percent(97)))
        .hasMessage("[accuracy] " + own);
    assertThatThrownBy(
            () -> assertThat(MODEL).overridingErrorMessage("%s", own).satisfies(expecting(95)))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessage(own)
        .cause()
        .hasMessageContaining("expected at least 95 %");
  }
}
