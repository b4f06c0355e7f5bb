package org.modelvitals.checks.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.verdict.Status;

/** Checks that need no labels, on third-party models of which the answers are known. */
class LabelFreeTest {
  @TempDir private Path folder;

  private Run run(String yaml) throws IOException {
    Path models = SharedModels.folder();
    return Run.of(
        Files.writeString(folder.resolve("suite.vitals.yaml"), yaml.replace("@", models + "/")));
  }

  private static Measurement measurement(CheckRecord check, String name) {
    return check.measurements().stream()
        .filter(measurement -> measurement.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The figures of the models' README, row by row. */
  @Test
  void int8_against_the_network_it_was_made_from() throws IOException {
    Run run =
        run(
            """
            model: @mnist-int8-pair/model_quantized.onnx
            checks:
              parity:
                parity:
                  model: @mnist-int8-pair/model.onnx
                  data: {file: "@mnist-int8-pair/t10k_features_5x5.csv", header: false, ignore: "0", batch: 1}
            """);
    CheckRecord check = run.check("parity");
    assertThat(check.verdict().status()).isEqualTo(Status.PASSED);
    assertThat(run.value("parity", "rows")).isEqualTo(10_000);
    assertThat(run.value("parity", "max difference[output]")).isCloseTo(0.633, within(5e-4));
    assertThat(run.value("parity", "arg max agreement[output]")).isEqualTo(0.9949);
    Interval interval = Objects.requireNonNull(measurement(check, "arg max agreement").interval());
    // statsmodels.stats.proportion.proportion_confint(9949, 10000, method="wilson")
    assertThat(interval.low()).isCloseTo(0.993300, within(2e-6));
    assertThat(interval.high()).isCloseTo(0.996119, within(2e-6));
    assertThat(run.evidence("parity", Evidence.Table.class))
        .extracting(Evidence::title)
        .containsExactly(
            "First mismatches of 'output'",
            "First rows of 'output' whose largest value is another");
  }

  @Test
  void dynamic_quantisation_is_not_invariant_to_batching() throws IOException {
    String checks =
        """
        checks:
          drawn: {batch-invariance: {}}
          digits:
            batch-invariance:
              rows: 10000
              data: {file: "@mnist-int8-pair/t10k_features_5x5.csv", header: false, ignore: "0", batch: 10000}
        """;
    Run sound = run("model: @mnist-int8-pair/model.onnx\n" + checks);
    assertThat(sound.checks())
        .extracting(check -> check.verdict().status())
        .containsExactly(Status.PASSED, Status.PASSED);

    Run sick = run("model: @mnist-int8-pair/model_quantized.onnx\n" + checks);
    assertThat(sick.checks())
        .extracting(check -> check.verdict().status())
        .containsExactly(Status.FAILED, Status.FAILED);
    assertThat(sick.value("digits", "max difference[alone]")).isCloseTo(0.43, within(5e-3));
    assertThat(sick.value("digits", "mismatches[other place]")).isZero();
    assertThat(sick.evidence("digits", Evidence.Note.class))
        .extracting(Evidence::sentence)
        .anyMatch(why -> why.startsWith("DynamicQuantizeLinear takes its scale from all rows"));
  }

  @Test
  void two_files_of_one_network_agree_over_a_minute_of_state() throws IOException {
    Run run =
        run(
            """
            model: @silero-vad-v5/silero_vad.onnx
            checks:
              a minute:
                parity: &half
                  model: @silero-vad-v5/silero_vad_half.onnx
                  tolerance: 0
                  data:
                    file: @silero-vad-v5/test.wav
                    window: 512
                    context: 64
                    inputs: {input: samples, state: {feedback: {output: stateN, shape: [2, 1, 128]}}, sr: {constant: [16000]}}
              drawn:
                parity: {model: @silero-vad-v5/silero_vad_half.onnx, tolerance: 0}
            """);
    assertThat(run.checks())
        .extracting(check -> check.verdict().status())
        .containsExactly(Status.PASSED, Status.PASSED);
    assertThat(run.value("a minute", "rows")).isEqualTo(1875);
    assertThat(run.value("a minute", "max difference[stateN]")).isZero();
  }

  @Test
  void light_networks_say_the_same_at_all_levels_of_optimisation() throws IOException {
    for (String network :
        List.of("densenet121", "inception_v1", "resnet50", "shufflenet", "squeezenet")) {
      Run run =
          run(
              """
              model: @onnx-light/light_%s.onnx
              checks:
                none: {parity: {rows: 1, session: {optimization: none}}}
                basic: {parity: {rows: 1, session: {optimization: basic}}}
                extended: {parity: {rows: 1, session: {optimization: extended}}}
              """
                  .formatted(network));
      assertThat(run.checks())
          .as(network)
          .extracting(check -> check.verdict().status())
          .containsOnly(Status.PASSED);
    }
  }
}
