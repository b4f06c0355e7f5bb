package org.modelvitals.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.discovery.DiscoverySelectors;

/**
 * Five checks of a model as a build runs them, from the start of a JVM to its end: as a suite, and
 * as a test in Jupiter that was written by hand.
 */
final class WholeRuns {
  static final int BATCH = 16;

  private static final List<String> EXPECTATIONS =
      List.of(
          "accuracy: \">= 90 %\"",
          "\"top-k accuracy[3]\": \">= 95 %\"",
          "log loss: <= 1 nats",
          "expected calibration error: \"<= 50 %\"",
          "macro roc auc: \">= 90 %\"");

  private WholeRuns() {}

  static Result measure(int pairs) throws Exception {
    Pairs times = Pairs.time(1, pairs, () -> run("suite"), () -> run("jupiter"));
    return new Result(
        "five checks of the %s in a process of their own, from start to end; the other is a test in Jupiter written by hand"
            .formatted(Workload.choose().name()),
        Words.millis(times.ours()),
        Words.millis(times.bare()),
        Words.format("%.2f (%s)", times.ratio(), times.spread()),
        "",
        true);
  }

  private static void run(String how) throws Exception {
    double tests = Child.run(WholeRuns.class, List.of(), how).number("tests");
    if (tests != EXPECTATIONS.size()) {
      throw new IllegalStateException(how + " ran " + tests + " tests");
    }
  }

  public static void main(String[] arguments) throws Exception {
    EngineRun run;
    if (arguments[0].equals("suite")) {
      Path suite = Projects.scratch().resolve("whole-run.vitals.yaml");
      Files.writeString(suite, Workload.choose().yaml(BATCH, EXPECTATIONS, true));
      run = EngineRun.of(List.of(suite), Map.of("modelvitals.report.enabled", "false"));
    } else {
      run =
          EngineRun.of(
              new JupiterTestEngine(),
              Map.of(),
              List.of(DiscoverySelectors.selectClass(HandWrittenChecks.class)));
    }
    Child.say("tests", run.tests());
  }
}
