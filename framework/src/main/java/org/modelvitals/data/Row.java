package org.modelvitals.data;

import java.util.ArrayList;
import java.util.List;

/** One row, filled by a {@link RowSource} and used again. */
final class Row {
  private final List<Cell> cells = new ArrayList<>();
  private long position;

  /** Where the source stood when it read the row: a line, or a number that the source knows. */
  long position() {
    return position;
  }

  void begin(long newPosition) {
    position = newPosition;
    for (Cell cell : cells) {
      cell.setAbsent();
    }
  }

  /** Takes over the cells of another row, which is not used any more. */
  void become(Row other) {
    position = other.position;
    cells.clear();
    cells.addAll(other.cells);
  }

  /** A fingerprint of what stands in the cells. */
  long print() {
    Fingerprint print = new Fingerprint();
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).kind() != Cell.Kind.ABSENT) {
        print.add(i);
        cells.get(i).addTo(print);
      }
    }
    return print.value();
  }

  /** The cell of a column; absent if the row does not have it. */
  Cell cell(int column) {
    while (cells.size() <= column) {
      cells.add(new Cell());
    }
    return cells.get(column);
  }
}
