package org.modelvitals.reports;

import org.jspecify.annotations.Nullable;

/** What the standard output is. */
final class Console {
  private Console() {}

  /** Whether it is a terminal whose owner has nothing against colours (no-color.org). */
  @SuppressWarnings("SystemConsoleNull") // the case of newer JDKs is the second one
  static boolean colours() {
    java.io.@Nullable Console console = System.console();
    if (console == null || System.getenv("NO_COLOR") != null) {
      return false;
    }
    try {
      // From JDK 22 on there may be a console without a terminal.
      return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
