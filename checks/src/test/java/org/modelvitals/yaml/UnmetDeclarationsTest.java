package org.modelvitals.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelvitals.checks.generation.Generation.exactMatch;
import static org.modelvitals.checks.generation.Generation.generation;
import static org.modelvitals.checks.generation.Generation.patternMatch;
import static org.modelvitals.checks.generation.Prompts.prompts;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.SuiteSpec;

/**
 * An expectation of what a declaration does not have measured is a mistake before anything runs.
 */
class UnmetDeclarationsTest {
  private final ProbeRegistry registry = ProbeRegistry.load(getClass().getClassLoader());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "generation: {prompts: [a]} | exact match: 1 | it is where 'reference' is declared",
        "generation: {prompts: [a]} | with forbidden: 0 | it is where 'forbidden' is declared",
        "structured-output: {prompts: [a]} | valid against schema: 1 | it is where 'schema' is",
        "distribution: {texts: [a]} | max kl divergence: '<= 1 nats' | declare 'truth' or 'golden'",
        "next-token: {text: a} | worst expected rank: 1 | 'expected' stands in the lines of 'data'",
        "next-token: {text: a} | kl divergence: '<= 1 nats' | where 'truth' is declared beside",
        "next-token: {data: a} | top token: is a | it is after one 'text'",
        "multiple-choice: {data: a.jsonl} | mutual information accuracy: 1 | 'mutual-information' is"
      })
  void inYaml(String probe, String expectation, String why) {
    assertThat(problems(probe, expectation))
        .singleElement()
        .asString()
        .contains("is not measured here", why, "digits.vitals.yaml:5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "generation: {prompts: [a], pattern: a} | pattern match: 1",
        "next-token: {text: a, truth: {b: 1}} | kl divergence: '<= 1 nats'",
        "next-token: {data: a} | top-1 agreement: 1",
        "distribution: {texts: [a], golden: g.jsonl} | max kl divergence: '<= 1 nats'"
      })
  void whatIsMeasuredIsNoMistake(String probe, String expectation) {
    assertThat(problems(probe, expectation)).isEmpty();
  }

  private List<String> problems(String probe, String expectation) {
    return SuiteYaml.read(
            Path.of("digits.vitals.yaml").toAbsolutePath(),
            "model: m\nchecks:\n  a:\n    %s\n    expect: {%s}\n".formatted(probe, expectation),
            registry)
        .problems()
        .stream()
        .map(Object::toString)
        .toList();
  }

  @Test
  void inJava() {
    HealthCheck check =
        generation(prompts("a"))
            .pattern("a")
            .expect(exactMatch().isAtLeast(1))
            .expect(patternMatch().isAtLeast(1));
    SuiteSpec suite =
        new SuiteSpec(
            "s",
            "m",
            DeviceSpec.CPU,
            SessionSpec.DEFAULT,
            java.util.Set.of(),
            List.of(new CheckSpec("writes", check)));
    assertThat(SuiteProblems.of(suite, registry))
        .containsExactly(
            new SuiteProblems.Problem(
                "writes",
                "'exact match' is not measured here: it is where 'reference' is declared"));
  }
}
