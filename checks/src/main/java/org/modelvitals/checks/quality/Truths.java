package org.modelvitals.checks.quality;

import java.util.Arrays;

/** The true classes of rows in their order, without boxes, as long as scores are kept. */
final class Truths {
  private static final int MOST = 1 << 22;

  private int[] values = new int[16];
  private int size;
  private boolean overflowed;

  void add(int truth) {
    if (overflowed || size == MOST) {
      overflowed = true;
      return;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, size + size / 2);
    }
    values[size++] = truth;
  }

  void merge(Truths later, int[] place) {
    overflowed |= later.overflowed;
    for (int i = 0; i < later.size; i++) {
      add(place[later.values[i]]);
    }
  }

  /** How many there are; -1 if there were too many to keep. */
  int size() {
    return overflowed ? -1 : size;
  }

  int get(int row) {
    return values[row];
  }
}
