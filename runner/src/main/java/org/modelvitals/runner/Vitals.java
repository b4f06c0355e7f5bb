package org.modelvitals.runner;

import java.io.PrintWriter;
import org.modelvitals.runner.Selection.Unselectable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code vitals} command. Exit codes are those of {@link Exit}; {@code docs/runner.md} has them
 * as a table.
 */
@Command(
    name = "vitals",
    description = "Health tests for ONNX models.",
    subcommands = {RunCommand.class, GateCommand.class, ApproveCommand.class},
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 healthy, 1 a check failed, 2 a mistake in the command or in a suite,",
      "3 no verdict (an error, or too little evidence)."
    })
public final class Vitals implements Runnable {
  @Spec private CommandSpec spec;

  /** Called by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the specification
  Vitals() {}

  /**
   * Runs the command and ends the process.
   *
   * @param arguments of the command line
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command, to be executed in this process. */
  static CommandLine commandLine() {
    return new CommandLine(new Vitals()).setExecutionExceptionHandler(Vitals::failed);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "what is to be done is missing: run, gate or approve");
  }

  private static int failed(
      Exception exception, CommandLine command, CommandLine.ParseResult arguments)
      throws Exception {
    if (exception instanceof Unselectable) {
      PrintWriter err = command.getErr();
      err.println("vitals: " + exception.getMessage());
      err.flush();
      return Exit.MISTAKE;
    }
    throw exception;
  }
}
