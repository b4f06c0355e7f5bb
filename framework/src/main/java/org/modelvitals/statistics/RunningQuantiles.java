package org.modelvitals.statistics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles of finite numbers that are seen once: all are kept up to a limit; past it they are
 * counted in bins of their leading bits, 1 part in 1024 wide. What comes out does not depend on the
 * order of numbers or of merges.
 */
public final class RunningQuantiles {
  private static final int DROPPED_BITS = 52 - 10;

  private final int limit;
  private double[] values = new double[16];
  private int size;
  private @Nullable Map<Long, long[]> bins;

  /**
   * @param limit how many numbers are kept
   */
  public RunningQuantiles(int limit) {
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
  public void merge(RunningQuantiles other) {
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

  /** How many numbers there were. */
  public long count() {
    Map<Long, long[]> counts = bins;
    return counts == null ? size : total(counts);
  }

  private static long total(Map<Long, long[]> counts) {
    return counts.values().stream().mapToLong(count -> count[0]).sum();
  }

  /** The median to 1 part in 1024, as where the numbers were too many to keep. */
  public double rough() {
    return rough(collapse(), 0.5);
  }

  /**
   * The least number with at least this share of the numbers up to it (Hyndman and Fan 1996, type
   * 1); to 1 part in 1024 where the numbers were too many to keep.
   *
   * @param level between 0, excluded, and 1
   * @throws IllegalStateException if there are no numbers
   */
  public double quantile(double level) {
    double[] sorted = sorted();
    if (sorted == null) {
      return rough(collapse(), level);
    }
    if (sorted.length == 0) {
      throw new IllegalStateException("a quantile of no values");
    }
    // Shares such as 3 / 10 of 10 numbers must not go to the next one by rounding.
    int rank = (int) Math.ceil(level * sorted.length - 1e-9);
    return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1];
  }

  private static double rough(Map<Long, long[]> counts, double level) {
    double wanted = level * total(counts) - 1e-9;
    long seen = 0;
    for (long bin : counts.keySet().stream().mapToLong(Long::longValue).sorted().toArray()) {
      seen += Objects.requireNonNull(counts.get(bin))[0];
      if (seen >= wanted) {
        double one = edge(bin);
        double other = edge(bin + 1);
        return one + (other - one) / 2;
      }
    }
    throw new IllegalStateException("a quantile of no values");
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
