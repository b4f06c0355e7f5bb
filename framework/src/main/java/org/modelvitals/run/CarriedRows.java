package org.modelvitals.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.RowColumn;
import org.modelvitals.reading.RowOutcomes;

/** {@link RowOutcomes} as plain data, for the way from one process to another. */
record CarriedRows(
    List<Long> prints, List<Words> words, List<Numbers> numbers, Map<Integer, String> places) {

  record Words(String name, boolean given, List<String> words, List<Integer> codes) {}

  record Numbers(String name, List<Float> values) {}

  static @Nullable CarriedRows of(@Nullable RowOutcomes rows) {
    if (rows == null) {
      return null;
    }
    int size = rows.size();
    List<Words> words = new ArrayList<>();
    List<Numbers> numbers = new ArrayList<>();
    for (RowColumn column : rows.columns()) {
      if (column instanceof RowColumn.Words known) {
        words.add(
            new Words(
                known.name(),
                known.given(),
                known.words(),
                IntStream.range(0, size).map(known::code).boxed().toList()));
      } else if (column instanceof RowColumn.Numbers known) {
        numbers.add(
            new Numbers(
                known.name(),
                IntStream.range(0, size).mapToObj(row -> (float) known.value(row)).toList()));
      }
    }
    return new CarriedRows(
        IntStream.range(0, size).mapToObj(rows::print).toList(), words, numbers, rows.places());
  }

  RowOutcomes outcomes() {
    List<RowColumn> columns = new ArrayList<>();
    for (Words known : words) {
      columns.add(
          new RowColumn.Words(
              known.name(),
              known.given(),
              known.words(),
              known.codes().stream().mapToInt(Integer::intValue).toArray()));
    }
    for (Numbers known : numbers) {
      float[] values = new float[known.values().size()];
      for (int row = 0; row < values.length; row++) {
        values[row] = Optional.ofNullable(known.values().get(row)).orElse(Float.NaN);
      }
      columns.add(new RowColumn.Numbers(known.name(), values));
    }
    return new RowOutcomes(prints.stream().mapToLong(Long::longValue).toArray(), columns, places);
  }
}
