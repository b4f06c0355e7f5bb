package org.modelvitals.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A check that may stop reading when its verdict is known, against one that reads all rows. */
final class EarlyDecision {
  private EarlyDecision() {}

  static Result measure(int pairs) throws Exception {
    Path shared = Projects.shared();
    boolean digits = !Files.isDirectory(shared.resolve("mnist"));
    Path early = Projects.scratch().resolve("early.vitals.yaml");
    Path whole = Projects.scratch().resolve("whole.vitals.yaml");
    Files.writeString(early, yaml(digits, shared) + "    decide-early: 1 %\n");
    Files.writeString(whole, yaml(digits, shared));
    Pairs times = Pairs.time(1, pairs, () -> run(early), () -> run(whole));
    return new Result(
        "accuracy of at least 95 %% on %s, decided early at an error rate of 1 %%; the other reads all rows"
            .formatted(digits ? "540 digits" : "the 10,000 digits of MNIST"),
        Words.millis(times.ours()),
        Words.millis(times.bare()),
        Words.format("%.2f (%s)", times.ratio(), times.spread()),
        "",
        true);
  }

  private static String yaml(boolean digits, Path shared) {
    String data =
        digits
            ? "{file: %s/data/digits-test.csv}".formatted(Projects.examples())
            : "{file: %1$s/t10k-images-idx3-ubyte.gz, labels: %1$s/t10k-labels-idx1-ubyte.gz}"
                .formatted(shared.resolve("mnist-int8-pair"));
    Path model =
        digits
            ? Projects.examples().resolve("models/digits.onnx")
            : shared.resolve("mnist/mnist.onnx");
    return """
        model: %s
        checks:
          reads digits:
            classification: {data: %s, label: %s}
            expect: {accuracy: ">= 95 %%"}
        """
        .formatted(model, data, digits ? "digit" : "label");
  }

  private static void run(Path suite) {
    EngineRun.of(List.of(suite), Map.of("modelvitals.report.enabled", "false"));
  }
}
