package org.modelvitals.checks.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.reading.Evidence;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.verdict.Status;

/** What suites over third-party models say when something is wrong, and what they record. */
class SharedVerdictsTest {
  @TempDir Path folder;

  private Run run(String yaml) throws IOException {
    Path models = SharedModels.folder();
    return Run.of(
        Files.writeString(folder.resolve("suite.vitals.yaml"), yaml.replace("@", models + "/")));
  }

  @Test
  void swapped_labels_are_caught_and_named() throws IOException {
    String config = Files.readString(SharedModels.folder().resolve("magika/config.json"));
    assertThat(config).contains("\"python\"", "\"html\"");
    String swapped =
        config
            .replace("\"python\"", "\"(swap)\"")
            .replace("\"html\"", "\"python\"")
            .replace("\"(swap)\"", "\"html\"");
    Files.writeString(folder.resolve("config.json"), swapped);
    CheckRecord check =
        run("""
            model: @magika/model.onnx
            checks:
              knows all file types:
                classification:
                  data: @magika/basic.jsonl
                  classes: {file: config.json, pointer: /target_labels_space}
                expect: {accuracy: "= 100 %"}
            """)
            .check("knows all file types");
    assertThat(check.verdict().status()).isEqualTo(Status.FAILED);
    assertThat(check.evidence())
        .filteredOn(Evidence.Matrix.class::isInstance)
        .singleElement()
        .extracting(Evidence::sentence)
        .asString()
        .contains("'python'", "'html'", "look swapped");
  }

  @Test
  void several_checks_share_one_pass() throws IOException {
    Run run =
        run(
            """
            model: @magika/model.onnx
            checks:
              is right:
                classification: &pass
                  data: @magika/basic.jsonl
                  classes: {file: @magika/config.json, pointer: /target_labels_space}
                expect: {accuracy: "= 100 %"}
              is calibrated:
                classification: *pass
                expect: {expected calibration error: "<= 10 %"}
            """);
    assertThat(run.check("is right").sharedWith()).isEmpty();
    assertThat(run.check("is calibrated").sharedWith()).contains("is right");
    assertThat(run.checks())
        .extracting(check -> check.verdict().status())
        .containsOnly(Status.PASSED);
  }

  @Test
  void confusion_matrix_and_calibration_are_recorded() throws IOException {
    Run run =
        run(
            """
            model: @mnist-int8-pair/model.onnx
            checks:
              reads digits:
                classification:
                  data: {file: @mnist-int8-pair/t10k_features_5x5.csv, header: false}
                  label: "0"
                expect: {accuracy: = 0.9242}
            """);
    Evidence.Matrix matrix = run.evidence("reads digits", Evidence.Matrix.class).get(0);
    assertThat(matrix.labels()).hasSize(10);
    long right = 0;
    long all = 0;
    for (int row = 0; row < 10; row++) {
      right += matrix.cells().get(row).get(row);
      all += matrix.cells().get(row).stream().mapToLong(Long::longValue).sum();
    }
    assertThat(all).isEqualTo(10_000);
    assertThat(right).isEqualTo(9242);
    assertThat(run.evidence("reads digits", Evidence.Curve.class))
        .anySatisfy(curve -> assertThat(curve.diagonal()).isTrue());
    assertThat(run.value("reads digits", "expected calibration error")).isBetween(0.0, 0.1);
  }

  /** The accuracy on all rows is 92.43 %. */
  @Test
  void early_decisions_are_those_of_all_rows() throws IOException {
    Run run =
        run(
            """
            model: @mnist-int8-pair/model_quantized.onnx
            checks:
              full pass:
                classification:
                  data: &rows
                    {file: @mnist-int8-pair/t10k_features_5x5.csv, header: false, batch: 1}
                  label: "0"
                expect: {accuracy: ["= 0.9243", ">= 90 %", ">= 92 %"]}
              certain of 90:
                classification: {data: *rows, label: "0", top: [2]}
                expect: {accuracy: ">= 90 %"}
                decide-early:
              certain of 92:
                classification: {data: *rows, label: "0", top: [3]}
                expect: {accuracy: ">= 92 %"}
                decide-early:
              almost certain of 90:
                classification: {data: *rows, label: "0", top: [4]}
                expect: {accuracy: ">= 90 %"}
                decide-early: 1 %
              almost certain of 92:
                classification: {data: *rows, label: "0", top: [7]}
                expect: {accuracy: ">= 92 %"}
                decide-early: 1 %
              almost certain of 95:
                classification: {data: *rows, label: "0", top: [6]}
                expect: {accuracy: ">= 95 %"}
                decide-early: 1 %
            """);
    assertThat(run.check("full pass").verdict().status()).isEqualTo(Status.PASSED);
    assertThat(run.check("certain of 90").verdict().status()).isEqualTo(Status.PASSED);
    assertThat(run.check("certain of 92").verdict().status()).isEqualTo(Status.PASSED);
    assertThat(run.check("almost certain of 90").verdict().status()).isEqualTo(Status.PASSED);
    assertThat(run.check("almost certain of 92").verdict().status()).isEqualTo(Status.PASSED);
    assertThat(run.check("almost certain of 95").verdict().status()).isEqualTo(Status.FAILED);
    // 9,000 of the 10,000 must be right: at 92.4 % they are after some 9,740 rows.
    assertThat(rows(run, "certain of 90")).isBetween(9_700L, 9_800L);
    assertThat(rows(run, "certain of 92")).isBetween(9_950L, 9_999L);
    assertThat(rows(run, "almost certain of 90")).isLessThan(4_000);
    // A margin of 0.43 % is little: the bounds let go only near the end.
    assertThat(rows(run, "almost certain of 92")).isBetween(4_000L, 9_999L);
    assertThat(rows(run, "almost certain of 95")).isLessThan(4_000);
  }

  private static long rows(Run run, String check) {
    return run.evidence(check, Evidence.Note.class).stream()
        .filter(note -> note.title().equals("Decided early"))
        .map(note -> note.sentence().replaceAll("decided after ([0-9,]+) of.*", "$1"))
        .mapToLong(rows -> Long.parseLong(rows.replace(",", "")))
        .findFirst()
        .orElse(-1);
  }

  @Test
  void a_text_beyond_the_vocabulary_is_refused_with_both_sizes() throws IOException {
    CheckRecord check =
        run("""
            model: @tiny-random-gpt2/past.onnx
            checks:
              greets:
                next-token: {text: Hello world}
            """)
            .check("greets");
    assertThat(check.verdict().status()).isIn(Status.ERROR, Status.FAILED);
    assertThat(check.verdict().reason()).contains("1,000", "50,257");
  }
}
