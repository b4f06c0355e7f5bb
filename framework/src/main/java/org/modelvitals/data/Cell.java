package org.modelvitals.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Value;

/**
 * One value of a row: a scalar, or an array flattened in row-major order with its shape. Numbers
 * are kept without boxing, and the memory is used again for the next row.
 */
final class Cell {
  /** How the elements are kept. */
  enum Kind {
    /** The row has no such column. */
    ABSENT,
    /** A single text. */
    TEXT,
    LONGS,
    DOUBLES,
    /** Texts, booleans, nulls, maps and numbers past 64 bits; mixed with others or not. */
    OBJECTS,
    /** A value of the model's own types. */
    VALUE
  }

  /** Longs up to here are doubles without loss. */
  private static final long EXACT = 1L << 53;

  private final Nesting nesting = new Nesting();
  private Kind kind = Kind.ABSENT;
  private int size;
  private String text = "";
  private long[] longs = {};
  private double[] doubles = {};
  private final List<@Nullable Object> objects = new ArrayList<>(0);
  private @Nullable Value value;

  Kind kind() {
    return kind;
  }

  /** The number of elements. */
  int size() {
    return kind == Kind.ABSENT ? 0 : kind == Kind.TEXT ? 1 : size;
  }

  String text() {
    return text;
  }

  long[] longs() {
    return longs;
  }

  double[] doubles() {
    return doubles;
  }

  List<@Nullable Object> objects() {
    return objects;
  }

  Value modelValue() {
    return java.util.Objects.requireNonNull(value);
  }

  void setAbsent() {
    kind = Kind.ABSENT;
  }

  void set(String newText) {
    kind = Kind.TEXT;
    text = newText;
  }

  void set(Value newValue) {
    kind = Kind.VALUE;
    value = newValue;
    size = newValue instanceof org.modelvitals.model.Tensor tensor ? tensor.size() : 1;
  }

  /** Begins a value that is added element by element. */
  void begin() {
    kind = Kind.LONGS;
    size = 0;
    if (!objects.isEmpty()) {
      objects.clear();
    }
    nesting.begin();
  }

  void openArray() {
    nesting.open();
  }

  void closeArray() {
    nesting.close();
  }

  void add(long element) {
    nesting.element();
    if (kind == Kind.LONGS) {
      if (size == longs.length) {
        longs = Arrays.copyOf(longs, Math.max(4, size * 2));
      }
      longs[size++] = element;
    } else if (kind == Kind.DOUBLES && Math.abs(element) <= EXACT) {
      append((double) element);
    } else {
      appendObject(element);
    }
  }

  void add(double element) {
    nesting.element();
    if (kind == Kind.DOUBLES || (kind == Kind.LONGS && toDoubles())) {
      append(element);
    } else {
      appendObject(element);
    }
  }

  void addObject(@Nullable Object element) {
    nesting.element();
    appendObject(element);
  }

  private void append(double element) {
    if (size == doubles.length) {
      doubles = Arrays.copyOf(doubles, Math.max(4, size * 2));
    }
    doubles[size++] = element;
  }

  private void appendObject(@Nullable Object element) {
    if (kind != Kind.OBJECTS) {
      for (int i = 0; i < size; i++) {
        objects.add(number(i));
      }
      kind = Kind.OBJECTS;
    }
    objects.add(element);
    size++;
  }

  /** Keeps the numbers as doubles from now on; false if that would lose digits. */
  private boolean toDoubles() {
    for (int i = 0; i < size; i++) {
      if (Math.abs(longs[i]) > EXACT) {
        return false;
      }
    }
    if (doubles.length < size) {
      doubles = new double[Math.max(4, size * 2)];
    }
    for (int i = 0; i < size; i++) {
      doubles[i] = longs[i];
    }
    kind = Kind.DOUBLES;
    return true;
  }

  /** The elements of a numeric array of {@code count} doubles, to be filled by the caller. */
  double[] fillDoubles(int count, long... shape) {
    begin();
    kind = Kind.DOUBLES;
    size = count;
    if (doubles.length < count) {
      doubles = new double[count];
    }
    nesting.set(shape);
    return doubles;
  }

  /** The elements of a numeric array of {@code count} longs, to be filled by the caller. */
  long[] fillLongs(int count, long... shape) {
    begin();
    size = count;
    if (longs.length < count) {
      longs = new long[count];
    }
    nesting.set(shape);
    return longs;
  }

  /** The elements of an array, none yet: {@code count} of them are to be added by the caller. */
  List<@Nullable Object> fillObjects(int count, long... shape) {
    begin();
    kind = Kind.OBJECTS;
    size = count;
    nesting.set(shape);
    return objects;
  }

  /** The shape; empty for a scalar, null if nested arrays differ in length. */
  long @Nullable [] shape() {
    if (value instanceof org.modelvitals.model.Tensor tensor && kind == Kind.VALUE) {
      return tensor.shape();
    }
    return kind == Kind.TEXT || kind == Kind.ABSENT || kind == Kind.VALUE
        ? new long[0]
        : nesting.shape();
  }

  /** Adds what the cell holds to a fingerprint; a number counts as the same in whatever type. */
  void addTo(Fingerprint print) {
    switch (kind) {
      case ABSENT -> {}
      case TEXT -> print.add(text);
      case LONGS, DOUBLES -> {
        for (int i = 0; i < size; i++) {
          print.add(kind == Kind.DOUBLES ? doubles[i] : (double) longs[i]);
        }
      }
      case OBJECTS -> objects.forEach(element -> print.add(String.valueOf(element)));
      case VALUE -> {
        if (value instanceof org.modelvitals.model.Tensor tensor
            && tensor.type() != org.modelvitals.model.ElementType.STRING) {
          for (int i = 0; i < tensor.size(); i++) {
            print.add(tensor.getDouble(i));
          }
        }
      }
    }
  }

  /** The value for people who know no cells: see {@link Batch#value}. */
  @Nullable Object toObject() {
    if (kind == Kind.ABSENT) {
      return null;
    }
    if (kind == Kind.TEXT) {
      return text;
    }
    if (kind == Kind.VALUE) {
      return value;
    }
    long[] shape = shape();
    if (shape != null && shape.length == 0) {
      return element(0);
    }
    return shape == null ? nesting.lists(this::element) : list(shape, 0, new int[1]);
  }

  private List<@Nullable Object> list(long[] shape, int axis, int[] next) {
    List<@Nullable Object> list = new ArrayList<>();
    for (long i = 0; i < shape[axis]; i++) {
      list.add(axis == shape.length - 1 ? element(next[0]++) : list(shape, axis + 1, next));
    }
    return list;
  }

  /** Element {@code i} of a value that is not a text and not of the model's own types. */
  @Nullable Object element(int i) {
    return kind == Kind.OBJECTS ? objects.get(i) : number(i);
  }

  private Number number(int i) {
    return kind == Kind.DOUBLES ? (Number) doubles[i] : (Number) longs[i];
  }
}
