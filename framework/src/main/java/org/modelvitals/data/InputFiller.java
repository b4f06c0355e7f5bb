package org.modelvitals.data;

import java.util.Map;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;

/** Makes one input tensor of every batch. */
interface InputFiller extends AutoCloseable {

  /** The input that is made. */
  Axes axes();

  /**
   * The tensor of a batch.
   *
   * @param firstRow the number of the batch's first row in the dataset, from 0
   * @param rows the rows of the batch
   * @param sizes of named dimensions, as far as they are known
   * @return memory that the next batch uses again
   */
  Tensor finish(long firstRow, int rows, Map<String, Long> sizes);

  /** Takes the outputs of the last batch. */
  default void feedback(Map<String, Value> outputs) {}

  @Override
  default void close() {}

  /** Makes its tensor from the rows of a dataset. */
  interface OfRows extends InputFiller {

    /**
     * Looks at the first row and says how rows are put together.
     *
     * @param whole whether rows are whole tensors in any case
     */
    Stacking fit(Row first, boolean whole);

    /** Begins a batch of at most {@code capacity} rows. */
    void begin(int capacity);

    /**
     * Adds the next row of the batch.
     *
     * @throws DataException naming the line, if the row does not fit
     */
    void add(Row row);
  }

  /**
   * How rows become a batch.
   *
   * @param rows the number that a batch must have, or 0 if it may have any
   * @param single whether batches of one are wise, because rows may differ in shape
   */
  record Stacking(int rows, boolean single) {}
}
