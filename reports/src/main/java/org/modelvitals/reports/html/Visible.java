package org.modelvitals.reports.html;

import java.util.Locale;

/**
 * Makes texts show what they hold. Characters that have no shape, that HTML does not allow, or that
 * turn the direction of their neighbours (<a href="https://www.unicode.org/reports/tr36/">UTR
 * 36</a>) are written as their code points, so that what looks harmless is harmless.
 */
final class Visible {
  /** Beyond this many characters a text is cut: a data row may be a whole book. */
  static final int MOST = 2_000;

  private Visible() {}

  static String text(String text) {
    String shown = (text.length() > MOST ? cut(text) : text).replace("\r\n", "\n");
    return shown.codePoints().allMatch(Visible::isPlain) ? shown : signs(shown);
  }

  private static String cut(String text) {
    int end = Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
    return String.format(
        Locale.ROOT, "%s… and %,d more characters", text.substring(0, end), text.length() - end);
  }

  private static String signs(String text) {
    StringBuilder signs = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              if (isPlain(point)) {
                signs.appendCodePoint(point);
              } else {
                signs.append(String.format(Locale.ROOT, "⟨U+%04X⟩", point));
              }
            });
    return signs.toString();
  }

  private static boolean isPlain(int point) {
    if (point == '\n' || point == '\t' || (point >= 0x20 && point < 0x7f)) {
      return true;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE ->
          false;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      // Joiners shape the letters of Persian, of Indic scripts and of emoji; the rest is invisible.
      case Character.FORMAT -> point == 0x200C || point == 0x200D;
      default -> true;
    };
  }
}
