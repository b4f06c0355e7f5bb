package org.modelvitals.data;

import org.jspecify.annotations.Nullable;

/** Where the value of a field goes. A field that is given none is null. */
final class ParquetSlot {
  private Cell cell = new Cell();
  private boolean filled;

  void to(Cell newCell) {
    cell = newCell;
  }

  /** Begins the value of another row. */
  void begin() {
    cell.begin();
    filled = false;
  }

  /** Begins an element of the value's arrays. */
  void beginElement() {
    filled = false;
  }

  /** Ends a value or an element: it is null if nothing came. */
  void end() {
    if (!filled) {
      cell.addObject(null);
      filled = true;
    }
  }

  void openArray() {
    cell.openArray();
    filled = true;
  }

  void closeArray() {
    cell.closeArray();
    filled = true;
  }

  void add(long value) {
    filled = true;
    cell.add(value);
  }

  void add(double value) {
    filled = true;
    cell.add(value);
  }

  void addObject(Object value) {
    filled = true;
    cell.addObject(value);
  }

  @Nullable Object value() {
    return cell.toObject();
  }
}
