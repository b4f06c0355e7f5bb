package org.modelvitals.checks.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A uniform random sample of rows, of bounded size: each row has a random key that follows from the
 * seed and its number, and those with the smallest keys are kept. So the sample does not depend on
 * the order of rows or of merges; all rows are kept where they are few.
 */
final class RowSample<T> {
  private final long seed;
  private final int most;
  private final PriorityQueue<Kept<T>> kept =
      new PriorityQueue<>(Comparator.comparingLong((Kept<T> row) -> row.key).reversed());
  private long seen;

  private record Kept<T>(long key, long index, T row) {}

  /**
   * @param most how many rows are kept
   */
  RowSample(long seed, int most) {
    this.seed = seed;
    this.most = most;
  }

  /** Offers a row, which is made only if it is kept. */
  void add(long index, Supplier<T> row) {
    seen++;
    long key = new SplittableRandom(seed ^ (index * 0x9E3779B97F4A7C15L)).nextLong();
    if (kept.size() < most) {
      kept.add(new Kept<>(key, index, row.get()));
    } else if (key < kept.element().key) {
      kept.remove();
      kept.add(new Kept<>(key, index, row.get()));
    }
  }

  /** Takes in the sample of other rows. */
  void merge(RowSample<T> other) {
    seen += other.seen;
    kept.addAll(other.kept);
    while (kept.size() > most) {
      kept.remove();
    }
  }

  /** How many rows there were. */
  long seen() {
    return seen;
  }

  /** The rows that were kept, as they came. */
  List<T> rows() {
    List<Kept<T>> sorted = new ArrayList<>(kept);
    sorted.sort(Comparator.comparingLong(row -> row.index));
    return sorted.stream().map(row -> row.row).toList();
  }
}
