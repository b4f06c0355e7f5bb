package org.modelvitals.language;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks for texts that end a text, as it grows token by token. Only its end is decoded each time,
 * as far as one that the last token completes can reach, so that a token costs the same however
 * long the text is. What is found there must be in the whole text too: tokens at the beginning of a
 * part can read otherwise.
 */
final class StopStrings {
  /**
   * By how many characters the beginning of a part may read otherwise than in the whole: a blank
   * that is left out, the rest of a character of several bytes, signs of words that go on.
   */
  private static final int MARGIN = 16;

  private final List<String> stops;
  private final Function<long[], String> decode;
  private final int reach;
  private long[] ids = new long[64];

  /** Behind each token, the length of the text since {@code from}. */
  private int[] lengths = new int[64];

  private int count;
  private int from;

  /**
   * @param decode the text of tokens
   */
  StopStrings(List<String> stops, Function<long[], String> decode) {
    this.stops = stops;
    this.decode = decode;
    this.reach = stops.stream().mapToInt(String::length).max().orElse(0) + MARGIN;
  }

  /** The text before the first stop string, if there is one with this token; else null. */
  @Nullable String add(long token) {
    if (stops.isEmpty()) {
      return null;
    }
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
    }
    ids[count] = token;
    count++;
    String end = decode.apply(Arrays.copyOfRange(ids, from, count));
    lengths[count - 1] = end.length();
    String cut = cut(end);
    if (cut != null) {
      cut = from == 0 ? cut : cut(decode.apply(Arrays.copyOf(ids, count)));
    }
    if (end.length() > 2 * reach) {
      leaveBehind(end.length());
    }
    return cut;
  }

  private @Nullable String cut(String text) {
    OptionalInt stop = stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min();
    return stop.isPresent() ? text.substring(0, stop.getAsInt()) : null;
  }

  /** Keeps the last tokens whose text is as long as what can be reached from the next one. */
  private void leaveBehind(int length) {
    int keep = count - 1;
    while (keep > from && length - lengths[keep - 1] < reach) {
      keep--;
    }
    if (keep == from) {
      return;
    }
    int left = lengths[keep - 1];
    for (int i = keep; i < count; i++) {
      lengths[i] -= left;
    }
    from = keep;
  }
}
