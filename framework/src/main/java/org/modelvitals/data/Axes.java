package org.modelvitals.data;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ValueInfo;

/** The dimensions of an input, with the sizes of named free ones put in where they are given. */
final class Axes {
  static final long FREE = -1;

  private final ValueInfo input;
  private final long[] sizes;

  Axes(ValueInfo input, Map<String, Long> dimensions) {
    this.input = input;
    this.sizes =
        input.shape().stream()
            .mapToLong(
                dim ->
                    dim.isFree() && dim.name() != null
                        ? dimensions.getOrDefault(dim.name(), FREE)
                        : dim.size())
            .toArray();
  }

  ValueInfo input() {
    return input;
  }

  int rank() {
    return sizes.length;
  }

  /** The size of an axis, or {@link #FREE}. */
  long size(int axis) {
    return sizes[axis];
  }

  long[] sizes() {
    return sizes.clone();
  }

  @Nullable String name(int axis) {
    Dim dim = input.shape().get(axis);
    return dim.name();
  }

  /** Whether the first axis may have any size, and so takes rows one after the other. */
  boolean stacks() {
    return rank() > 0 && sizes[0] == FREE;
  }

  /** Whether a tensor of this shape may be fed. */
  boolean allows(long[] shape) {
    return Shapes.allows(sizes, shape);
  }

  /** {@code input 'image' float32[batch, 1, 8, 8]}. */
  @Override
  public String toString() {
    return "input '%s' %s".formatted(input.name(), input.description());
  }
}
