package org.modelvitals.checks.behaviour;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;

/** The type and shape that an output had, with dimensions that were not always the same open. */
final class ShapeSeen {
  private static final long OPEN = -1;
  private static final long ROWS = -2;

  private @Nullable String type;
  private long @Nullable [] dims;

  void add(Value value, int rows) {
    if (value instanceof Tensor tensor) {
      long[] shape = tensor.shape();
      if (shape.length > 0 && shape[0] == rows) {
        shape[0] = ROWS;
      }
      add(tensor.type().toString(), shape);
    } else {
      add(Elements.describe(value), null);
    }
  }

  private void add(String seen, long @Nullable [] shape) {
    if (type == null) {
      type = seen;
      dims = shape;
      return;
    }
    long[] before = dims;
    if (!type.equals(seen) || before == null || shape == null || before.length != shape.length) {
      boolean same = type.equals(seen) && before == null && shape == null;
      type = same ? type : "of several types and ranks";
      dims = null;
      return;
    }
    for (int i = 0; i < before.length; i++) {
      before[i] = before[i] == shape[i] ? before[i] : OPEN;
    }
  }

  void merge(ShapeSeen other) {
    if (other.type != null) {
      add(other.type, other.dims == null ? null : other.dims.clone());
    }
  }

  @Override
  public String toString() {
    long[] shape = dims;
    String words = type == null ? "never seen" : type;
    return shape == null
        ? words
        : LongStream.of(shape)
            .mapToObj(dim -> dim == ROWS ? "rows" : dim == OPEN ? "?" : Long.toString(dim))
            .collect(Collectors.joining(", ", words + "[", "]"));
  }
}
