package org.modelvitals.data;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;

/**
 * A tensor that is used again from batch to batch: the same object while the shape stays, the same
 * memory while it fits.
 */
final class TensorBuffer {
  private final Axes axes;
  private @Nullable Tensor memory;
  private @Nullable Tensor current;

  TensorBuffer(Axes axes) {
    this.axes = axes;
  }

  /**
   * A tensor of this shape; its elements are what they were, or zeros.
   *
   * @throws DataException if no tensor can be so large
   */
  Tensor shaped(long... shape) {
    Tensor known = current;
    if (known != null && Arrays.equals(known.shape(), shape)) {
      return known;
    }
    requirePossible(axes, shape);
    Tensor storage = memory;
    if (storage == null || storage.size() < Shapes.product(shape)) {
      storage = Tensor.allocate(axes.input().type(), shape);
      memory = storage;
    }
    Tensor tensor = Arrays.equals(storage.shape(), shape) ? storage : storage.reshape(shape);
    current = tensor;
    return tensor;
  }

  /** Refuses a shape whose elements one buffer cannot hold. */
  static void requirePossible(Axes axes, long... shape) {
    ElementType type = axes.input().type();
    BigInteger bytes =
        Arrays.stream(shape)
            .mapToObj(BigInteger::valueOf)
            .reduce(BigInteger.valueOf(Math.max(1, type.bytes())), BigInteger::multiply);
    if (bytes.bitLength() > 31) {
      throw new DataException(
          "%s would be fed the shape %s, which takes %,d bytes; a tensor has at most %,d: make batch or shape smaller"
              .formatted(axes, Wording.shape(shape), bytes, Integer.MAX_VALUE));
    }
  }
}
