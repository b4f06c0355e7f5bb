package org.modelvitals.data;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;

/** Fills an input from columns: their values in order, converted to the input's type. */
final class ColumnsFiller implements InputFiller.OfRows {
  private final Axes axes;
  private final RowSource source;
  private final InputSpec.Columns spec;
  private final int[] columns;
  private final TensorBuffer buffer;
  private @Nullable RowShape shape;
  private @Nullable Conversions conversions;
  private @Nullable Tensor tensor;

  private int capacity;
  private int added;

  /** Of the rows of this batch. */
  private long[] rowShape = {};

  private int rowSize;

  ColumnsFiller(Axes axes, RowSource source, InputSpec.Columns spec) {
    this.axes = axes;
    this.source = source;
    this.spec = spec;
    this.columns =
        spec.names().stream()
            .mapToInt(name -> source.columns().require(name, source.name()))
            .toArray();
    ElementType type = axes.input().type();
    if (columns.length == 0) {
      throw new DataException(axes + ": 'columns' names no column");
    }
    if (spec.scale() != 1 && !type.isFloating()) {
      throw new DataException(axes + ": only floating-point inputs can be scaled");
    }
    this.buffer = new TensorBuffer(type);
  }

  @Override
  public Axes axes() {
    return axes;
  }

  @Override
  public Stacking fit(Row first, boolean whole) {
    int size = size(first);
    RowShape decided = RowShape.of(axes, spec.shape(), whole, size, found(first, size));
    shape = decided;
    return new Stacking(decided.fixedRows(), decided.varies());
  }

  private RowShape shape() {
    return java.util.Objects.requireNonNull(shape, "fit comes first");
  }

  @Override
  public void begin(int newCapacity) {
    capacity = newCapacity;
    added = 0;
  }

  @Override
  public void add(Row row) {
    int size = size(row);
    if (added == 0) {
      firstOfBatch(row, size);
    } else if (size != rowSize || shape().varies()) {
      requireSameShape(row, size);
    }
    Conversions into = java.util.Objects.requireNonNull(conversions);
    int at = added * rowSize;
    for (int column : columns) {
      Cell cell = row.cell(column);
      try {
        into.write(cell, at);
      } catch (Misfit e) {
        throw new DataException(
            "%s: column '%s' holds %s; %s takes %s"
                .formatted(
                    where(row), name(column), e.getMessage(), axes, wanted(axes.input().type())));
      }
      at += cell.size();
    }
    added++;
  }

  private void firstOfBatch(Row row, int size) {
    rowShape = resolve(row, size);
    rowSize = size;
    Tensor known = tensor;
    Tensor next =
        shape().whole()
            ? buffer.shaped(rowShape)
            : buffer.shaped(Shapes.prepend(capacity, rowShape));
    if (next != known) {
      tensor = next;
      conversions = new Conversions(next, spec.scale(), spec.missing());
    }
  }

  private void requireSameShape(Row row, int size) {
    long[] next = resolve(row, size);
    if (!Arrays.equals(next, rowShape)) {
      throw new DataException(
          "%s: the values for %s have the shape %s, those of the rows before in the batch have %s;"
                  .formatted(where(row), axes, Wording.shape(next), Wording.shape(rowShape))
              + " rows of different lengths need batch: 1");
    }
  }

  private long[] resolve(Row row, int size) {
    try {
      return shape().resolve(size, found(row, size));
    } catch (Misfit e) {
      throw new DataException(
          "%s: %s %s %s"
              .formatted(
                  where(row),
                  columns.length == 1
                      ? "column '" + name(columns[0]) + "'"
                      : "the columns " + Wording.names(spec.names()),
                  columns.length == 1 ? "holds" : "hold",
                  e.getMessage()));
    }
  }

  private int size(Row row) {
    int size = 0;
    for (int column : columns) {
      Cell cell = row.cell(column);
      if (cell.kind() == Cell.Kind.TEXT) {
        unfold(row, column, cell);
      } else if (cell.kind() == Cell.Kind.ABSENT) {
        throw new DataException(
            "%s: the row has no '%s', which %s takes".formatted(where(row), name(column), axes));
      }
      size += cell.size();
      if (cell.kind() == Cell.Kind.VALUE) {
        requireSameType(row, column, cell.modelValue());
      }
    }
    return size;
  }

  /** What is a tensor already is not converted: its type is part of what is tested. */
  private void requireSameType(Row row, int column, Value value) {
    if (!(value instanceof Tensor given)) {
      throw new DataException(
          "%s: '%s' is no tensor; only tensors can be fed".formatted(where(row), name(column)));
    }
    if (given.type() != axes.input().type()) {
      throw new DataException(
          "%s: '%s' is a tensor of %s; %s takes that type only"
              .formatted(where(row), name(column), given, axes));
    }
  }

  /** A text of a CSV that is an array in JSON's notation, which pandas writes, becomes one. */
  private void unfold(Row row, int column, Cell cell) {
    String text = cell.text();
    if (text.isEmpty() || text.charAt(0) != '[' || axes.input().type() == ElementType.STRING) {
      return;
    }
    try {
      JsonCells.readArray(text, cell);
    } catch (Misfit e) {
      throw new DataException(
          "%s: column '%s' holds %s, which is no array in JSON's notation"
              .formatted(where(row), name(column), e.getMessage()));
    }
  }

  private long @Nullable [] found(Row row, int size) {
    return columns.length == 1 ? row.cell(columns[0]).shape() : new long[] {size};
  }

  private String name(int column) {
    return source.columns().name(column);
  }

  private String where(Row row) {
    return source.where(source.name(), row.position());
  }

  /** What a type takes, in words. */
  static String wanted(ElementType type) {
    return switch (type) {
      case STRING -> "texts";
      case BOOL -> "true or false";
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> "numbers";
      default -> "whole numbers of " + type;
    };
  }

  @Override
  public Tensor finish(long firstRow, int rows, Map<String, Long> sizes) {
    Tensor full = java.util.Objects.requireNonNull(tensor);
    return rows == capacity ? full : full.reshape(Shapes.prepend(rows, rowShape));
  }
}
