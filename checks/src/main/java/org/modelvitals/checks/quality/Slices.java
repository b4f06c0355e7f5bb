package org.modelvitals.checks.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.modelvitals.data.Batch;
import org.modelvitals.probe.ProbeException;

/** Something counted apart for each value of some columns. */
final class Slices<T> {
  private static final int MOST = 1000;
  private static final String MISSING = "(none)";

  private final List<String> columns;
  private final List<Map<String, T>> parts = new ArrayList<>();

  Slices(List<String> columns) {
    this.columns = columns;
    columns.forEach(column -> parts.add(new HashMap<>()));
  }

  /** Hands over, for each column, what is counted for the row's value. */
  void add(Batch batch, int row, Supplier<T> fresh, Consumer<T> count) {
    for (int i = 0; i < columns.size(); i++) {
      Object value = batch.value(row, columns.get(i));
      count.accept(part(i, value == null ? MISSING : Classes.text(value), fresh));
    }
  }

  private T part(int column, String value, Supplier<T> fresh) {
    Map<String, T> values = parts.get(column);
    T part = values.get(value);
    if (part == null) {
      if (values.size() == MOST) {
        throw new ProbeException(
            "the column '%s' has more than %d different values; slice by a column with few"
                .formatted(columns.get(column), MOST));
      }
      part = fresh.get();
      values.put(value, part);
    }
    return part;
  }

  void merge(Slices<T> other, Supplier<T> fresh, BiConsumer<T, T> join) {
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      other
          .parts
          .get(i)
          .forEach((value, theirs) -> join.accept(part(column, value, fresh), theirs));
    }
  }

  /** Visits the parts by {@code column=value}, columns as declared and values in order. */
  void forEach(BiConsumer<String, T> visitor) {
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      parts.get(i).entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(entry -> visitor.accept(column + "=" + entry.getKey(), entry.getValue()));
    }
  }
}
