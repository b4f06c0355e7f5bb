package org.modelvitals.checks.invariance;

import java.util.Map;
import java.util.Objects;
import org.modelvitals.data.Batch;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;

/** What one row of a batch feeds the model. */
final class RowInputs {

  private RowInputs() {}

  /** Whether a row of one batch feeds other values than the same row of the other. */
  static boolean differ(Batch one, Batch other, int row) {
    for (Map.Entry<String, Tensor> input : one.inputs().entrySet()) {
      Tensor before = input.getValue();
      Tensor after = Objects.requireNonNull(other.inputs().get(input.getKey()));
      if (before.type() != after.type() || before.size() != after.size()) {
        return true;
      }
      boolean stacked = before.rank() > 0 && before.dim(0) == one.rows();
      int length = stacked ? before.size() / one.rows() : before.size();
      int from = stacked ? row * length : 0;
      for (int i = from; i < from + length; i++) {
        if (!same(before, after, i)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean same(Tensor before, Tensor after, int i) {
    if (before.type() == ElementType.STRING) {
      return before.strings()[i].equals(after.strings()[i]);
    }
    if (!before.type().isFloating()) {
      return before.getLong(i) == after.getLong(i);
    }
    double old = before.getDouble(i);
    double now = after.getDouble(i);
    return old == now || (Double.isNaN(old) && Double.isNaN(now));
  }
}
