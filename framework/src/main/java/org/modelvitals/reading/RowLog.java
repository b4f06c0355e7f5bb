package org.modelvitals.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects {@link RowOutcomes} while rows come. Memory is bounded: past {@link RowOutcomes#MOST}
 * rows everything is let go. For one thread.
 */
public final class RowLog {
  /** Of so many rows the place is kept, for people. */
  private static final int PLACES = 10_000;

  private long[] prints = new long[16];
  private int size;
  private boolean overflowed;
  private final Map<String, WordLog> words = new LinkedHashMap<>();
  private final Map<String, float[]> numbers = new LinkedHashMap<>();
  private final Map<Integer, String> places = new HashMap<>();

  private static final class WordLog {
    private final boolean given;
    private final Map<String, Integer> index = new LinkedHashMap<>();
    private int[] codes = {};

    private WordLog(boolean given) {
      this.given = given;
    }

    private void set(int row, @Nullable String word) {
      int length = codes.length;
      if (row >= length) {
        codes = Arrays.copyOf(codes, Math.max(16, row + row / 2 + 1));
        Arrays.fill(codes, length, codes.length, -1);
      }
      codes[row] = word == null ? -1 : index.computeIfAbsent(word, w -> index.size());
    }

    private int code(int row) {
      return row < codes.length ? codes[row] : -1;
    }
  }

  /**
   * Begins a row.
   *
   * @param print a fingerprint of the row as it stands in the data
   */
  public void begin(long print) {
    if (overflowed || size == RowOutcomes.MOST) {
      letGo();
      return;
    }
    if (size == prints.length) {
      prints = Arrays.copyOf(prints, size + size / 2);
    }
    prints[size++] = print;
  }

  private void letGo() {
    overflowed = true;
    prints = new long[0];
    words.clear();
    numbers.clear();
    places.clear();
  }

  /** What the data say of the row, whatever the model says: its class, its slice. */
  public void given(String column, @Nullable String word) {
    word(column, true, word);
  }

  /** What the model says of the row. */
  public void said(String column, @Nullable String word) {
    word(column, false, word);
  }

  private void word(String column, boolean given, @Nullable String word) {
    if (!overflowed) {
      words.computeIfAbsent(column, name -> new WordLog(given)).set(size - 1, word);
    }
  }

  /** A number that the row came to. */
  public void number(String column, double value) {
    if (!overflowed) {
      set(column, size - 1, (float) value);
    }
  }

  private void set(String column, int row, float value) {
    float[] values = numbers.computeIfAbsent(column, name -> new float[0]);
    int length = values.length;
    if (row >= length) {
      values = Arrays.copyOf(values, Math.max(16, row + row / 2 + 1));
      Arrays.fill(values, length, values.length, Float.NaN);
      numbers.put(column, values);
    }
    values[row] = value;
  }

  /** Where the row stands, for people; worth saying of rows that went wrong. */
  public void place(Supplier<String> where) {
    if (!overflowed && places.size() < PLACES) {
      places.put(size - 1, where.get());
    }
  }

  /** Takes in the rows that another has seen, which are later ones. */
  public void merge(RowLog later) {
    if (overflowed || later.overflowed || (long) size + later.size > RowOutcomes.MOST) {
      letGo();
      return;
    }
    int first = size;
    for (int row = 0; row < later.size; row++) {
      begin(later.prints[row]);
    }
    later.words.forEach(
        (column, log) -> {
          WordLog mine = words.computeIfAbsent(column, name -> new WordLog(log.given));
          List<String> known = List.copyOf(log.index.keySet());
          for (int row = 0; row < later.size; row++) {
            int code = log.code(row);
            mine.set(first + row, code < 0 ? null : known.get(code));
          }
        });
    later.numbers.forEach(
        (column, values) -> {
          for (int row = 0; row < later.size; row++) {
            set(column, first + row, row < values.length ? values[row] : Float.NaN);
          }
        });
    later.places.forEach(
        (row, place) -> {
          if (places.size() < PLACES) {
            places.put(first + row, place);
          }
        });
  }

  /** What was collected; empty if there were no rows, or too many to keep. */
  public Optional<RowOutcomes> outcomes() {
    if (overflowed || size == 0) {
      return Optional.empty();
    }
    List<RowColumn> columns = new ArrayList<>();
    words.forEach(
        (name, log) -> {
          log.set(size, null); // as long as there are rows
          columns.add(
              new RowColumn.Words(
                  name,
                  log.given,
                  List.copyOf(log.index.keySet()),
                  Arrays.copyOf(log.codes, size)));
        });
    numbers.forEach(
        (name, values) -> {
          float[] all = Arrays.copyOf(values, size);
          if (values.length < size) {
            Arrays.fill(all, values.length, size, Float.NaN);
          }
          columns.add(new RowColumn.Numbers(name, all));
        });
    return Optional.of(new RowOutcomes(Arrays.copyOf(prints, size), columns, places));
  }
}
