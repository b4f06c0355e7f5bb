package org.modelvitals.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The most resident memory of a process that runs a suite with one classification, against one that
 * runs the bare loop; both load the runtime and the model, both with the same heap.
 */
final class ClassificationMemory {
  private static final double BAR = 1.5;
  private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC");
  private static final int TIMES = 3;

  private ClassificationMemory() {}

  static Result measure() throws Exception {
    List<Double> ours = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      ours.add(Child.run(ClassificationMemory.class, OPTIONS, "ours").number("peak"));
      bare.add(Child.run(ClassificationMemory.class, OPTIONS, "bare").number("peak"));
    }
    double suite = median(ours);
    double loop = median(bare);
    return new Result(
        "peak resident memory of that suite in a process of its own, batch 16",
        Words.mebibytes(suite),
        Words.mebibytes(loop),
        Words.format("%.2f", suite / loop),
        "≤ " + BAR,
        suite / loop <= BAR);
  }

  private static double median(List<Double> values) {
    return Pairs.quantile(values.stream().mapToDouble(Double::doubleValue).toArray(), 0.5);
  }

  public static void main(String[] arguments) throws Exception {
    Workload workload = Workload.choose();
    if (arguments[0].equals("ours")) {
      Path suite = Projects.scratch().resolve("classification.vitals.yaml");
      Files.writeString(suite, workload.yaml(16, List.of("accuracy: \">= 90 %\""), true));
      EngineRun run = EngineRun.of(List.of(suite), Map.of("modelvitals.report.enabled", "false"));
      Child.say("checks", run.tests());
    } else {
      try (BareClassification bare = new BareClassification(workload, 0)) {
        Child.say("scores", bare.pass(16));
      }
    }
    Child.say("peak", Child.peak());
  }
}
