package org.modelvitals.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What ModelVitals itself costs: a suite of a thousand checks whose probe does nothing, in a cold
 * process. What counts is the time by the clock, on a machine that has nothing else to do;
 * processor time stands beside it, in which the JVM compiles at the same time on another core.
 */
final class TrivialChecks {
  private static final int CHECKS = 1000;
  private static final double BAR = 2e-3;

  private TrivialChecks() {}

  static List<Result> measure() throws Exception {
    Child.Said bare = Child.run(TrivialChecks.class, List.of(), "bare");
    Child.Said quiet = Child.run(TrivialChecks.class, List.of(), "false");
    Child.Said told = Child.run(TrivialChecks.class, List.of(), "true");
    List<Result> results = new ArrayList<>();
    double perCheck = (told.number("total") - bare.number("total")) / CHECKS;
    results.add(
        new Result(
            "a check of a suite of %d that do nothing, cold, with reports (processor time); bare is the platform with an engine whose tree is the same"
                .formatted(CHECKS),
            each(told),
            each(bare),
            Words.format("%.2f ms of our own", perCheck * 1e3),
            "≤ 2 ms",
            perCheck <= BAR));
    results.add(part("… opening the launcher, in all", told, "open", 0, 0));
    results.add(part("… discovery, in all", told, "discover", 0, 0));
    results.add(part("… execution without reports, in all", quiet, "execute", 0, 0));
    results.add(
        part(
            "… reports, in all",
            told,
            "execute",
            quiet.number("execute"),
            quiet.number("execute processor")));
    return results;
  }

  private static String each(Child.Said said) {
    return Words.format(
        "%.2f ms (%.2f ms)",
        said.number("total") / CHECKS * 1e3, said.number("total processor") / CHECKS * 1e3);
  }

  private static Result part(
      String what, Child.Said said, String name, double lessWall, double lessProcessor) {
    String both =
        "%s (%s)"
            .formatted(
                Words.millis(said.number(name) - lessWall),
                Words.millis(said.number(name + " processor") - lessProcessor));
    return new Result(what, both, "", "", "", true);
  }

  private static void say(String name, EngineRun.Span span) {
    Child.say(name, span.wall());
    Child.say(name + " processor", span.processor());
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
        arguments[0].equals("bare")
            ? EngineRun.of(new BareEngine(CHECKS), List.of(suite), Map.of())
            : EngineRun.of(List.of(suite), Map.of("modelvitals.report.enabled", arguments[0]));
    if (run.tests() != CHECKS) {
      throw new IllegalStateException("only " + run.tests() + " checks passed");
    }
    say("open", run.open());
    say("discover", run.discover());
    say("execute", run.execute());
    say("total", run.total());
  }
}
