package org.modelvitals.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Learns the shape of nested arrays while their elements go by. */
final class Nesting {
  private static final int UNKNOWN = -1;

  private long[] sizes = new long[4];
  private long[] counts = new long[4];
  private int depth;
  private int rank;
  private boolean ragged;

  void begin() {
    depth = 0;
    rank = UNKNOWN;
    ragged = false;
    Arrays.fill(sizes, UNKNOWN);
  }

  void set(long... shape) {
    sizes = Arrays.copyOf(shape, Math.max(4, shape.length));
    counts = new long[sizes.length];
    rank = shape.length;
    ragged = false;
  }

  void open() {
    count();
    if (depth == counts.length) {
      counts = Arrays.copyOf(counts, depth * 2);
      sizes = Arrays.copyOf(sizes, depth * 2);
      Arrays.fill(sizes, depth, sizes.length, UNKNOWN);
    }
    counts[depth++] = 0;
  }

  void close() {
    depth--;
    if (sizes[depth] == UNKNOWN) {
      sizes[depth] = counts[depth];
    } else if (sizes[depth] != counts[depth]) {
      ragged = true;
    }
    if (counts[depth] == 0 && rank < depth + 1) {
      rank = depth + 1;
    }
  }

  void element() {
    count();
    if (rank == UNKNOWN) {
      rank = depth;
    } else if (rank != depth) {
      ragged = true;
    }
  }

  private void count() {
    if (depth > 0) {
      counts[depth - 1]++;
    }
  }

  /** The shape; null if arrays of one depth differ in length. */
  long @Nullable [] shape() {
    return ragged ? null : Arrays.copyOf(sizes, Math.max(0, rank));
  }
}
