package org.modelvitals.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.modelvitals.engine.ModelVitalsEngine;

/** What docs/baselines.md says, from end to end: approve, change the model, compare. */
class BaselinesRunTest {
  private static final Path HERE = Path.of("").toAbsolutePath();
  private static final Pattern YAML =
      Pattern.compile("^```yaml\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Path SHARED =
      Path.of("../../shared/models/mnist-int8-pair").toAbsolutePath().normalize();

  @TempDir Path folder;

  @BeforeEach
  void writeTheSuiteOfThePage() throws IOException {
    String page = Files.readString(HERE.resolve("../docs/baselines.md")).replace("\r\n", "\n");
    Matcher example = YAML.matcher(page);
    assertThat(example.find()).isTrue();
    Files.createDirectories(folder.resolve("models"));
    Files.createDirectories(folder.resolve("data"));
    Files.copy(HERE.resolve("data/digits-test.csv"), folder.resolve("data/digits-test.csv"));
    Files.writeString(folder.resolve("reader.vitals.yaml"), example.group(1));
    use("models/digits.onnx");
  }

  private void use(String model) throws IOException {
    Files.write(folder.resolve("models/reader.onnx"), Files.readAllBytes(HERE.resolve(model)));
  }

  /** Runs a suite; the messages of checks that did not pass. */
  private List<String> run(String suite, Map<String, String> settings) {
    EngineTestKit.Builder kit =
        EngineTestKit.engine(ModelVitalsEngine.ID)
            .configurationParameter("modelvitals.report.enabled", "false")
            .selectors(selectFile(folder.resolve(suite).toFile()));
    settings.forEach(kit::configurationParameter);
    return kit.execute().testEvents().finished().stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .flatMap(result -> result.getThrowable().stream())
        .map(problem -> String.valueOf(problem.getMessage()))
        .collect(Collectors.toList());
  }

  private List<String> run() {
    return run("reader.vitals.yaml", Map.of());
  }

  private List<String> approve(String how) {
    return run("reader.vitals.yaml", Map.of("modelvitals.approve", how));
  }

  @Test
  void approve_change_compare() throws IOException {
    Path approved = folder.resolve("reader.approved.json");
    assertThat(run()).singleElement().asString().contains("there is no approved run", "approve");

    assertThat(approve("true")).isEmpty();
    String first = Files.readString(approved);
    assertThat(first).contains("\"suite\": \"reader\"", "\"column\": \"said\"");
    assertThat(run()).isEmpty();

    use("sick/models/digits-shuffled-labels.onnx");
    assertThat(run())
        .singleElement()
        .asString()
        .contains("of the approved run", "got worse, the first is digits-test.csv:", "McNemar");

    // What failed is not approved by mistake.
    assertThat(approve("true")).hasSize(1);
    assertThat(Files.readString(approved)).isEqualTo(first);
    assertThat(approve("anyway")).hasSize(1);
    assertThat(Files.readString(approved)).isNotEqualTo(first);
    assertThat(run()).isEmpty();
  }

  @Test
  void rows_that_changed_are_counted() throws IOException {
    assertThat(approve("true")).isEmpty();
    Path data = folder.resolve("data/digits-test.csv");
    List<String> lines = Files.readAllLines(data);
    // The second row takes the place of the first.
    lines.set(1, lines.get(2));
    Files.write(data, lines);
    use("sick/models/digits-shuffled-labels.onnx");
    assertThat(run())
        .singleElement()
        .asString()
        .contains("the data changed, first among rows 1 to 64", "on the rows that are the same");
  }

  /** What single rows say nothing of, and probes that keep nothing of them but which they were. */
  @Test
  void no_measurement_passes_on_other_rows() throws IOException {
    Path data = folder.resolve("data/digits-test.csv");
    Files.writeString(
        folder.resolve("other.vitals.yaml"),
        """
        name: other
        model: models/reader.onnx
        baseline: other.approved.json
        checks:
          area:
            classification: {data: data/digits-test.csv, label: digit}
            expect: {macro roc auc: ">= baseline - 50 %", rows: ">= baseline"}
          outputs:
            outputs: {data: {file: data/digits-test.csv, ignore: digit}}
            expect: {mean: "<= baseline + 100"}
          parity:
            parity: {session: {threads: 1}, data: {file: data/digits-test.csv, ignore: digit}}
            expect: {max difference: "<= baseline + 1"}
          invariance:
            invariance:
              data: {file: data/digits-test.csv, ignore: digit}
              perturb: {nothing: [add: {columns: p20, value: 1}]}
            expect: {unchanged: ">= baseline - 100 %"}
        """);
    assertThat(run("other.vitals.yaml", Map.of("modelvitals.approve", "true"))).isEmpty();
    assertThat(run("other.vitals.yaml", Map.of())).isEmpty();
    List<String> lines = new ArrayList<>(Files.readAllLines(data));
    Collections.reverse(lines.subList(1, lines.size()));
    Files.write(data, lines);
    assertThat(run("other.vitals.yaml", Map.of()))
        .hasSize(4)
        .allSatisfy(message -> assertThat(message).contains("rows is one of", "use its data"));
  }

  @Test
  void a_baseline_is_given_from_outside() throws IOException {
    assertThat(approve("true")).isEmpty();
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.move(folder.resolve("reader.approved.json"), elsewhere.resolve("reader.approved.json"));
    assertThat(run()).hasSize(1);
    assertThat(run("reader.vitals.yaml", Map.of("modelvitals.baseline", elsewhere.toString())))
        .isEmpty();
  }

  @Test
  void a_suite_without_a_baseline_is_a_mistake() throws IOException {
    Path suite = folder.resolve("reader.vitals.yaml");
    Files.writeString(
        suite, Files.readString(suite).replace("baseline: reader.approved.json\n", ""));
    assertThat(
            EngineTestKit.engine(ModelVitalsEngine.ID)
                .selectors(selectFile(suite.toFile()))
                .discover()
                .getDiscoveryIssues())
        .extracting(issue -> issue.message())
        .singleElement()
        .asString()
        .contains("reader.vitals.yaml:4", "needs an approved run", "modelvitals.baseline");
  }

  /** The quantised copy of a network against the network itself, as its source measured them. */
  @Test
  void the_quantised_copy_is_no_worse_on_the_same_rows() throws IOException {
    Assumptions.assumeTrue(Files.exists(SHARED), "there are no shared models at " + SHARED);
    Files.write(
        folder.resolve("data.csv"),
        concat(
            "digit,"
                + java.util.stream.IntStream.range(0, 25)
                    .mapToObj(i -> "f" + i)
                    .collect(Collectors.joining(",")),
            Files.readAllLines(SHARED.resolve("t10k_features_5x5.csv"))));
    String suite =
        """
        name: mnist
        model: %s
        baseline: mnist.approved.json
        checks:
          reads digits:
            classification: {data: {file: data.csv, batch: 1}, label: digit}
            expect: {accuracy: %s}
        """;
    Path file = folder.resolve("mnist.vitals.yaml");
    Files.writeString(
        file, suite.formatted(SHARED.resolve("model.onnx"), "\">= baseline - 0.5 %\""));
    assertThat(run("mnist.vitals.yaml", Map.of("modelvitals.approve", "true"))).isEmpty();
    assertThat(Files.size(folder.resolve("mnist.approved.json"))).isLessThan(40_000);
    String quantised = SHARED.resolve("model_quantized.onnx").toString();
    Files.writeString(file, suite.formatted(quantised, "surely >= baseline - 0.5 %"));
    assertThat(run("mnist.vitals.yaml", Map.of())).isEmpty();
    // That it is better is not sure: as many rows got worse as got better, but for one.
    Files.writeString(file, suite.formatted(quantised, "surely > baseline"));
    assertThat(run("mnist.vitals.yaml", Map.of()))
        .singleElement()
        .asString()
        .contains("0.01 % more than the 92.42 %", "paired on 10,000 rows", "more rows are needed");
  }

  private static List<String> concat(String first, List<String> rest) {
    List<String> all = new java.util.ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }
}
