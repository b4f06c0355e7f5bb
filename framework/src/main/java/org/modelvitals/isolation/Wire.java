package org.modelvitals.isolation;

/**
 * How messages stand on a child's standard output. Each is a line of its own, with a mark before it
 * that tells it from what the runtime prints, and with a kind.
 */
final class Wire {
  private static final String MARK = "\u0002model-vitals ";

  /** What a line means. */
  enum Kind {
    /** The process has started, and the task will begin. */
    READY,
    /** The task says something. */
    MESSAGE,
    /** The model is at fault: the reason, a blank, the sentence. */
    MODEL_FAILED,
    /** Something else is at fault: the sentence, a line feed, the stack trace. */
    BROKE,
    /** The task has come to its end. */
    DONE,
    /** The line is closed; nobody says that. */
    CLOSED
  }

  /** A message with its kind. */
  record Message(Kind kind, String text) {}

  private Wire() {}

  /**
   * The line for a message, with a line feed before it, should something else have begun a line.
   */
  static String line(Kind kind, String text) {
    return "\n" + MARK + kind + " " + escape(text) + "\n";
  }

  static boolean isMessage(String line) {
    return line.startsWith(MARK);
  }

  static Message message(String line) {
    int end = line.indexOf(' ', MARK.length());
    return new Message(
        Kind.valueOf(line.substring(MARK.length(), end)), unescape(line.substring(end + 1)));
  }

  /** The text on one line. */
  static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  static String unescape(String line) {
    if (line.indexOf('\\') < 0) {
      return line;
    }
    StringBuilder text = new StringBuilder(line.length());
    boolean escaped = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (escaped) {
        text.append(c == 'n' ? '\n' : c == 'r' ? '\r' : c);
        escaped = false;
      } else if (c == '\\') {
        escaped = true;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
