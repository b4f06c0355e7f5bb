package org.modelvitals.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A dense tensor in row-major order, over a direct buffer in native byte order, so that the runtime
 * reads and writes it without a copy. Strings are kept in an array.
 *
 * <p>A tensor is a view of its memory: whoever allocated it may fill it again for the next batch.
 * float16 and bfloat16 are kept as their 16 bits; {@link #getDouble} and {@link #setDouble}
 * convert.
 */
public final class Tensor implements Value {
  private final ElementType type;
  private final long[] shape;
  private final int size;
  private final @Nullable ByteBuffer bytes;
  private final String @Nullable [] strings;

  private Tensor(
      ElementType type, long[] shape, @Nullable ByteBuffer bytes, String @Nullable [] strings) {
    this.type = type;
    this.shape = shape.clone();
    this.size = sizeOf(shape);
    this.bytes = bytes;
    this.strings = strings;
  }

  /** A tensor of zeros, of false or of empty strings. */
  public static Tensor allocate(ElementType type, long... shape) {
    int size = sizeOf(shape);
    if (type == ElementType.STRING) {
      String[] strings = new String[size];
      Arrays.fill(strings, "");
      return new Tensor(type, shape, null, strings);
    }
    if (type == ElementType.OTHER) {
      throw new IllegalArgumentException("tensors of this element type cannot be made here");
    }
    long wanted = (long) size * type.bytes();
    if (wanted > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a tensor of %s%s needs %d bytes, more than one buffer holds"
              .formatted(type, Arrays.toString(shape), wanted));
    }
    return new Tensor(
        type,
        shape,
        ByteBuffer.allocateDirect(Math.toIntExact(wanted)).order(ByteOrder.nativeOrder()),
        null);
  }

  /**
   * A tensor over {@code bytes}, which is direct, in native order, and of the size of the shape.
   */
  public static Tensor wrap(ElementType type, ByteBuffer bytes, long... shape) {
    if (!bytes.isDirect() || bytes.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException("the buffer must be direct and in native byte order");
    }
    if (bytes.capacity() != (long) sizeOf(shape) * type.bytes()) {
      throw new IllegalArgumentException(
          "%d bytes do not hold %s%s".formatted(bytes.capacity(), type, Arrays.toString(shape)));
    }
    return new Tensor(type, shape, bytes, null);
  }

  public static Tensor ofStrings(String[] strings, long... shape) {
    if (strings.length != sizeOf(shape)) {
      throw new IllegalArgumentException(
          "%d strings do not fill %s".formatted(strings.length, Arrays.toString(shape)));
    }
    return new Tensor(ElementType.STRING, shape, null, strings);
  }

  public static Tensor ofFloats(float[] values, long... shape) {
    Tensor tensor = allocate(ElementType.FLOAT32, shape);
    for (int i = 0; i < values.length; i++) {
      tensor.setDouble(i, values[i]);
    }
    return tensor;
  }

  public static Tensor ofLongs(long[] values, long... shape) {
    Tensor tensor = allocate(ElementType.INT64, shape);
    for (int i = 0; i < values.length; i++) {
      tensor.setLong(i, values[i]);
    }
    return tensor;
  }

  private static int sizeOf(long[] shape) {
    long size = 1;
    for (long dim : shape) {
      if (dim < 0) {
        throw new IllegalArgumentException("negative dimension in " + Arrays.toString(shape));
      }
      size = Math.multiplyExact(size, dim);
    }
    return Math.toIntExact(size);
  }

  public ElementType type() {
    return type;
  }

  public long[] shape() {
    return shape.clone();
  }

  public int rank() {
    return shape.length;
  }

  public long dim(int axis) {
    return shape[axis < 0 ? shape.length + axis : axis];
  }

  /** The number of elements. */
  public int size() {
    return size;
  }

  /** The memory of a tensor that is not of strings. */
  public ByteBuffer bytes() {
    if (bytes == null) {
      throw new IllegalStateException("a tensor of strings has no buffer");
    }
    return bytes;
  }

  /** The elements of a tensor of strings. */
  public String[] strings() {
    if (strings == null) {
      throw new IllegalStateException("a tensor of " + type + " has no strings");
    }
    return strings;
  }

  /** The same memory seen in another shape of the same size, or a leading part of it. */
  public Tensor reshape(long... newShape) {
    int wanted = sizeOf(newShape);
    if (wanted > size) {
      throw new IllegalArgumentException(
          "%s does not fit into %s".formatted(Arrays.toString(newShape), this));
    }
    if (bytes == null) {
      return new Tensor(type, newShape, null, Arrays.copyOf(strings(), wanted));
    }
    ByteBuffer part =
        bytes.duplicate().clear().limit(wanted * type.bytes()).slice().order(bytes.order());
    return new Tensor(type, newShape, part, null);
  }

  /** Element {@code i} in row-major order as a number; booleans are 0 and 1. */
  public double getDouble(int i) {
    ByteBuffer memory = bytes();
    return switch (type) {
      case FLOAT32 -> memory.getFloat(i * 4);
      case FLOAT64 -> memory.getDouble(i * 8);
      case FLOAT16 -> HalfPrecision.float16ToFloat(memory.getShort(i * 2));
      case BFLOAT16 -> HalfPrecision.bfloat16ToFloat(memory.getShort(i * 2));
      case UINT64 -> unsignedToDouble(memory.getLong(i * 8));
      default -> (double) getLong(i);
    };
  }

  /** Element {@code i} as an integer; floating-point values are cut off towards zero. */
  public long getLong(int i) {
    ByteBuffer memory = bytes();
    return switch (type) {
      case INT64, UINT64 -> memory.getLong(i * 8);
      case INT32 -> memory.getInt(i * 4);
      case UINT32 -> Integer.toUnsignedLong(memory.getInt(i * 4));
      case INT16 -> memory.getShort(i * 2);
      case UINT16 -> Short.toUnsignedLong(memory.getShort(i * 2));
      case INT8 -> memory.get(i);
      case UINT8, BOOL -> Byte.toUnsignedLong(memory.get(i));
      default -> (long) getDouble(i);
    };
  }

  public void setDouble(int i, double value) {
    ByteBuffer memory = bytes();
    switch (type) {
      case FLOAT32 -> memory.putFloat(i * 4, (float) value);
      case FLOAT64 -> memory.putDouble(i * 8, value);
      case FLOAT16 -> memory.putShort(i * 2, HalfPrecision.floatToFloat16((float) value));
      case BFLOAT16 -> memory.putShort(i * 2, HalfPrecision.floatToBfloat16((float) value));
      default -> setLong(i, (long) value);
    }
  }

  public void setLong(int i, long value) {
    ByteBuffer memory = bytes();
    switch (type) {
      case INT64, UINT64 -> memory.putLong(i * 8, value);
      case INT32, UINT32 -> memory.putInt(i * 4, (int) value);
      case INT16, UINT16 -> memory.putShort(i * 2, (short) value);
      case INT8, UINT8 -> memory.put(i, (byte) value);
      case BOOL -> memory.put(i, (byte) (value == 0 ? 0 : 1));
      default -> setDouble(i, (double) value);
    }
  }

  private static double unsignedToDouble(long bits) {
    return bits >= 0 ? (double) bits : (double) ((bits >>> 1) | (bits & 1)) * 2.0;
  }

  @Override
  public String toString() {
    return type + Arrays.toString(shape);
  }
}
