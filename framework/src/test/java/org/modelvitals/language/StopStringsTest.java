package org.modelvitals.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;

/** Against a search of the whole text after each token. */
class StopStringsTest {
  /** Parts of words, blanks, and characters of two, three and four bytes in pieces. */
  private static final List<byte[]> PIECES = new ArrayList<>();

  static {
    for (String text : List.of("a", "b", " a", "ab", " ", "\n", "abab ab")) {
      PIECES.add(text.getBytes(StandardCharsets.UTF_8));
    }
    for (String text : List.of("é", "€", "\uD83D\uDE00")) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      PIECES.add(Arrays.copyOf(bytes, 1));
      PIECES.add(Arrays.copyOfRange(bytes, 1, bytes.length));
    }
  }

  /** A byte-level decoder that leaves out the first blank, as those of SentencePiece do. */
  private static String decode(long[] ids) {
    int length = Arrays.stream(ids).mapToInt(id -> PIECES.get((int) id).length).sum();
    byte[] bytes = new byte[length];
    int at = 0;
    for (long id : ids) {
      byte[] piece = PIECES.get((int) id);
      System.arraycopy(piece, 0, bytes, at, piece.length);
      at += piece.length;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith(" ") ? text.substring(1) : text;
  }

  private static @Nullable String cut(String text, List<String> stops) {
    return stops.stream()
        .filter(text::contains)
        .map(stop -> text.substring(0, text.indexOf(stop)))
        .min((a, b) -> a.length() - b.length())
        .orElse(null);
  }

  @Property(tries = 2000)
  void findsWhatIsInTheWholeText(
      @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 12) Integer> tokens,
      @ForAll @Size(min = 1, max = 2)
          List<@StringLength(min = 1, max = 7) @Chars({'a', 'b', ' ', '\n', 'é', '€'}) String>
              stops) {
    StopStrings search = new StopStrings(stops, StopStringsTest::decode);
    long[] ids = tokens.stream().mapToLong(Integer::longValue).toArray();
    for (int i = 0; i < ids.length; i++) {
      String expected = cut(decode(Arrays.copyOf(ids, i + 1)), stops);
      assertThat(search.add(ids[i])).isEqualTo(expected);
      if (expected != null) {
        return;
      }
    }
  }

  /** Twice the text costs twice as much. */
  @Property(tries = 20)
  void decodesOnlyTheEnd(@ForAll @IntRange(min = 100, max = 2000) int count) {
    int[] decoded = {0};
    StopStrings search =
        new StopStrings(
            List.of("\n\n"),
            ids -> {
              decoded[0] += ids.length;
              return decode(ids);
            });
    for (int i = 0; i < count; i++) {
      search.add(i % 2);
    }
    assertThat(decoded[0]).isLessThan(40 * count);
  }
}
