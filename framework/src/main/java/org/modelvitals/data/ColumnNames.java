package org.modelvitals.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.modelvitals.text.Nearest;

/** The names of a dataset's columns. JSON may bring new ones with every row. */
final class ColumnNames {
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> indices = new HashMap<>();

  static ColumnNames of(List<String> names) {
    ColumnNames columns = new ColumnNames();
    names.forEach(columns::add);
    return columns;
  }

  /** Adds a column unless it is there; returns its index. */
  int add(String name) {
    Integer known = indices.get(name);
    if (known != null) {
      return known;
    }
    indices.put(name, names.size());
    names.add(name);
    return names.size() - 1;
  }

  /**
   * The index of the column, tried first where the caller expects it.
   *
   * @param expected the index where rows before had it
   */
  int add(String name, int expected) {
    return expected < names.size() && names.get(expected).equals(name) ? expected : add(name);
  }

  boolean has(String name) {
    return indices.containsKey(name);
  }

  String name(int index) {
    return names.get(index);
  }

  int size() {
    return names.size();
  }

  List<String> all() {
    return Collections.unmodifiableList(names);
  }

  /**
   * The index of a column.
   *
   * @param where the file, for the message
   * @throws DataException with the nearest name if there is none
   */
  int require(String name, String where) {
    Integer index = indices.get(name);
    if (index == null) {
      throw new DataException("%s: there is no column '%s'%s".formatted(where, name, hint(name)));
    }
    return index;
  }

  /** The nearest name, or the first names, as the end of a sentence. */
  String hint(String name) {
    return Nearest.to(name, names)
        .map(near -> "; did you mean '" + near + "'?")
        .orElseGet(() -> "; the columns are " + Wording.names(names));
  }
}
