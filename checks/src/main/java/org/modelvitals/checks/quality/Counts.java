package org.modelvitals.checks.quality;

import java.util.Arrays;

/** How often classes were true, predicted, and both, among some rows. */
final class Counts {
  private long rows;
  private long right;
  private long[] labelled = new long[0];
  private long[] predicted = new long[0];
  private long[] hits = new long[0];

  /**
   * Counts a row.
   *
   * @param prediction -1 if there is none
   */
  void add(int truth, int prediction) {
    add(truth, prediction, 1);
  }

  /** Counts {@code times} rows of the same kind. */
  void add(int truth, int prediction, long times) {
    ensure(Math.max(truth, prediction) + 1);
    rows += times;
    labelled[truth] += times;
    if (prediction >= 0) {
      predicted[prediction] += times;
    }
    if (truth == prediction) {
      right += times;
      hits[truth] += times;
    }
  }

  /**
   * Takes in other counts.
   *
   * @param place the number here of each class there
   */
  void merge(Counts other, int[] place) {
    rows += other.rows;
    right += other.right;
    for (int i = 0; i < other.labelled.length; i++) {
      if (other.labelled[i] + other.predicted[i] > 0) {
        ensure(place[i] + 1);
        labelled[place[i]] += other.labelled[i];
        predicted[place[i]] += other.predicted[i];
        hits[place[i]] += other.hits[i];
      }
    }
  }

  private void ensure(int size) {
    if (labelled.length < size) {
      int room = Math.max(size, labelled.length + labelled.length / 2);
      labelled = Arrays.copyOf(labelled, room);
      predicted = Arrays.copyOf(predicted, room);
      hits = Arrays.copyOf(hits, room);
    }
  }

  long rows() {
    return rows;
  }

  long right() {
    return right;
  }

  /** Rows whose true class this is. */
  long labelled(int index) {
    return index < labelled.length ? labelled[index] : 0;
  }

  /** Rows in which the model says this class. */
  long predicted(int index) {
    return index < predicted.length ? predicted[index] : 0;
  }

  /** Rows of this class in which the model says so. */
  long hits(int index) {
    return index < hits.length ? hits[index] : 0;
  }

  /** One more than the largest class that was counted, or more. */
  int classes() {
    return labelled.length;
  }

  boolean occurs(int index) {
    return labelled(index) + predicted(index) > 0;
  }
}
