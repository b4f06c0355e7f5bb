package org.modelvitals.data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Tensor;

/** Makes an input without a dataset. Fills the tensor anew only when it has to. */
abstract class GeneratedFiller implements InputFiller {
  private final Axes axes;
  private final long[] declared;
  private final TensorBuffer buffer;
  private final boolean changes;
  private @Nullable Tensor last;

  /**
   * @param declared the whole tensor's shape; empty if the signature tells
   * @param changes whether the values differ from batch to batch
   */
  GeneratedFiller(Axes axes, List<Long> declared, boolean changes) {
    this.axes = axes;
    this.declared = declared.stream().mapToLong(Long::longValue).toArray();
    this.changes = changes;
    this.buffer = new TensorBuffer(axes);
    if (declared.stream().anyMatch(size -> size < 0)) {
      throw new DataException(
          "%s cannot have the shape %s; a size is 0 or more".formatted(axes, declared));
    }
    if (!declared.isEmpty() && !axes.allows(this.declared)) {
      throw new DataException(
          "%s cannot have the shape %s".formatted(axes, Wording.shape(this.declared)));
    }
  }

  @Override
  public final Axes axes() {
    return axes;
  }

  @Override
  public Tensor finish(long firstRow, int rows, Map<String, Long> sizes) {
    Tensor tensor = buffer.shaped(shape(rows, sizes));
    if (changes || tensor != last) {
      fill(tensor, firstRow, rows);
      last = tensor;
    }
    return tensor;
  }

  /** Refuses batches that no tensor can hold, before any row of one is made. */
  void requirePossible(int batch) {
    if (declared.length == 0 && axes.stacks() && firstAxisIsBatch()) {
      long[] least = axes.sizes();
      Arrays.setAll(least, axis -> axis == 0 ? batch : Math.abs(least[axis]));
      TensorBuffer.requirePossible(axes, least);
    }
  }

  abstract void fill(Tensor tensor, long firstRow, int rows);

  /** The declared shape, or the signature's with its free axes filled in. */
  private long[] shape(int rows, Map<String, Long> sizes) {
    return declared.length > 0
        ? declared
        : complete(axes, firstAxisIsBatch() ? rows : 0, sizes, this::free);
  }

  /**
   * The size of a free axis of which nothing is known.
   *
   * @return -1 if it cannot be said
   */
  long free(int axis) {
    return Axes.FREE;
  }

  /** Whether a free first axis is as long as the batch. */
  boolean firstAxisIsBatch() {
    return true;
  }

  /** How a filler sizes the axes of which nothing is known. */
  interface FreeAxis {
    long size(int axis);
  }

  /**
   * The signature's shape: free axes have the size of their name, the first one that of a batch.
   */
  static long[] complete(Axes axes, int rows, Map<String, Long> sizes, FreeAxis free) {
    long[] shape = axes.sizes();
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] != Axes.FREE) {
        continue;
      }
      String name = axes.name(axis);
      long size = name == null ? Axes.FREE : sizes.getOrDefault(name, Axes.FREE);
      size = size == Axes.FREE && axis == 0 && rows > 0 ? rows : size;
      size = size == Axes.FREE ? free.size(axis) : size;
      if (size == Axes.FREE) {
        throw new DataException(
            "%s: the size of %s is not known; give the whole shape%s"
                .formatted(
                    axes,
                    name == null ? "dimension " + axis : "dimension '" + name + "'",
                    name == null ? "" : ", or set the dimension"));
      }
      shape[axis] = size;
    }
    return shape;
  }

  /** Whether a tensor has one part for each row of the batch. */
  boolean perRow(Tensor tensor, int rows) {
    return axes.stacks() && tensor.dim(0) == rows;
  }
}
