package org.modelvitals.runner;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.Callable;
import org.modelvitals.verdict.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs suites; a check that was skipped is no reason to worry. */
@Command(
    name = "run",
    description = "Runs suites, and checkups of models.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class RunCommand implements Callable<Integer> {
  @Mixin private Options options = new Options();
  @Spec private CommandSpec spec;

  /** Called by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification
  RunCommand() {}

  @Override
  public Integer call() throws IOException {
    options.requireBaseline();
    return Run.of(
        options, Map.of(), EnumSet.of(Status.SKIPPED), false, spec.commandLine().getErr());
  }
}
