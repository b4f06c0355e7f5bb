package org.modelvitals.data;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** Words that several messages use. */
final class Wording {
  private static final int SHOWN = 8;
  private static final int LONGEST = 60;

  private Wording() {}

  /** {@code 'a', 'b', 'c' and 5 more}; {@code none}. */
  static String names(Collection<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String shown =
        names.stream().limit(SHOWN).map(Wording::quoted).collect(Collectors.joining(", "));
    return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
  }

  /** A text in quotes, cut where it gets long. */
  static String quoted(String text) {
    return "'" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + "'";
  }

  static String count(long count, String singular) {
    return count == 1 ? "1 " + singular : count + " " + singular + "s";
  }

  static String shape(long[] shape) {
    return Arrays.stream(shape)
        .mapToObj(size -> size < 0 ? "?" : Long.toString(size))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
