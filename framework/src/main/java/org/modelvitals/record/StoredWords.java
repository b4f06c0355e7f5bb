package org.modelvitals.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.RowColumn;
import org.modelvitals.reading.RowOutcomes;

/**
 * A column of words, such as what the model says of each row.
 *
 * @param as the column of the data that it mostly is the same as; null if there is none
 * @param words the different words
 * @param but the rows that differ from {@code as}, each as {@code row:word}, by the row's number
 *     from 1 and the word's place among {@code words} from 0 ({@code row:-} for none), up to a
 *     thousand rows of the data in a line
 */
record StoredWords(String column, @Nullable String as, List<String> words, List<String> but) {
  private static final int ROWS_IN_LINE = 1000;
  private static final Pattern LINE =
      Pattern.compile("[1-9]\\d{0,8}:(?:-|\\d{1,9})(?: [1-9]\\d{0,8}:(?:-|\\d{1,9}))*");
  private static final Pattern BLANK = Pattern.compile(" ");

  StoredWords {
    words = List.copyOf(words);
    but = List.copyOf(but);
    for (String line : but) {
      if (!LINE.matcher(line).matches()) {
        throw new IllegalArgumentException(
            "'%s' is no list of rows such as '17:3 45:-'".formatted(line));
      }
    }
  }

  static StoredWords of(RowColumn.Words said, RowOutcomes rows) {
    RowColumn.Words nearest = null;
    List<Integer> fewest = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      fewest.add(row);
    }
    for (RowColumn column : rows.columns()) {
      if (column instanceof RowColumn.Words given && given.given()) {
        List<Integer> apart = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
          String word = said.word(row);
          if (word == null || !word.equals(given.word(row))) {
            apart.add(row);
          }
        }
        if (apart.size() < fewest.size()) {
          fewest = apart;
          nearest = given;
        }
      }
    }
    return new StoredWords(
        said.name(), nearest == null ? null : nearest.name(), said.words(), lines(said, fewest));
  }

  private static List<String> lines(RowColumn.Words said, List<Integer> rows) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int thousand = -1;
    for (int row : rows) {
      if (row / ROWS_IN_LINE != thousand && !line.isEmpty()) {
        lines.add(line.toString());
        line.setLength(0);
      }
      thousand = row / ROWS_IN_LINE;
      line.append(line.isEmpty() ? "" : " ").append(row + 1).append(':');
      line.append(said.code(row) < 0 ? "-" : Integer.toString(said.code(row)));
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }

  /** The words of both runs: those of the later one first, so that its numbers stay. */
  List<String> vocabulary(RowColumn.Words now) {
    LinkedHashSet<String> all = new LinkedHashSet<>(now.words());
    all.addAll(words);
    return List.copyOf(all);
  }

  RowColumn.Words renumbered(RowColumn.Words now, List<String> all, int size) {
    int[] codes = new int[size];
    Arrays.setAll(codes, now::code);
    return new RowColumn.Words(now.name(), false, all, codes);
  }

  /** The words of the approved run, for the rows of a later one. */
  RowColumn.Words restore(RowOutcomes now, List<String> all) {
    RowColumn.Words given = as == null ? null : now.words(as).orElse(null);
    List<String> vocabulary = new ArrayList<>(all);
    Map<String, Integer> places = new HashMap<>();
    all.forEach(word -> places.put(word, places.size()));
    int[] codes = new int[now.size()];
    Arrays.fill(codes, -1);
    for (int row = 0; row < codes.length && given != null; row++) {
      String word = given.word(row);
      if (word != null) {
        Integer code = places.get(word);
        if (code == null) {
          code = vocabulary.size();
          places.put(word, code);
          vocabulary.add(word);
        }
        codes[row] = code;
      }
    }
    for (String line : but) {
      for (String entry : BLANK.splitAsStream(line).toList()) {
        int colon = entry.indexOf(':');
        int row = Integer.parseInt(entry, 0, colon, 10) - 1;
        String word = entry.substring(colon + 1);
        if (row < codes.length) {
          codes[row] =
              word.equals("-") ? -1 : vocabulary.indexOf(words.get(Integer.parseInt(word)));
        }
      }
    }
    return new RowColumn.Words(column, false, vocabulary, codes);
  }
}
