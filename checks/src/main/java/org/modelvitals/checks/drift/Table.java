package org.modelvitals.checks.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataRow;
import org.modelvitals.data.DataRows;
import org.modelvitals.data.DataSpec;
import org.modelvitals.probe.ProbeContext;

/**
 * Sampled rows of a dataset, or of outputs.
 *
 * @param names of the columns
 * @param rows values by column: a {@code Double}, a {@code double[]}, a {@code String} or null
 * @param seen how many rows there were
 */
record Table(List<String> names, List<@Nullable Object[]> rows, long seen) {
  /** About how many values are kept of one side. */
  private static final int VALUES = 1 << 20;

  private static final int MOST = 1 << 16;
  private static final int LEAST = 1 << 10;

  static final Table EMPTY = new Table(List.of(), List.of(), 0);

  /** How many rows are kept of so many columns. */
  static int size(int columns) {
    return Math.min(MOST, Math.max(LEAST, VALUES / Math.max(1, columns)));
  }

  /**
   * Reads the rows of a dataset.
   *
   * @param wanted the columns; those of the first row if empty
   */
  static Table read(DataSpec data, List<String> wanted, ProbeContext context) {
    try (DataRows rows = DataRows.open(data.rowsOnly(), context::resolve)) {
      DataRow first = rows.next().orElseThrow();
      List<String> names = wanted.isEmpty() ? List.copyOf(first.values().keySet()) : wanted;
      for (String name : names) {
        if (!first.values().containsKey(name)) {
          first.require(name); // says that it is not there, and what is
        }
      }
      RowSample<@Nullable Object[]> sample = new RowSample<>(context.seed(), size(names.size()));
      for (Optional<DataRow> next = Optional.of(first); next.isPresent(); next = rows.next()) {
        DataRow row = next.get();
        sample.add(row.index(), () -> values(row, names));
        context.progress().at(row.index() + 1, rows.total(), "rows read");
      }
      return new Table(names, sample.rows(), sample.seen());
    }
  }

  private static @Nullable Object[] values(DataRow row, List<String> names) {
    @Nullable Object[] values = new Object[names.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Plain.of(row.value(names.get(i)).orElse(null));
    }
    return values;
  }

  /** The values of a column; a column that there is not is empty. */
  List<@Nullable Object> column(String name) {
    int place = names.indexOf(name);
    List<@Nullable Object> values = new ArrayList<>();
    if (place >= 0) {
      rows.forEach(row -> values.add(row[place]));
    }
    return values;
  }

  /** The columns of another table that are not here. */
  List<String> missing(Table other) {
    Set<String> mine = Set.copyOf(names);
    return other.names.stream().filter(name -> !mine.contains(name)).toList();
  }
}
