package org.modelvitals.reports.markdown;

/**
 * Text of unknown origin, made fit for GitHub's and GitLab's Markdown. Every character that could
 * have a meaning becomes a numeric reference, which both show as the character and never interpret;
 * what they would link although it is plain text (mentions, issues, addresses) is broken by an
 * invisible word joiner.
 */
final class MarkdownText {
  private static final String MEANINGFUL = "&<>\"'`*_~[](){}|\\#@!$:^+=";
  private static final char WORD_JOINER = '\u2060';
  private static final int LONGEST = 400;

  private MarkdownText() {}

  /** A sentence: at most 400 characters, on one line. */
  static String prose(String text) {
    StringBuilder out = new StringBuilder();
    plain(text).codePoints().forEach(c -> append(c, out));
    // What is linked or replaced although it has no brackets: @name, #1, !1, https://, :smile:,
    // www.example.org, GH-1, hashes of commits.
    return out.toString()
        .replaceAll("(&#(?:64|35|33|58);)(?=\\S)", "$1" + WORD_JOINER)
        .replaceAll("(?i)\\b(www)(?=\\.)", "$1" + WORD_JOINER)
        .replaceAll("(?i)\\b(gh)(?=-\\d)", "$1" + WORD_JOINER)
        .replaceAll("\\b(?=[0-9]*[a-f])([0-9a-f]{6})(?=[0-9a-f]+\\b)", "$1" + WORD_JOINER);
  }

  /** A name: as prose, but in the typeface of code, in which nothing is linked. */
  static String code(String text) {
    StringBuilder out = new StringBuilder("<code>");
    plain(text).codePoints().forEach(c -> append(c, out));
    return out.append("</code>").toString();
  }

  private static void append(int c, StringBuilder out) {
    if (c < 128 && MEANINGFUL.indexOf(c) >= 0) {
      out.append("&#").append(c).append(';');
    } else {
      out.appendCodePoint(c);
    }
  }

  /** On one line, without control and formatting characters, and not too long. */
  private static String plain(String text) {
    String line =
        text.replaceAll("\\s+", " ").replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\u2028\u2029]", "\ufffd");
    int length = line.codePointCount(0, line.length());
    return length <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }
}
