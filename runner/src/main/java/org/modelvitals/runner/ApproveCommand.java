package org.modelvitals.runner;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.Callable;
import org.modelvitals.verdict.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs suites, and writes what they measured into their baselines. */
@Command(
    name = "approve",
    description = "Runs suites, and makes their run the approved one that later runs compare with.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ApproveCommand implements Callable<Integer> {
  @Mixin private Options options = new Options();
  @Spec private CommandSpec spec;

  @Option(names = "--anyway", description = "Approves suites of which a check did not pass, too.")
  private boolean anyway;

  /** Called by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification
  ApproveCommand() {}

  @Override
  public Integer call() throws IOException {
    return Run.of(
        options,
        Map.of("modelvitals.approve", anyway ? "anyway" : "true"),
        EnumSet.of(Status.SKIPPED),
        false,
        spec.commandLine().getErr());
  }
}
