package org.modelvitals.model;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Foresees crashes of ONNX Runtime's native library while it starts, which would take the JVM with
 * them without a word. Both are in the telemetry that Linux builds of 1.29.0 have and that {@code
 * ORT_DISABLE_TELEMETRY=1} turns off.
 */
final class NativeStart {
  static final String OPT_OUT = "ORT_DISABLE_TELEMETRY";

  private static final String SICK_VERSION = "1.29.0";

  /** The telemetry copies the command line: 3968 bytes were seen to work and 3969 to crash. */
  private static final int COMMAND_LINE_LIMIT = 3900;

  private NativeStart() {}

  /**
   * Refuses to start the runtime where that would crash.
   *
   * @throws ModelException with a sentence that says what to do
   */
  static void requireSafe() {
    String version = OrtEnvironment.class.getPackage().getImplementationVersion();
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    if (!linux || (version != null && !version.equals(SICK_VERSION))) {
      return;
    }
    danger(
            System.getenv(OPT_OUT),
            commandLine(),
            Files.exists(Path.of("/etc/machine-id")),
            Files.exists(Path.of("/bin/sh")))
        .ifPresent(
            why -> {
              throw new ModelException(ModelException.Reason.BAD_INPUT, why);
            });
  }

  /**
   * What would crash, in a sentence.
   *
   * @param optOut the value of the variable that turns telemetry off, if it is set
   * @param commandLine length in bytes
   */
  static Optional<String> danger(
      @Nullable String optOut, int commandLine, boolean machineId, boolean shell) {
    if ("1".equals(optOut)) {
      return Optional.empty();
    }
    if (commandLine > COMMAND_LINE_LIMIT) {
      return Optional.of(
          ("the command line of this JVM has %d bytes, and the telemetry of ONNX Runtime %s crashes"
                  + " beyond %d: set the environment variable %s=1, or give the class path in"
                  + " CLASSPATH or an @argument file")
              .formatted(commandLine, SICK_VERSION, COMMAND_LINE_LIMIT, OPT_OUT));
    }
    if (!machineId && !shell) {
      return Optional.of(
          ("this machine has neither /etc/machine-id nor /bin/sh, and the telemetry of ONNX Runtime"
                  + " %s crashes without them (microsoft/onnxruntime#32173): set the environment"
                  + " variable %s=1")
              .formatted(SICK_VERSION, OPT_OUT));
    }
    return Optional.empty();
  }

  private static int commandLine() {
    try {
      return Files.readAllBytes(Path.of("/proc/self/cmdline")).length;
    } catch (IOException e) {
      return 0; // unreadable for the telemetry, too
    }
  }
}
