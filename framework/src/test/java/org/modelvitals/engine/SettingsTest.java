package org.modelvitals.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What a wrong configuration value does. */
class SettingsTest extends EngineFixture {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "device           | cdua     | the devices are cpu, webgpu, cuda, tensorrt, coreml, openvino, directml; did you mean 'cuda'?",
        "device           | cuda:one | it must be a whole number",
        "device           | cuda:-1  | it must be at least 0",
        "device           | cpu:3    | index must be 0 for cpu, not 3",
        "device.required  | yes      | it can be true or false",
        "device.options   | fast     | write options as name=value, with commas between them",
        "threads          | 0        | it must be at least 1",
        "threads          | 99999999999 | it must be at most 2147483647",
        "seed             | random   | it must be a whole number",
        "timeout          | soon     | is not a quantity",
        "timeout          | 3 MiB    | MiB",
        "timeout          | 5        | write a time with its unit, such as '5 s'",
        "timeout          | 0 s      | a time-out is longer than nothing",
        "isolated         | no       | it can be true, false, untrusted, or declared in the suites",
        "inconclusive     | ignored  | it can be failed, skipped or passed",
        "parallel.enabled | maybe    | it can be true or false",
        "report.enabled   | no       | it can be true or false",
        "source           | file     | it can be auto, method or field",
      })
  void isAMistakeWithASentence(String key, String value, String sentence) {
    assertThat(
            Engine.kit(selectClass(Suites.HealthyTest.class))
                .configurationParameter("modelvitals." + key, value)
                .discover()
                .getDiscoveryIssues())
        .singleElement()
        .satisfies(
            issue ->
                assertThat(issue.message())
                    .startsWith("modelvitals.%s is '%s': ".formatted(key, value))
                    .contains(sentence));
  }

  @Test
  void allWrongValuesAreToldAtOnce() {
    assertThat(
            Engine.kit(selectClass(Suites.HealthyTest.class))
                .configurationParameters(
                    Map.of("modelvitals.device", "gpu", "modelvitals.seed", "x"))
                .discover()
                .getDiscoveryIssues())
        .hasSize(2);
  }

  @Test
  void aMistakeInTheSettingsOfReportsIsToldBeforeAnythingRuns() {
    assertThat(
            Engine.kit(selectClass(Suites.HealthyTest.class))
                .configurationParameter("modelvitals.report.sick", "yes")
                .discover()
                .getDiscoveryIssues())
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.severity()).isEqualTo(DiscoveryIssue.Severity.ERROR);
              assertThat(issue.message()).isEqualTo("modelvitals.report.sick is sick");
            });
    assertThat(
            Engine.kit(selectClass(Suites.HealthyTest.class))
                .configurationParameter("modelvitals.report.sick", "yes")
                .configurationParameter("modelvitals.report.enabled", "false")
                .discover()
                .getDiscoveryIssues())
        .isEmpty();
  }

  @Test
  void aMisspeltNameIsDoubted() {
    assertThat(
            Engine.kit(selectClass(Suites.HealthyTest.class))
                .configurationParameter("modelvitals.devcie", "cuda")
                .configurationParameter("modelvitals.something.else.entirely", "1")
                .discover()
                .getDiscoveryIssues())
        .extracting(issue -> issue.message())
        .containsExactly(
            "there is no setting modelvitals.devcie; did you mean 'modelvitals.device'?");
  }

  @Test
  void aLostReportIsToldOnStandardError() {
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      Engine.kit(selectClass(Suites.HealthyTest.class))
          .configurationParameter("modelvitals.report.throw", "")
          .execute()
          .testEvents()
          .assertStatistics(stats -> stats.started(3));
    } finally {
      System.setErr(before);
    }
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(
            "ModelVitals: %s could not write its report: java.lang.AssertionError: this sink never works"
                .formatted(Records.Throwing.class.getName()));
  }

  /** The platform's default: what is wrong with a declaration stops the engine, in a sentence. */
  @Test
  void mistakesStopTheRunBeforeAnyCheck() {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                selectClass(Suites.MistakenTest.class), selectClass(Suites.HealthyTest.class))
            .configurationParameter("modelvitals.device", "cdua")
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);

    assertThat(listener.getSummary().getTestsStartedCount()).isZero();
    assertThat(listener.getSummary().getFailures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.getException())
                    .hasMessageContaining("did you mean 'cuda'?")
                    .hasMessageContaining("MistakenTest.empty is null"));
    assertThat(ScriptedProbe.runs("measures")).isZero();
  }
}
