package org.modelvitals.runner;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.modelvitals.verdict.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs suites, and lets through only what passed. */
@Command(
    name = "gate",
    description = "Runs suites, and lets a model through only if every check passed.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class GateCommand implements Callable<Integer> {
  @Mixin private Options options = new Options();
  @Spec private CommandSpec spec;

  @Option(names = "--allow-skipped", description = "A check that was skipped does not stop it.")
  private boolean allowSkipped;

  @Option(
      names = "--allow-inconclusive",
      description = "A check that has too little evidence does not stop it.")
  private boolean allowInconclusive;

  /** Called by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification
  GateCommand() {}

  @Override
  public Integer call() throws IOException {
    options.requireBaseline();
    Set<Status> allowed = EnumSet.noneOf(Status.class);
    if (allowSkipped) {
      allowed.add(Status.SKIPPED);
    }
    if (allowInconclusive) {
      allowed.add(Status.INCONCLUSIVE);
    }
    return Run.of(options, Map.of(), allowed, true, spec.commandLine().getErr());
  }
}
