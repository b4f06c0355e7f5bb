package org.modelvitals.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Learns the shape of nested arrays while their elements go by. */
final class Nesting {
  private static final int UNKNOWN = -1;

  private long[] sizes = new long[4];
  private long[] counts = new long[4];
  private int depth;
  private int rank;
  private boolean ragged;

  /**
   * The elements before each beginning of an array, and the complement of those before each end.
   */
  private int[] marks = new int[8];

  private int marked;
  private int elements;

  void begin() {
    marked = 0;
    elements = 0;
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
    mark(elements);
    count();
    if (depth == counts.length) {
      counts = Arrays.copyOf(counts, depth * 2);
      sizes = Arrays.copyOf(sizes, depth * 2);
      Arrays.fill(sizes, depth, sizes.length, UNKNOWN);
    }
    counts[depth++] = 0;
  }

  void close() {
    mark(~elements);
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

  private void mark(int place) {
    if (marked == marks.length) {
      marks = Arrays.copyOf(marks, marked * 2);
    }
    marks[marked++] = place;
  }

  void element() {
    elements++;
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

  /** The elements of an array that was opened and closed, in lists that nest as its arrays do. */
  List<@Nullable Object> lists(IntFunction<@Nullable Object> element) {
    List<@Nullable Object> whole = new ArrayList<>();
    Deque<List<@Nullable Object>> open = new ArrayDeque<>(List.of(whole));
    int next = 0;
    for (int i = 0; i < marked; i++) {
      boolean begins = marks[i] >= 0;
      for (int end = begins ? marks[i] : ~marks[i]; next < end; next++) {
        open.element().add(element.apply(next));
      }
      if (!begins) {
        open.pop();
      } else if (i > 0) {
        List<@Nullable Object> inner = new ArrayList<>();
        open.element().add(inner);
        open.push(inner);
      }
    }
    return whole;
  }

  /** The shape; null if arrays of one depth differ in length. */
  long @Nullable [] shape() {
    return ragged ? null : Arrays.copyOf(sizes, Math.max(0, rank));
  }
}
