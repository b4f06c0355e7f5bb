package org.modelvitals.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Five checks of one dataset, whose equal probes share one pass over the model, against the same
 * five with probes that differ in a parameter that costs nothing.
 */
final class SharedPasses {
  private static final List<String> EXPECTATIONS =
      List.of(
          "accuracy: \">= 90 %\"",
          "balanced accuracy: \">= 50 %\"",
          "weighted precision: \">= 50 %\"",
          "weighted f1: \">= 50 %\"",
          "expected calibration error: \"<= 50 %\"");

  private SharedPasses() {}

  static Result measure(int pairs) throws Exception {
    Workload workload = Workload.choose();
    Path one = Projects.scratch().resolve("one-pass.vitals.yaml");
    Path five = Projects.scratch().resolve("five-passes.vitals.yaml");
    Files.writeString(one, workload.yaml(16, EXPECTATIONS, true));
    Files.writeString(five, workload.yaml(16, EXPECTATIONS, false));
    Pairs times = Pairs.time(1, pairs, () -> run(one), () -> run(five));
    return new Result(
        "five checks of the %s that share a pass, against five passes".formatted(workload.name()),
        Words.millis(times.ours()),
        Words.millis(times.bare()),
        Words.format("%.2f (%s)", times.ratio(), times.spread()),
        "",
        true);
  }

  private static void run(Path suite) {
    EngineRun.of(List.of(suite), Map.of("modelvitals.report.enabled", "false"));
  }
}
