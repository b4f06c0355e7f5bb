package org.modelvitals.checks.text;

import java.util.ArrayList;
import java.util.List;

/**
 * White space as Python's {@code str} methods understand it. Scores that were defined by Python
 * programs depend on it: a no-break space separates words there, which it does not in Java.
 */
final class Whitespace {
  private Whitespace() {}

  static boolean is(int c) {
    return c == ' '
        || (c >= '\t' && c <= '\r')
        || (c >= 0x1c && c <= 0x1f)
        || c == 0x85
        || c == 0xa0
        || (c > 0xff && Character.isSpaceChar(c));
  }

  /** The words of a text; none of them is empty. */
  static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < text.length(); i++) {
      if (!is(text.charAt(i))) {
        start = start < 0 ? i : start;
      } else if (start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      }
    }
    if (start >= 0) {
      words.add(text.substring(start));
    }
    return words;
  }

  static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && is(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }
}
