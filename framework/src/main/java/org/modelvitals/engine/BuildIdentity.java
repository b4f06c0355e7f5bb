package org.modelvitals.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells which build a JVM belongs to, so that the reports of several JVMs can be joined.
 *
 * <p>Surefire starts its JVMs from Maven's, through a shell; so there the build is the nearest JVM
 * above. Elsewhere what is above may live through many builds (an IDE, Gradle's daemon, a
 * terminal), and their reports must not be mixed: there the build is the JVM itself, unless
 * somebody says otherwise.
 */
final class BuildIdentity {
  private BuildIdentity() {}

  /**
   * A process in the line from this one upwards.
   *
   * @param id tells it from every other process, earlier ones with its number included
   * @param command path of the executable; empty if unknown
   * @param arguments of the command; empty if unknown
   */
  record Ancestor(String id, String command, String arguments) {}

  /** The build of this JVM. */
  static String current() {
    List<Ancestor> line = new ArrayList<>();
    for (Optional<ProcessHandle> next = Optional.of(ProcessHandle.current());
        next.isPresent();
        next = next.get().parent()) {
      line.add(ancestor(next.get()));
    }
    return of(line, underSurefire());
  }

  private static boolean underSurefire() {
    return System.getProperty("surefire.test.class.path") != null
        || System.getProperty("surefire.real.class.path") != null;
  }

  private static Ancestor ancestor(ProcessHandle handle) {
    ProcessHandle.Info info = handle.info();
    long started = info.startInstant().map(instant -> instant.toEpochMilli()).orElse(0L);
    return new Ancestor(
        handle.pid() + "-" + started,
        info.command().orElse(""),
        info.arguments().map(arguments -> String.join(" ", arguments)).orElse(""));
  }

  /**
   * @param line this process, its parent, and so on
   * @param surefire whether Surefire started this process
   */
  static String of(List<Ancestor> line, boolean surefire) {
    Ancestor self = line.get(0);
    if (!surefire) {
      return self.id();
    }
    return line.stream()
        .skip(1)
        .filter(BuildIdentity::isJava)
        .findFirst()
        .filter(maven -> !livesOn(maven))
        .orElse(self)
        .id();
  }

  private static boolean isJava(Ancestor process) {
    return process.command().toLowerCase(Locale.ROOT).matches(".*[/\\\\]javaw?(\\.exe)?");
  }

  /** The daemon of mvnd serves one build after the other. */
  private static boolean livesOn(Ancestor process) {
    return process.arguments().contains("mvndaemon");
  }
}
