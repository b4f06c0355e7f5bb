package org.modelvitals.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What ModelVitals itself costs: a suite of a thousand checks whose probe does nothing, in a cold
 * process. What counts is the processor time of the process, in which the JVM compiles at the same
 * time: it depends less on what else the machine does.
 */
final class TrivialChecks {
  private static final int CHECKS = 1000;
  private static final double BAR = 2e-3;

  private TrivialChecks() {}

  static List<Result> measure() throws Exception {
    Child.Said quiet = Child.run(TrivialChecks.class, List.of(), "false");
    Child.Said told = Child.run(TrivialChecks.class, List.of(), "true");
    List<Result> results = new ArrayList<>();
    double perCheck = told.number("total") / CHECKS;
    results.add(
        new Result(
            "a check of a suite of %d that do nothing, cold, with reports, processor time"
                .formatted(CHECKS),
            Words.format("%.2f ms", perCheck * 1e3),
            "",
            Words.format("%.2f ms", perCheck * 1e3),
            "≤ 2 ms",
            perCheck <= BAR));
    results.add(part("… opening the launcher, in all", told.number("open")));
    results.add(part("… discovery, in all", told.number("discover")));
    results.add(part("… execution without reports, in all", quiet.number("execute")));
    results.add(part("… reports, in all", told.number("execute") - quiet.number("execute")));
    return results;
  }

  private static Result part(String what, double seconds) {
    return new Result(what, Words.millis(seconds), "", "", "", true);
  }

  public static void main(String[] arguments) throws Exception {
    StringBuilder yaml =
        new StringBuilder(
            "model: %s\nchecks:\n".formatted(Projects.examples().resolve("models/digits.onnx")));
    for (int i = 0; i < CHECKS; i++) {
      yaml.append(
          "  check %d:\n    nothing: {number: %d}\n    expect: {number: \"= %d\"}\n"
              .formatted(i, i, i));
    }
    Path suite = Projects.scratch().resolve("trivial.vitals.yaml");
    Files.writeString(suite, yaml);
    EngineRun run =
        EngineRun.of(List.of(suite), Map.of("modelvitals.report.enabled", arguments[0]));
    if (run.tests() != CHECKS) {
      throw new IllegalStateException("only " + run.tests() + " checks passed");
    }
    Child.say("open", run.open());
    Child.say("discover", run.discover());
    Child.say("execute", run.execute());
    Child.say("total", run.total());
  }
}
