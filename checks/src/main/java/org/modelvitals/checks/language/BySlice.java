package org.modelvitals.checks.language;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.modelvitals.data.DataRow;
import org.modelvitals.probe.ProbeException;

/** Something counted apart for each value of some columns of a dataset. */
final class BySlice<T> {
  private static final int MOST = 1000;

  private final List<String> columns;
  private final Supplier<T> fresh;
  private final Map<String, Map<String, T>> parts = new TreeMap<>();

  BySlice(List<String> columns, Supplier<T> fresh) {
    this.columns = columns;
    this.fresh = fresh;
    columns.forEach(column -> parts.put(column, new TreeMap<>()));
  }

  /** Hands over, for each column, what is counted for the row's value. */
  void add(DataRow row, Consumer<T> count) {
    for (String column : columns) {
      Map<String, T> values = parts.getOrDefault(column, Map.of());
      String value = row.text(column);
      if (!values.containsKey(value) && values.size() == MOST) {
        throw new ProbeException(
            "the column '%s' has more than %d different values; slice by a column with few"
                .formatted(column, MOST));
      }
      count.accept(values.computeIfAbsent(value, key -> fresh.get()));
    }
  }

  /** Visits the parts by {@code column=value}. */
  void forEach(BiConsumer<String, T> visitor) {
    for (String column : columns) {
      parts
          .getOrDefault(column, Map.of())
          .forEach((value, part) -> visitor.accept(column + "=" + value, part));
    }
  }
}
