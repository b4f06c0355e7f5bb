package org.modelvitals.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.InputFiller.Stacking;
import org.modelvitals.model.Tensor;

/** The tensor of a batch, into which rows are put one after the other. */
final class RowStack {
  private final Axes axes;
  private final List<Long> declared;
  private final TensorBuffer buffer;
  private @Nullable RowShape shape;
  private @Nullable Tensor tensor;
  private int capacity;
  private int rows;

  /** Of the rows of this batch. */
  private long[] rowShape = {};

  private int rowSize;

  /**
   * @param declared the shape of one row; empty if the declaration does not say
   */
  RowStack(Axes axes, List<Long> declared) {
    this.axes = axes;
    this.declared = declared;
    this.buffer = new TensorBuffer(axes);
  }

  /**
   * Decides how rows lie in the tensor.
   *
   * @param whole whether rows are whole tensors in any case
   * @param size the number of elements in the first row
   * @param found the shape that the first row has in the dataset, null if it has none
   */
  Stacking fit(boolean whole, int size, long @Nullable [] found) {
    RowShape decided = RowShape.of(axes, declared, whole, size, found);
    shape = decided;
    return new Stacking(decided.fixedRows(), decided.varies());
  }

  private RowShape shape() {
    return Objects.requireNonNull(shape, "fit comes first");
  }

  void begin(int newCapacity) {
    capacity = newCapacity;
    rows = 0;
  }

  /** Whether a row of this size needs no closer look. */
  boolean takes(int size) {
    return rows > 0 && size == rowSize && !shape().varies();
  }

  /**
   * Looks closer at a row.
   *
   * @throws Misfit if it does not fit the input, or the rows before it
   */
  void require(int size, long @Nullable [] found) {
    long[] next = shape().resolve(size, found);
    if (rows > 0 && !Arrays.equals(next, rowShape)) {
      throw new Misfit(
          "values of shape %s for %s; the rows before it in the batch have %s, and rows of different shapes need batch: 1"
              .formatted(Wording.shape(next), axes, Wording.shape(rowShape)));
    }
    if (rows == 0) {
      rowShape = next;
      rowSize = size;
      tensor = buffer.shaped(shape().whole() ? next : Shapes.prepend(capacity, next));
    }
  }

  /** The tensor of the batch, for as many rows as it may have. */
  Tensor tensor() {
    return Objects.requireNonNull(tensor);
  }

  /** Takes the place of the next row; returns the index of its first element. */
  int place() {
    return rows++ * rowSize;
  }

  /** The tensor of the rows that were placed. */
  Tensor finish() {
    return rows == capacity ? tensor() : tensor().reshape(Shapes.prepend(rows, rowShape));
  }
}
