package org.modelvitals.data;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Tensor;

/**
 * Some rows of a dataset as input tensors. Valid until the feed's next batch; see {@link
 * Feed#hold}.
 */
public interface Batch {

  Map<String, Tensor> inputs();

  int rows();

  /** The number of the batch's row {@code row} in the dataset, from 0. */
  long index(int row);

  /**
   * A fingerprint of the row as it stands in the dataset, whatever the model is fed of it: equal
   * rows have equal ones, on any machine. Of a file that a row names, such as an image, it knows
   * the name. A dataset that is known by its numbers alone has these.
   */
  default long print(int row) {
    return index(row);
  }

  /** Where the row stands, for people: {@code digits.csv:17}. */
  String where(int row);

  /**
   * A column's value as it stands in the dataset: {@code String} (always, in a CSV), {@code Long},
   * {@code Double}, {@code BigInteger}, {@code Boolean}, a list of them (of lists, if arrays are
   * nested as it was written), a map, a {@link org.modelvitals.model.Value} in ONNX test data, or
   * null where there is none.
   *
   * @throws DataException if there is no such column, with the nearest name; columns that the
   *     declaration ignores may be such
   */
  @Nullable Object value(int row, String column);
}
