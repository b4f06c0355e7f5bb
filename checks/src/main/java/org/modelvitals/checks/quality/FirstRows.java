package org.modelvitals.checks.quality;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The first few rows of some kind, whatever the order in which they come. */
final class FirstRows {
  private static final int KEPT = 20;

  private final TreeSet<RowNote> rows = new TreeSet<>(Comparator.comparingLong(RowNote::index));

  void offer(long index, Supplier<RowNote> row) {
    if (rows.size() < KEPT || index < rows.last().index()) {
      rows.add(row.get());
      if (rows.size() > KEPT) {
        rows.pollLast();
      }
    }
  }

  void merge(FirstRows other, int[] place) {
    for (RowNote row : other.rows) {
      offer(row.index(), () -> row.with(place));
    }
  }

  List<RowNote> list() {
    return List.copyOf(rows);
  }
}
