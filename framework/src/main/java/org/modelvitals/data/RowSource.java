package org.modelvitals.data;

import java.util.Optional;
import org.modelvitals.model.ValueInfo;

/** The rows of a dataset in one format, read one after the other. */
interface RowSource extends AutoCloseable {

  /** The dataset as the declaration names it, for messages. */
  String name();

  /** The columns, in order; JSON adds columns as they come. */
  ColumnNames columns();

  /** Whether all columns are known from the beginning. */
  default boolean hasFixedColumns() {
    return true;
  }

  /**
   * Reads the next row.
   *
   * @return false at the end
   * @throws DataException naming the line, if the row is malformed
   */
  boolean next(Row row);

  /** Where a row stands, given a name for the dataset; by its line: {@code digits.csv:17}. */
  default String where(String dataset, long position) {
    return dataset + ":" + position;
  }

  /** The number of rows, or -1 if it is not known without reading them. */
  default long totalRows() {
    return -1;
  }

  /** Whether a row holds whole input tensors, the batch axis included. */
  default boolean wholeTensors() {
    return false;
  }

  /**
   * Why an input that no column is called after cannot be fed from other columns; empty where
   * whatever columns are left may be fed to it.
   */
  default Optional<String> refusal(ValueInfo input) {
    return Optional.empty();
  }

  @Override
  void close();
}
