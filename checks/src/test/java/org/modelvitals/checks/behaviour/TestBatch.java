package org.modelvitals.checks.behaviour;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.Batch;
import org.modelvitals.model.Tensor;

/** Rows {@code from} to {@code to} of a dataset without inputs. */
record TestBatch(int from, int to) implements Batch {

  @Override
  public Map<String, Tensor> inputs() {
    return Map.of();
  }

  @Override
  public int rows() {
    return to - from;
  }

  @Override
  public long index(int row) {
    return (long) from + row;
  }

  @Override
  public String where(int row) {
    return "rows.csv:" + (from + row + 2);
  }

  @Override
  public @Nullable Object value(int row, String column) {
    throw new UnsupportedOperationException(column);
  }
}
