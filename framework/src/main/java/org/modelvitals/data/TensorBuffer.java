package org.modelvitals.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;

/**
 * A tensor that is used again from batch to batch: the same object while the shape stays, the same
 * memory while it fits.
 */
final class TensorBuffer {
  private final ElementType type;
  private @Nullable Tensor memory;
  private @Nullable Tensor current;

  TensorBuffer(ElementType type) {
    this.type = type;
  }

  /** A tensor of this shape; its elements are what they were, or zeros. */
  Tensor shaped(long... shape) {
    Tensor known = current;
    if (known != null && Arrays.equals(known.shape(), shape)) {
      return known;
    }
    Tensor storage = memory;
    if (storage == null || storage.size() < Shapes.product(shape)) {
      storage = Tensor.allocate(type, shape);
      memory = storage;
    }
    Tensor tensor = Arrays.equals(storage.shape(), shape) ? storage : storage.reshape(shape);
    current = tensor;
    return tensor;
  }
}
