package org.modelvitals.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.budget.BudgetModels;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.run.Base;
import org.modelvitals.run.CheckResult;
import org.modelvitals.run.CheckRunner;
import org.modelvitals.run.RunnableSuite;
import org.modelvitals.suite.SuiteSpec;
import org.modelvitals.verdict.Status;
import org.modelvitals.yaml.SuiteYaml;

/** What only the model can tell of a suite. */
class RunMistakesTest {
  @TempDir Path folder;

  @BeforeEach
  void model() throws Exception {
    BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1, 2));
  }

  private CheckResult run(String lines) {
    ProbeRegistry registry = ProbeRegistry.load(getClass().getClassLoader());
    Path file = folder.resolve("a.vitals.yaml");
    SuiteYaml.Result read = SuiteYaml.read(file, "model: model.onnx\n" + lines, registry);
    assertThat(read.problems()).isEmpty();
    SuiteSpec suite = read.suite().orElseThrow();
    try (CheckRunner runner =
        new CheckRunner(registry, 0, java.util.Optional.empty(), () -> false)) {
      return runner.run(
          new RunnableSuite("id", suite, Base.beside(file), "a"), suite.checks().get(0));
    }
  }

  @Test
  void a_dimension_that_the_model_does_not_have() {
    CheckResult result = run("session: {dimensions: {bacth: 4}}\nchecks: {a: {latency: {}}}\n");
    assertThat(result.verdict().status()).isEqualTo(Status.ERROR);
    assertThat(result.verdict().reason()).contains("'bacth'", "did you mean 'batch'?");
  }

  @Test
  void a_dimension_that_the_model_has() {
    assertThat(run("session: {dimensions: {batch: 4}}\nchecks: {a: {artifact: {}}}\n").verdict())
        .matches(verdict -> verdict.status() == Status.PASSED);
  }

  @Test
  void there_are_none_of_an_operator_that_is_not_there() {
    assertThat(run("checks: {a: {artifact: {}, expect: {'operator[Loop]': 0}}}\n").verdict())
        .matches(verdict -> verdict.status() == Status.PASSED);
    assertThat(run("checks: {a: {artifact: {}, expect: {'operator[Loop]': '>= 1'}}}\n").verdict())
        .matches(verdict -> verdict.status() == Status.FAILED)
        .matches(verdict -> verdict.reason().startsWith("operator[Loop] is 0, expected"));
  }
}
