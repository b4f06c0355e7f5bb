package org.modelvitals.statistics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The median of finite numbers that are seen once: all are kept up to a limit; past it they are
 * counted in bins of their leading bits, 1 part in 1024 wide. What comes out does not depend on the
 * order of numbers or of merges.
 */
public final class RunningMedian {
  private static final int DROPPED_BITS = 52 - 10;

  private final int limit;
  private double[] values = new double[16];
  private int size;
  private @Nullable Map<Long, long[]> bins;

  /**
   * @param limit how many numbers are kept
   */
  public RunningMedian(int limit) {
    this.limit = limit;
  }

  /** How many numbers are kept before they are counted in bins. */
  public int limit() {
    return limit;
  }

  public void add(double value) {
    Map<Long, long[]> counts = bins;
    if (counts != null) {
      count(counts, bin(value), 1);
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

  /** Takes in what another has seen. */
  public void merge(RunningMedian other) {
    Map<Long, long[]> theirs = other.bins;
    if (theirs != null) {
      Map<Long, long[]> mine = collapse();
      theirs.forEach((bin, count) -> count(mine, bin, count[0]));
      return;
    }
    for (int i = 0; i < other.size; i++) {
      add(other.values[i]);
    }
  }

  private static void count(Map<Long, long[]> counts, long bin, long more) {
    counts.computeIfAbsent(bin, key -> new long[1])[0] += more;
  }

  private Map<Long, long[]> collapse() {
    Map<Long, long[]> counts = bins;
    if (counts == null) {
      counts = new HashMap<>();
      for (int i = 0; i < size; i++) {
        count(counts, bin(values[i]), 1);
      }
      bins = counts;
      values = new double[0];
      size = 0;
    }
    return counts;
  }

  /** All numbers in ascending order; null if there were too many to keep. */
  public double @Nullable [] sorted() {
    if (bins != null) {
      return null;
    }
    double[] copy = Arrays.copyOf(values, size);
    Arrays.sort(copy);
    return copy;
  }

  /** The median to 1 part in 1024, as where the numbers were too many to keep. */
  public double rough() {
    Map<Long, long[]> counts = collapse();
    long total = counts.values().stream().mapToLong(count -> count[0]).sum();
    long seen = 0;
    for (long bin : counts.keySet().stream().mapToLong(Long::longValue).sorted().toArray()) {
      seen += Objects.requireNonNull(counts.get(bin))[0];
      if (2 * seen >= total) {
        double one = edge(bin);
        double other = edge(bin + 1);
        return one + (other - one) / 2;
      }
    }
    throw new IllegalStateException("the median of no values");
  }

  /**
   * The leading bits of a number, so that they order as the numbers do: those of a negative one are
   * turned around, because its bits grow as it gets smaller.
   */
  private static long bin(double value) {
    return turned(Double.doubleToLongBits(value + 0.0)) >> DROPPED_BITS;
  }

  private static double edge(long bin) {
    return Double.longBitsToDouble(turned(bin << DROPPED_BITS));
  }

  private static long turned(long bits) {
    return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
  }
}
