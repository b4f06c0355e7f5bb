package org.modelvitals.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a dataset as plain values, for probes that feed the model by themselves.
 *
 * @param index its place, from 0
 * @param where file and line, for people: {@code corpus.jsonl:17}
 * @param values by column: texts, numbers, booleans, lists, maps, and null
 */
public record DataRow(long index, String where, Map<String, @Nullable Object> values) {

  public DataRow {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The value of a column; empty if the row does not have it, or has null. */
  public Optional<Object> value(String column) {
    return Optional.ofNullable(values.get(column));
  }

  /**
   * The value of a column.
   *
   * @throws DataException with the nearest name if the row has none
   */
  public Object require(String column) {
    return value(column)
        .orElseThrow(
            () ->
                new DataException(
                    values.containsKey(column)
                        ? "%s: the column '%s' is null".formatted(where, column)
                        : "%s: there is no column '%s'%s"
                            .formatted(
                                where,
                                column,
                                ColumnNames.of(List.copyOf(values.keySet())).hint(column))));
  }

  /**
   * A column that is a text, or a number or boolean as a text.
   *
   * @throws DataException if the row has none, or it is something else
   */
  public String text(String column) {
    return asText(require(column), column);
  }

  /**
   * A column that is a list of texts; a single text is a list of one.
   *
   * @throws DataException if the row has none, or it is something else
   */
  public List<String> texts(String column) {
    Object value = require(column);
    if (!(value instanceof List<?> list)) {
      return List.of(asText(value, column));
    }
    List<String> texts = new ArrayList<>();
    for (Object item : list) {
      texts.add(asText(item, column));
    }
    return texts;
  }

  private String asText(@Nullable Object value, String column) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    throw new DataException(
        "%s: the column '%s' holds %s; expected a text"
            .formatted(
                where,
                column,
                value instanceof List
                    ? "a list"
                    : value instanceof Map ? "an object" : String.valueOf(value)));
  }
}
