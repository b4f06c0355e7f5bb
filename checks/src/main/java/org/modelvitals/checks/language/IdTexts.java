package org.modelvitals.checks.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataRow;

/** Makes texts of the lists of ids in a row: {@code [1, 17, 4]} becomes {@code 1 17 4}. */
final class IdTexts {
  private IdTexts() {}

  /**
   * The row with texts.
   *
   * @param except a column that is left as it is
   */
  static DataRow of(DataRow row, @Nullable String except) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    row.values()
        .forEach(
            (column, value) ->
                values.put(column, column.equals(except) || value == null ? value : text(value)));
    return new DataRow(row.index(), row.where(), values);
  }

  /** A list of ids as a text, and what is in lists of lists and in objects too. */
  private static @Nullable Object text(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> texts = new LinkedHashMap<>();
      map.forEach((key, item) -> texts.put(String.valueOf(key), text(item)));
      return texts;
    }
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      return value;
    }
    if (list.stream().allMatch(IdTexts::isId)) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
    List<@Nullable Object> texts = new ArrayList<>();
    list.forEach(item -> texts.add(text(item)));
    return texts;
  }

  private static boolean isId(@Nullable Object item) {
    return item instanceof Long || item instanceof Integer;
  }
}
