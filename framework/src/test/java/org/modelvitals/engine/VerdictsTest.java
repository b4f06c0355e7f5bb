package org.modelvitals.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.abortedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Events;
import org.modelvitals.reading.Reading;
import org.modelvitals.record.RunRecord;
import org.modelvitals.verdict.Status;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What JUnit and the run record are told of each verdict. */
class VerdictsTest extends EngineFixture {

  @Test
  void passes() {
    Engine.run(selectClass(Suites.HealthyTest.class))
        .testEvents()
        .assertStatistics(stats -> stats.started(3).succeeded(3));

    assertThat(Records.checks())
        .extracting(check -> check.name(), check -> check.verdict().status())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("measures well", Status.PASSED),
            org.assertj.core.groups.Tuple.tuple("has its own name", Status.PASSED),
            org.assertj.core.groups.Tuple.tuple("loads", Status.PASSED));
    assertThat(Records.last().suites().get(0).name()).isEqualTo("Healthy");
    assertThat(Records.last().suites().get(0).model().sha256()).hasSize(64);
    assertThat(Records.last().suites().get(0).device().nodes())
        .containsExactly(org.assertj.core.api.Assertions.entry("CPUExecutionProvider", 1));
    assertThat(Records.check("measures well").measurements()).hasSize(1);
    assertThat(Records.check("measures well").probe()).isEqualTo("scripted");
  }

  @Test
  void everyVerdictHasItsOutcome() {
    Events tests = Engine.run(selectClass(Suites.MixedTest.class)).testEvents();

    tests.assertEventsMatchLoosely(
        event(test("passes"), finishedSuccessfully()),
        event(
            test("fails"),
            finishedWithFailure(
                instanceOf(AssertionFailedError.class),
                message(
                    text ->
                        text.contains("Mixed > fails (" + Suites.NEGATION + ")")
                            && text.contains("value is 90 %")
                            && text.contains("95 %")
                            && text.contains("row 3 is wrong")))),
        event(
            test("inconclusive"),
            finishedWithFailure(
                instanceOf(AssertionFailedError.class),
                message(
                    text ->
                        text.startsWith("Inconclusive") && text.contains("there are no rows")))),
        event(
            test("skipped"),
            abortedWithReason(
                instanceOf(TestAbortedException.class),
                message("the runtime has no operator 'Quant'"))),
        event(
            test("error"),
            finishedWithFailure(
                instanceOf(CheckErrorException.class),
                message(text -> text.contains("the probe 'scripted' broke: IllegalState")))));
    assertThat(Records.checks())
        .extracting(check -> check.verdict().status())
        .containsExactly(
            Status.PASSED, Status.FAILED, Status.INCONCLUSIVE, Status.SKIPPED, Status.ERROR);
  }

  @Test
  void aFailureCarriesWhatWasExpectedAndMeasured() {
    AssertionFailedError failure =
        (AssertionFailedError) failure(Engine.run(selectClass(Suites.MixedTest.class)), "fails");

    assertThat(failure.getExpected().getStringRepresentation()).isEqualTo("value >= 95 %");
    assertThat(failure.getActual().getStringRepresentation()).isEqualTo("value 90 %");
  }

  @ParameterizedTest
  @CsvSource({"failed, 1, 0", "skipped, 0, 1", "passed, 0, 0"})
  void inconclusiveIsToldAsConfigured(String told, int failed, int aborted) {
    ScriptedProbe.script("only", context -> ScriptedProbe.number(0.9));
    ScriptedProbe.script("measures", context -> ScriptedProbe.number(0.96));
    Events tests =
        Engine.run(
                kit -> kit.configurationParameter("modelvitals.inconclusive", told),
                FieldSelector.selectField(Suites.MixedTest.class, "inconclusive"))
            .testEvents();

    tests.assertStatistics(stats -> stats.started(1).failed(failed).aborted(aborted));
    assertThat(Records.check("inconclusive").verdict().status()).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void aMissingModelFailsEachOfItsChecksAndNoOther() {
    EngineExecutionResults results =
        Engine.run(
            selectClass(Suites.MissingModelTest.class), selectClass(Suites.HealthyTest.class));

    results.testEvents().assertStatistics(stats -> stats.started(5).failed(2).succeeded(3));
    assertThat(failure(results, "loads"))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("there is no model")
        .hasMessageContaining("did you mean 'negation.onnx'?");
    assertThat(Records.last().suites().get(0).model().sha256()).isNull();
  }

  @Test
  void aBrokenModelFails() {
    EngineExecutionResults results = Engine.run(selectClass(Suites.BrokenModelTest.class));

    assertThat(failure(results, "loads"))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("is not a valid ONNX file");
  }

  @Test
  void aMissingDeviceSkipsOrFails() {
    Engine.run(selectClass(Suites.OnAppleTest.class))
        .testEvents()
        .assertStatistics(stats -> stats.aborted(1));
    assertThat(Records.check("loads").verdict().reason())
        .contains("the device coreml is not available");

    Engine.run(selectClass(Suites.RequiresAppleTest.class))
        .testEvents()
        .assertStatistics(stats -> stats.failed(1));
    assertThat(Records.last().suites().get(0).device().asked()).isEqualTo("coreml");
  }

  @Test
  void theDeviceIsOverriddenFromOutside() {
    Engine.run(
            kit -> kit.configurationParameter("modelvitals.device", "cpu"),
            selectClass(Suites.RequiresAppleTest.class))
        .testEvents()
        .assertStatistics(stats -> stats.succeeded(1));

    Engine.run(
            kit ->
                kit.configurationParameter("modelvitals.device", "directml:1")
                    .configurationParameter("modelvitals.device.options", "a=1, b=2")
                    .configurationParameter("modelvitals.threads", "3")
                    .configurationParameter("modelvitals.seed", "7")
                    .configurationParameter("modelvitals.device.required", "true"),
            selectClass(Suites.HealthyTest.class))
        .testEvents()
        .assertStatistics(stats -> stats.succeeded(2).failed(1));
    assertThat(Records.last().seed()).isEqualTo(7);
    assertThat(Records.last().suites().get(0).device().index()).isEqualTo(1);
    assertThat(Records.last().suites().get(0).device().session())
        .containsEntry("threads", "3")
        .containsEntry("device option a", "1");
  }

  @Test
  void aReadingWithoutMeasurementsIsCalledOne() {
    ScriptedProbe.script("undefined", context -> new Reading(List.of(), List.of()));

    Engine.watched(selectClass(Suites.MixedTest.class)).execute();

    assertThat(Records.check("inconclusive").verdict().reason())
        .isEqualTo(
            "nothing was measured under the name 'value'; the probe measured nothing at all");
  }

  @Test
  void theRecordSaysWithWhatTheRunWasMade() {
    Engine.watched(selectClass(Suites.HealthyTest.class)).execute();

    RunRecord run = Records.last();
    assertThat(run.suites().get(0).device().session())
        .hasEntrySatisfying(
            "threads",
            threads ->
                assertThat(threads)
                    .startsWith("the runtime's default (%d core".formatted(run.machine().cores())));
    assertThat(run.suites().get(0).directory())
        .isEqualTo(Path.of("").toAbsolutePath().normalize().toString());
    assertThat(run.versions())
        .containsKeys("ModelVitals", "Java", "ONNX Runtime", "JUnit Platform", "tokenizers");
  }

  @Test
  void aProbeThatThrowsAnythingIsAnErrorAndOthersGoOn() {
    for (Throwable thrown :
        new Throwable[] {
          new StackOverflowError(),
          new OutOfMemoryError("Java heap space"),
          new NoClassDefFoundError("Lost"),
          new AssertionError("wrong"),
          new Exception("checked")
        }) {
      ScriptedProbe.forget();
      ScriptedProbe.script(
          "only",
          context -> {
            throw sneaky(thrown);
          });
      Engine.run(selectClass(Suites.OneCheckTest.class), selectClass(Suites.OtherModelTest.class))
          .testEvents()
          .assertStatistics(stats -> stats.started(2).failed(1).succeeded(1));
      assertThat(Records.check("only").verdict().status()).isEqualTo(Status.ERROR);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // a probe that breaks its contract
  void aProbeWithoutAReadingIsAnError() {
    ScriptedProbe.script("only", context -> (Reading) null);
    Engine.run(selectClass(Suites.OneCheckTest.class));

    assertThat(Records.check("only").verdict().reason())
        .isEqualTo("the probe 'scripted' returned no reading");
  }

  private static Throwable failure(EngineExecutionResults results, String check) {
    return results
        .testEvents()
        .failed()
        .filter(event -> event.getTestDescriptor().getDisplayName().equals(check))
        .flatMap(
            event ->
                event
                    .getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                    .getThrowable()
                    .stream())
        .findFirst()
        .orElseThrow();
  }

  /** Throws what the compiler would not let pass, as probes in other languages can. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // that is how it is done
  private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
