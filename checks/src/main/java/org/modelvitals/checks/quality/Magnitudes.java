package org.modelvitals.checks.quality;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that are not negative, for their median: all are kept up to a limit; past it they are
 * counted in bins of their leading bits, 1 part in 1024 wide. What comes out does not depend on the
 * order of rows or of merges.
 */
final class Magnitudes {
  /** How many numbers are kept. */
  static final int LIMIT = 1 << 20;

  private static final int DROPPED_BITS = 52 - 10;

  private final int limit;
  private double[] values = new double[16];
  private int size;
  private @Nullable NavigableMap<Long, Long> bins;

  Magnitudes() {
    this(LIMIT);
  }

  Magnitudes(int limit) {
    this.limit = limit;
  }

  void add(double value) {
    NavigableMap<Long, Long> counts = bins;
    if (counts != null) {
      counts.merge(bin(value), 1L, Long::sum);
      return;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, size + size / 2);
    }
    values[size++] = value;
    if (size > limit) {
      collapse();
    }
  }

  void merge(Magnitudes other) {
    NavigableMap<Long, Long> theirs = other.bins;
    if (theirs != null) {
      NavigableMap<Long, Long> mine = collapse();
      theirs.forEach((bin, count) -> mine.merge(bin, count, Long::sum));
      return;
    }
    for (int i = 0; i < other.size; i++) {
      add(other.values[i]);
    }
  }

  private NavigableMap<Long, Long> collapse() {
    NavigableMap<Long, Long> counts = bins;
    if (counts == null) {
      counts = new TreeMap<>();
      for (int i = 0; i < size; i++) {
        counts.merge(bin(values[i]), 1L, Long::sum);
      }
      bins = counts;
      values = new double[0];
      size = 0;
    }
    return counts;
  }

  /** The leading bits of a number; they order numbers that are not negative as their values do. */
  private static long bin(double value) {
    return Double.doubleToLongBits(value + 0.0) >>> DROPPED_BITS;
  }

  /** All numbers in ascending order; null if there were too many to keep. */
  double @Nullable [] sorted() {
    if (bins != null) {
      return null;
    }
    double[] copy = Arrays.copyOf(values, size);
    Arrays.sort(copy);
    return copy;
  }

  /** The median to 1 part in 1024, where the numbers were too many to keep. */
  double roughMedian() {
    NavigableMap<Long, Long> counts = collapse();
    long total = counts.values().stream().mapToLong(count -> count).sum();
    long seen = 0;
    for (Map.Entry<Long, Long> entry : counts.entrySet()) {
      seen += entry.getValue();
      if (2 * seen >= total) {
        double low = Double.longBitsToDouble(entry.getKey() << DROPPED_BITS);
        double high = Double.longBitsToDouble((entry.getKey() + 1) << DROPPED_BITS);
        return low + (high - low) / 2;
      }
    }
    throw new IllegalStateException("the median of no values");
  }
}
