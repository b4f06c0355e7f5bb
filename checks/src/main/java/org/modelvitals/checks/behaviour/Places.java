package org.modelvitals.checks.behaviour;

import org.modelvitals.data.Batch;

/** Which rows of the data the values of one call belong to. */
interface Places {

  int rows();

  /** The number of a row, by which rows are ordered. */
  long index(int row);

  /** Where the row stands, for people. */
  String where(int row);

  static Places of(Batch batch) {
    return new Places() {
      @Override
      public int rows() {
        return batch.rows();
      }

      @Override
      public long index(int row) {
        return batch.index(row);
      }

      @Override
      public String where(int row) {
        return batch.where(row);
      }
    };
  }

  /** A single row. */
  static Places one(long index, String where) {
    return new Places() {
      @Override
      public int rows() {
        return 1;
      }

      @Override
      public long index(int row) {
        return index;
      }

      @Override
      public String where(int row) {
        return where;
      }
    };
  }
}
