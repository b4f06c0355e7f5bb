package org.modelvitals.language;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;

/** Memory for tensors of one type that are needed one after the other, in changing shapes. */
final class Room {
  private final ElementType type;
  private @Nullable Tensor memory;
  private @Nullable Tensor view;
  private long[] shape = {};

  Room(ElementType type) {
    this.type = type;
  }

  /** A tensor of a shape; the same one as the last time if its shape was the same. */
  Tensor of(long... wanted) {
    if (view != null && Arrays.equals(shape, wanted)) {
      return view;
    }
    long size = 1;
    for (long dim : wanted) {
      size *= dim;
    }
    if (memory == null || memory.size() < size) {
      memory = Tensor.allocate(type, Math.max(size, memory == null ? 0 : more(memory.size())));
    }
    shape = wanted.clone();
    view = memory.reshape(wanted);
    return view;
  }

  /** Twice of what was there, so that growing by one place at a time costs nothing. */
  private long more(long elements) {
    return Math.min(2 * elements, Integer.MAX_VALUE / type.bytes());
  }

  /** Whether a tensor of so many elements fits into the memory that is there. */
  boolean holds(long size) {
    return memory != null && memory.size() >= size;
  }
}
