package org.modelvitals.checks.behaviour;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;

/** Copies of tensors, and of some rows of a batch. */
final class Tensors {
  private Tensors() {}

  static Tensor copy(Tensor tensor) {
    Tensor copy = Tensor.allocate(tensor.type(), tensor.shape());
    if (tensor.type() == ElementType.STRING) {
      System.arraycopy(tensor.strings(), 0, copy.strings(), 0, tensor.size());
    } else {
      copy.bytes().duplicate().clear().put(tensor.bytes().duplicate().clear());
    }
    return copy;
  }

  /** These rows along an axis, in this order. */
  static Tensor rows(Tensor tensor, int axis, int... order) {
    long[] shape = tensor.shape();
    int inner = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      inner *= (int) shape[i];
    }
    int outer = 1;
    for (int i = 0; i < axis; i++) {
      outer *= (int) shape[i];
    }
    int along = (int) shape[axis];
    shape[axis] = order.length;
    Tensor rows = Tensor.allocate(tensor.type(), shape);
    for (int o = 0; o < outer; o++) {
      for (int to = 0; to < order.length; to++) {
        copy(tensor, (o * along + order[to]) * inner, rows, (o * order.length + to) * inner, inner);
      }
    }
    return rows;
  }

  private static void copy(Tensor from, int at, Tensor to, int place, int count) {
    if (from.type() == ElementType.STRING) {
      System.arraycopy(from.strings(), at, to.strings(), place, count);
      return;
    }
    int width = from.type().bytes();
    ByteBuffer part =
        from.bytes().duplicate().clear().position(at * width).limit((at + count) * width);
    to.bytes().duplicate().clear().position(place * width).put(part);
  }

  /**
   * These rows of an output, in this order.
   *
   * @param rows how many the batch has
   * @return empty if the output does not have one part for each row
   */
  static Optional<Value> rows(Value value, int axis, int rows, int... order) {
    if (value instanceof Tensor tensor) {
      return tensor.rank() > axis && tensor.dim(axis) == rows
          ? Optional.of(rows(tensor, axis, order))
          : Optional.empty();
    }
    if (value instanceof Value.MapSequence maps && maps.rows().size() == rows) {
      List<Map<Object, Double>> chosen = new ArrayList<>();
      for (int row : order) {
        chosen.add(maps.rows().get(row));
      }
      return Optional.of(new Value.MapSequence(chosen));
    }
    return Optional.empty();
  }
}
