package org.modelvitals.checks.quality;

/**
 * A row that is worth showing.
 *
 * @param index its place in the dataset
 * @param said the predicted class, or -1 if there is none
 * @param probability of the predicted class; NaN if the model tells none
 */
record RowNote(long index, String where, int truth, int said, double probability) {
  RowNote with(int[] place) {
    return new RowNote(index, where, place[truth], said < 0 ? -1 : place[said], probability);
  }
}
