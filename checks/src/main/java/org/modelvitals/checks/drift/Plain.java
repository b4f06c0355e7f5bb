package org.modelvitals.checks.drift;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.slices.SliceValues;

/** Values of datasets in the few forms that are compared. */
final class Plain {
  private Plain() {}

  /** A {@code Double}, a {@code double[]}, a {@code String}, or null where there is none. */
  static @Nullable Object of(@Nullable Object value) {
    if (value == null || SliceValues.isMissing(value)) {
      return null;
    }
    if (value instanceof List<?> list) {
      double[] vector = vector(list);
      return vector == null ? list.toString() : vector;
    }
    return SliceValues.number(value).isPresent()
        ? (Object) SliceValues.number(value).getAsDouble()
        : SliceValues.text(value);
  }

  private static double @Nullable [] vector(List<?> list) {
    java.util.stream.DoubleStream.Builder numbers = java.util.stream.DoubleStream.builder();
    return flatten(list, numbers) ? numbers.build().toArray() : null;
  }

  private static boolean flatten(List<?> list, java.util.stream.DoubleStream.Builder into) {
    for (Object item : list) {
      if (item instanceof Number number) {
        into.add(number.doubleValue());
      } else if (!(item instanceof List<?> inner && flatten(inner, into))) {
        return false;
      }
    }
    return true;
  }
}
