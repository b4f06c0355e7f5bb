package org.modelvitals.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Arithmetic with shapes in which {@link Axes#FREE} stands for any size. */
final class Shapes {
  private Shapes() {}

  /** The product of the sizes that are not free. */
  static long product(long[] shape) {
    long product = 1;
    for (long size : shape) {
      product = size == Axes.FREE ? product : Math.multiplyExact(product, size);
    }
    return product;
  }

  static int free(long[] shape) {
    return (int) Arrays.stream(shape).filter(size -> size == Axes.FREE).count();
  }

  static long[] withoutOnes(long[] shape) {
    return Arrays.stream(shape).filter(size -> size != 1).toArray();
  }

  static long[] tail(long[] shape) {
    return Arrays.copyOfRange(shape, 1, shape.length);
  }

  static long[] prepend(long first, long[] rest) {
    long[] shape = new long[rest.length + 1];
    shape[0] = first;
    System.arraycopy(rest, 0, shape, 1, rest.length);
    return shape;
  }

  /** Whether {@code shape} is one that {@code declared} describes. */
  static boolean allows(long[] declared, long[] shape) {
    if (declared.length != shape.length) {
      return false;
    }
    for (int axis = 0; axis < shape.length; axis++) {
      if (declared[axis] != Axes.FREE && declared[axis] != shape[axis]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The shape that {@code size} elements have.
   *
   * @param declared the shape they must have, with free axes
   * @param found their own shape in the dataset, leading ones not minded; null if they have none
   * @return null if they do not fit, or if more than one axis is free and {@code found} does not
   *     tell
   */
  static long @Nullable [] resolve(long[] declared, long size, long @Nullable [] found) {
    if (found != null) {
      int extra = 0;
      while (found.length - extra > declared.length && found[extra] == 1) {
        extra++;
      }
      long[] core = Arrays.copyOfRange(found, extra, found.length);
      if (allows(declared, core)) {
        return core;
      }
    }
    long known = product(declared);
    int free = free(declared);
    if (free == 0) {
      return known == size ? declared : null;
    }
    if (free > 1 || known == 0 || size % known != 0) {
      return null;
    }
    return Arrays.stream(declared).map(n -> n == Axes.FREE ? size / known : n).toArray();
  }
}
