package org.modelvitals.checks.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.verdict.Status;

/** A pass finds the same to the last bit, however many batches run at once. */
class WorkersTest {
  private static final int[] WORKERS = {2, 3, 8};

  @TempDir Path folder;

  private Run run(String yaml, int workers, Path models) throws IOException {
    return Run.of(
        Files.writeString(
            folder.resolve("workers-%d.vitals.yaml".formatted(workers)),
            yaml.replace("@", models + "/").replace("WORKERS", String.valueOf(workers))));
  }

  private void assertSame(String yaml, Path models) throws IOException {
    Run one = run(yaml, 1, models);
    for (int workers : WORKERS) {
      Run many = run(yaml, workers, models);
      assertThat(many.checks()).hasSameSizeAs(one.checks());
      for (CheckRecord check : one.checks()) {
        CheckRecord other = many.check(check.name());
        assertThat(other.verdict()).isEqualTo(check.verdict());
        assertThat(other.measurements()).isEqualTo(check.measurements()).isNotEmpty();
        assertThat(other.evidence()).isEqualTo(check.evidence());
        assertThat(other.verdict().status()).isEqualTo(Status.PASSED);
      }
    }
  }

  private static Path examples() {
    Path found = Path.of("../example-suites").toAbsolutePath().normalize();
    assumeTrue(Files.exists(found.resolve("models/digits.onnx")), "there are no example suites");
    return found;
  }

  @Test
  void on_the_examples() throws IOException {
    assertSame(
        """
        model: @models/digits.onnx
        checks:
          reads digits:
            classification:
              data: {file: @data/digits-test.csv, batch: 7, workers: WORKERS}
              label: digit
            expect: {accuracy: ">= 95 %"}
          gives finite logits:
            outputs:
              data: {file: @data/digits-test.csv, ignore: [digit], batch: 5, workers: WORKERS}
              model: @models/digits.onnx
            expect: {max difference: "= 0"}
          decides in order:
            classification:
              data: {file: @data/digits-test.csv, batch: 3, workers: WORKERS}
              label: digit
              top: [2]
            expect: {accuracy: ">= 90 %"}
            decide-early:
          decides at random:
            classification:
              data: {file: @data/digits-test.csv, batch: 3, workers: WORKERS}
              label: digit
              top: [4]
            expect: {accuracy: ">= 85 %"}
            decide-early: 1 %
        """,
        examples());
    assertSame(
        """
        model: @models/diabetes.onnx
        checks:
          predicts:
            regression:
              data: {file: @data/diabetes-test.csv, batch: 1, workers: WORKERS}
              target: progression
            expect: {rows: ">= 1"}
        """,
        examples());
  }

  @Test
  void with_state_that_is_carried() throws IOException {
    assertSame(
        """
        model: @silero-vad-v5/silero_vad.onnx
        checks:
          hears speech:
            outputs:
              data:
                file: @silero-vad-v5/test.wav
                window: 512
                context: 64
                limit: 200
                workers: WORKERS
                inputs:
                  input: samples
                  state: {feedback: {output: stateN, shape: [2, 1, 128]}}
                  sr: {constant: [16000]}
              only: [output]
            expect: {"max[output]": "<= 1"}
        """,
        SharedModels.folder());
  }
}
