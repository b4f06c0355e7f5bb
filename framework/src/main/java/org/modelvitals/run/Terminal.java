package org.modelvitals.run;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether somebody sees what is printed. */
final class Terminal {
  private Terminal() {}

  /** Asking starts the JDK's console, which takes a while, so it is asked once and late. */
  private static final class Attached {
    private static final boolean NOW = find();
  }

  static boolean isAttached() {
    return Attached.NOW;
  }

  /**
   * Whether this JVM talks to a terminal. From JDK 22 on there may be a console without one, and
   * {@code Console.isTerminal} tells.
   */
  @SuppressWarnings("SystemConsoleNull") // the case of newer JDKs is the second one
  private static boolean find() {
    @Nullable Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true; // before JDK 22, a console is a terminal
    }
  }
}
