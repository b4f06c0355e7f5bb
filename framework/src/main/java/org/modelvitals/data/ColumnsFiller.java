package org.modelvitals.data;

import java.util.Map;
import java.util.regex.Matcher;
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
  private final RowStack stack;
  private @Nullable Tensor tensor;
  private @Nullable Conversions conversions;

  ColumnsFiller(Axes axes, RowSource source, InputSpec.Columns spec) {
    this.axes = axes;
    this.source = source;
    this.spec = spec;
    this.stack = new RowStack(axes, spec.shape());
    this.columns =
        spec.names().stream()
            .mapToInt(name -> source.columns().require(name, source.name()))
            .toArray();
    if (columns.length == 0) {
      throw new DataException(axes + ": 'columns' names no column");
    }
    if (spec.scale() != 1 && !axes.input().type().isFloating()) {
      throw new DataException(axes + ": only floating-point inputs can be scaled");
    }
  }

  @Override
  public Axes axes() {
    return axes;
  }

  @Override
  public Stacking fit(Row first, boolean whole) {
    int size = size(first);
    return stack.fit(whole, size, found(first, size));
  }

  @Override
  public void begin(int capacity) {
    stack.begin(capacity);
  }

  @Override
  public void add(Row row) {
    int size = size(row);
    if (!stack.takes(size)) {
      require(row, size);
    }
    Conversions into = conversions();
    int at = stack.place();
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
  }

  private Conversions conversions() {
    Conversions known = conversions;
    if (known == null || tensor != stack.tensor()) {
      tensor = stack.tensor();
      known = new Conversions(stack.tensor(), spec.scale(), spec.missing());
      conversions = known;
    }
    return known;
  }

  private void require(Row row, int size) {
    try {
      stack.require(size, found(row, size));
    } catch (Misfit e) {
      throw new DataException(
          columns.length == 1
              ? "%s: column '%s' holds %s"
                  .formatted(where(row), name(columns[0]), found(row.cell(columns[0]), e))
              : "%s: the columns %s hold %s"
                  .formatted(where(row), Wording.names(spec.names()), e.getMessage()));
    }
  }

  /** What a cell holds that has not the size it needs; said as it is if it is no array. */
  private static String found(Cell cell, Misfit e) {
    long[] shape = cell.shape();
    if (shape == null || shape.length > 0 || cell.kind() == Cell.Kind.VALUE) {
      return String.valueOf(e.getMessage());
    }
    Object single = cell.toObject();
    String what =
        single instanceof Map
            ? "an object"
            : single instanceof String text ? Wording.quoted(text) : "only " + single;
    return String.valueOf(e.getMessage())
        .replaceFirst("^1 value(?=;)", Matcher.quoteReplacement(single == null ? "null" : what));
  }

  private int size(Row row) {
    int size = 0;
    for (int column : columns) {
      Cell cell = row.cell(column);
      switch (cell.kind()) {
        case TEXT -> unfold(row, column, cell);
        case VALUE -> requireSameType(row, column, cell.modelValue());
        case ABSENT ->
            throw new DataException(
                "%s: the row has no '%s', which %s takes"
                    .formatted(where(row), name(column), axes));
        default -> {}
      }
      size += cell.size();
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
    return stack.finish();
  }
}
