package org.modelvitals.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.RunRecordJson;
import org.modelvitals.record.SuiteRecord;
import picocli.CommandLine;

/** The command as somebody calls it, on the example models. */
class VitalsTest {
  private static final Path EXAMPLES =
      Path.of("").toAbsolutePath().resolveSibling("example-suites");

  @TempDir Path folder;

  private record Outcome(int code, String out, String err) {}

  private Outcome vitals(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (arguments.length > 1) {
      all.addAll(List.of("--reports", folder.resolve("reports").toString()));
      all.addAll(List.of("--set", "report.console=false"));
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Vitals.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return new Outcome(command.execute(all.toArray(String[]::new)), out.toString(), err.toString());
  }

  private RunRecord record() throws IOException {
    return RunRecordJson.read(folder.resolve("reports/run-record.json"));
  }

  private Path suite(String name, String more, String checks) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".vitals.yaml"),
        """
        name: %s
        model: %s
        %s
        checks:
        %s"""
            .formatted(name, EXAMPLES.resolve("models/digits.onnx"), more, checks.indent(2)));
  }

  private Path digits(String name, String more, String expectation) throws IOException {
    return suite(
        name,
        more,
        """
        reads digits:
          classification: {data: %s, label: digit}
          expect: {accuracy: '%s'}
        """
            .formatted(EXAMPLES.resolve("data/digits-test.csv"), expectation));
  }

  @Test
  void a_healthy_model_is_0_and_leaves_reports() throws IOException {
    Path suite = digits("digits", "", ">= 97 %");
    Outcome outcome = vitals("run", suite.toString(), "--trust", folder.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(folder.resolve("reports"))
        .isDirectoryContaining("glob:**/report.html")
        .isDirectoryContaining("glob:**/junit.xml")
        .isDirectoryContaining("glob:**/run-record.json");
  }

  @Test
  void a_failure_is_1() throws IOException {
    Path suite = digits("digits", "", ">= 99.9 %");
    assertThat(vitals("gate", suite.toString(), "--trust", folder.toString()).code()).isEqualTo(1);
  }

  @Test
  void too_little_evidence_is_3_unless_it_is_allowed() throws IOException {
    String suite = digits("digits", "", "surely >= 99 %").toString();
    assertThat(vitals("run", suite, "--isolated", "false").code()).isEqualTo(3);
    suite(
        "sound",
        "",
        """
        is a sound file:
          artifact:
          expect: {loads: is yes}
        """);
    assertThat(
            vitals("gate", folder.toString(), "--isolated", "false", "--allow-inconclusive").code())
        .isZero();
  }

  @Test
  void a_skipped_check_stops_a_gate_but_not_a_run() throws IOException {
    digits("elsewhere", "device: directml", ">= 97 %");
    digits("here", "", ">= 97 %");
    String both = folder.toString();
    assertThat(vitals("run", both, "--isolated", "false").code()).isZero();
    assertThat(vitals("gate", both, "--isolated", "false").code()).isEqualTo(3);
    assertThat(vitals("gate", both, "--isolated", "false", "--allow-skipped").code()).isZero();
    assertThat(
            vitals("gate", both, "--isolated", "false", "--device", "directml", "--allow-skipped")
                .code())
        .as("nothing ran")
        .isEqualTo(3);
  }

  @Test
  void a_mistake_in_a_suite_is_2_and_is_told_with_its_line() throws IOException {
    Path suite = digits("digits", "", ">= 97 percentages");
    Outcome outcome = vitals("run", suite.toString());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("digits.vitals.yaml:7").contains("percentages");
  }

  @Test
  void a_path_that_is_nothing_is_2_and_the_nearest_is_named() throws IOException {
    digits("digits", "", ">= 97 %");
    Outcome misspelt = vitals("run", folder.resolve("digit.vitals.yaml").toString());
    assertThat(misspelt.code()).isEqualTo(2);
    assertThat(misspelt.err())
        .contains("there is no")
        .contains("did you mean '" + folder.resolve("digits.vitals.yaml") + "'?");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(vitals("run", empty.toString()))
        .satisfies(outcome -> assertThat(outcome.code()).isEqualTo(2))
        .satisfies(outcome -> assertThat(outcome.err()).contains("no suite").contains("no model"));
    Path text = Files.writeString(folder.resolve("notes.txt"), "healthy");
    assertThat(vitals("run", text.toString()).err()).contains("is no suite");
  }

  @Test
  void a_mistake_on_the_command_line_is_2() {
    assertThat(vitals().code()).isEqualTo(2);
    assertThat(vitals("run").code()).isEqualTo(2);
    assertThat(vitals("run", "a.onnx", "--trsut", "b"))
        .satisfies(outcome -> assertThat(outcome.code()).isEqualTo(2))
        .satisfies(outcome -> assertThat(outcome.err()).contains("--trust"));
    assertThat(vitals("--help"))
        .satisfies(outcome -> assertThat(outcome.code()).isZero())
        .satisfies(outcome -> assertThat(outcome.out()).contains("approve", "gate", "run"));
    assertThat(vitals("--version").out()).startsWith("ModelVitals ");
  }

  @Test
  void a_setting_that_is_misspelt_or_wrong_is_told() throws IOException {
    String suite = digits("digits", "", ">= 97 %").toString();
    assertThat(vitals("run", suite, "--set", "seed=seven"))
        .satisfies(outcome -> assertThat(outcome.code()).isEqualTo(2))
        .satisfies(outcome -> assertThat(outcome.err()).contains("modelvitals.seed is 'seven'"));
    assertThat(vitals("run", suite, "--isolated", "false", "--set", "seed=7").code()).isZero();
    assertThat(record().seed()).isEqualTo(7);
  }

  @Test
  void a_gate_lets_through_no_check_that_expects_nothing() throws IOException {
    String suite = suite("idle", "", "is looked at:\n  latency: {seconds: 0.1}\n").toString();
    assertThat(vitals("run", suite, "--isolated", "false").code()).isZero();
    Outcome gate = vitals("gate", suite, "--isolated", "false");
    assertThat(gate.code()).isEqualTo(3);
    assertThat(gate.err()).contains("the check 'idle > is looked at' expects nothing");
  }

  @Test
  void what_is_to_be_compared_with_must_be_there() throws IOException {
    String suite = digits("digits", "", ">= 97 %").toString();
    Outcome gate = vitals("gate", suite, "--baseline", folder.resolve("nofile.json").toString());
    assertThat(gate.code()).isEqualTo(2);
    assertThat(gate.err()).contains("there is no").contains("nofile.json");
  }

  @Test
  void a_setting_that_has_an_option_is_not_set_twice() throws IOException {
    String suite = digits("digits", "", ">= 97 %").toString();
    Outcome outcome = vitals("run", suite, "--set", "modelvitals.report.dir=elsewhere");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("--set modelvitals.report.dir: say --reports");
  }

  /** Without a process of its own, the first suite would end this test's. */
  @Test
  void suites_that_nobody_trusts_run_in_processes_of_their_own() throws IOException {
    suite("doomed", "", "ends itself:\n  halt:\n  expect: {lives: = 1}\n");
    digits("sound", "", ">= 97 %");
    Outcome outcome = vitals("run", folder.toString());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(record().suites()).extracting(SuiteRecord::name).containsExactly("doomed", "sound");
    CheckRecord ended = record().suites().get(0).checks().get(0);
    assertThat(ended.verdict().status()).hasToString("FAILED");
    assertThat(ended.verdict().toString()).contains("42");
    CheckRecord sound = record().suites().get(1).checks().get(0);
    assertThat(sound.verdict().status()).hasToString("PASSED");
    assertThat(sound.isolated()).isTrue();
  }

  @Test
  void a_model_gets_a_checkup() throws IOException {
    Path model = EXAMPLES.resolve("models/diabetes.onnx");
    Outcome outcome = vitals("run", model.toString(), "--trust", EXAMPLES.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    SuiteRecord suite = record().suites().get(0);
    assertThat(suite.name()).isEqualTo("Checkup: " + model);
    assertThat(suite.checks())
        .hasSizeGreaterThan(5)
        .extracting(CheckRecord::isolated)
        .containsOnlyNulls();
    try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(left.filter(path -> path.toString().contains("vitals-checkup"))).isEmpty();
    }
  }

  @Test
  void what_is_approved_is_what_a_gate_compares_with() throws IOException {
    String suite =
        digits("digits", "baseline: digits.approved.json", ">= baseline - 1 %").toString();
    assertThat(vitals("gate", suite, "--isolated", "false").code()).isNotZero();
    assertThat(vitals("approve", suite, "--isolated", "false", "--anyway").code()).isIn(0, 3);
    assertThat(folder.resolve("digits.approved.json")).exists();
    Outcome gate = vitals("gate", suite, "--isolated", "false");
    assertThat(gate.code()).as(gate.err()).isZero();
  }

  @Test
  void the_examples_of_the_page_run() throws IOException {
    String page = Files.readString(EXAMPLES.resolveSibling("docs/runner.md"));
    Matcher lines = Pattern.compile("(?m)^vitals (.*example-suites.*)$").matcher(page);
    int found = 0;
    while (lines.find()) {
      String[] words =
          Stream.of(lines.group(1).replaceAll("#.*", "").strip().split(" +", -1))
              .map(word -> word.replaceFirst("^example-suites", EXAMPLES.toString()))
              .toArray(String[]::new);
      Outcome outcome = vitals(words);
      assertThat(outcome.code()).as(lines.group() + "\n" + outcome.err()).isZero();
      found++;
    }
    assertThat(found).isPositive();
  }
}
