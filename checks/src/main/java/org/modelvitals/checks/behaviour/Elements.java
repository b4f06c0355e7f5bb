package org.modelvitals.checks.behaviour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;

/** A value of a model as a flat list of elements, each of which is a number or a text. */
sealed interface Elements {

  int size();

  /** What the value is, in words: {@code float32[1, 10]}. */
  String description();

  /** Whether elements are integers, booleans or texts, which are equal or not. */
  boolean isExact();

  boolean isText();

  /** The element as a number; booleans are 0 and 1. Not for texts. */
  double number(int i);

  /** Whether the element is exactly the one of {@code other}. */
  boolean isSame(int i, Elements other);

  /** The element for people to read, exactly. */
  String text(int i);

  /**
   * Where the element stands: {@code [0, 3]}.
   *
   * @param ofRows whether the first axis is that of rows, which is left out then
   */
  String place(int i, boolean ofRows);

  /** How many elements there are along the last axis; 1 for scalars. */
  int width();

  /** A tensor as one list; a sequence of tensors as several; maps as their values in a row. */
  static List<Elements> of(Value value) {
    if (value instanceof Tensor tensor) {
      return List.of(new OfTensor(tensor, ""));
    }
    if (value instanceof Value.TensorSequence sequence) {
      List<Elements> parts = new ArrayList<>();
      for (Tensor tensor : sequence.tensors()) {
        parts.add(new OfTensor(tensor, "(" + parts.size() + ")"));
      }
      return parts;
    }
    if (value instanceof Value.MapSequence maps) {
      return List.of(OfMaps.of(maps));
    }
    return List.of();
  }

  /** The shape of the whole, in words. */
  static String describe(Value value) {
    if (value instanceof Value.TensorSequence sequence) {
      return sequence.tensors().stream()
          .map(Tensor::toString)
          .collect(Collectors.joining(", ", "sequence of (", ")"));
    }
    return value instanceof Value.Absent
        ? "no value"
        : of(value).stream().map(Elements::description).collect(Collectors.joining());
  }

  /** The elements of a tensor, in row-major order. */
  record OfTensor(Tensor tensor, String prefix) implements Elements {
    @Override
    public int size() {
      return tensor.size();
    }

    @Override
    public String description() {
      return tensor.toString();
    }

    @Override
    public boolean isExact() {
      return !tensor.type().isFloating();
    }

    @Override
    public boolean isText() {
      return tensor.type() == ElementType.STRING;
    }

    @Override
    public double number(int i) {
      return tensor.getDouble(i);
    }

    @Override
    public boolean isSame(int i, Elements other) {
      if (!(other instanceof OfTensor that)) {
        return text(i).equals(other.text(i));
      }
      if (isText() || that.isText()) {
        return isText() && that.isText() && tensor.strings()[i].equals(that.tensor.strings()[i]);
      }
      boolean exactly = isExact() && that.isExact();
      return exactly
          ? tensor.getLong(i) == that.tensor.getLong(i)
          : Double.compare(number(i), that.number(i)) == 0;
    }

    @Override
    public String text(int i) {
      return switch (tensor.type()) {
        case STRING -> tensor.strings()[i];
        case BOOL -> Boolean.toString(tensor.getLong(i) != 0);
        case UINT64 -> Long.toUnsignedString(tensor.getLong(i));
        case FLOAT64 -> Double.toString(tensor.getDouble(i));
        case FLOAT32, FLOAT16, BFLOAT16 -> Float.toString((float) tensor.getDouble(i));
        default -> Long.toString(tensor.getLong(i));
      };
    }

    @Override
    public String place(int i, boolean ofRows) {
      long[] shape = tensor.shape();
      long[] at = new long[shape.length];
      long rest = i;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        at[axis] = rest % shape[axis];
        rest /= shape[axis];
      }
      return prefix + Arrays.toString(ofRows ? Arrays.copyOfRange(at, 1, at.length) : at);
    }

    @Override
    public int width() {
      return tensor.rank() == 0 ? 1 : Math.toIntExact(tensor.dim(-1));
    }
  }

  /** The values of a sequence of maps, by the order of their keys. */
  record OfMaps(List<List<String>> keys, List<Double> values) implements Elements {
    static OfMaps of(Value.MapSequence maps) {
      List<List<String>> keys = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (Map<Object, Double> row : maps.rows()) {
        keys.add(row.keySet().stream().map(Object::toString).toList());
        values.addAll(row.values());
      }
      return new OfMaps(keys, values);
    }

    @Override
    public int size() {
      return values.size();
    }

    @Override
    public String description() {
      return "sequence of %d maps with %s"
          .formatted(keys.size(), keys.stream().distinct().toList());
    }

    @Override
    public boolean isExact() {
      return false;
    }

    @Override
    public boolean isText() {
      return false;
    }

    @Override
    public double number(int i) {
      return values.get(i);
    }

    @Override
    public boolean isSame(int i, Elements other) {
      return !other.isText() && Double.compare(values.get(i), other.number(i)) == 0;
    }

    @Override
    public String text(int i) {
      return Double.toString(values.get(i));
    }

    @Override
    public String place(int i, boolean ofRows) {
      int rest = i;
      for (int row = 0; row < keys.size(); row++) {
        if (rest < keys.get(row).size()) {
          String key = "{" + keys.get(row).get(rest) + "}";
          return ofRows ? key : "[" + row + "]" + key;
        }
        rest -= keys.get(row).size();
      }
      throw new IndexOutOfBoundsException(i);
    }

    @Override
    public int width() {
      return keys.isEmpty() ? 1 : keys.get(0).size();
    }
  }
}
