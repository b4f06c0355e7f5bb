package org.modelvitals.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec.Format;
import org.modelvitals.model.Signature;

/**
 * The rows of a dataset one after the other as plain values, for probes that feed the model by
 * themselves, in the formats of {@link Feeds}. For one thread.
 */
public final class DataRows implements AutoCloseable {
  private static final Signature NO_MODEL = new Signature(List.of(), List.of(), List.of());

  private final RowSource source;
  private final String file;
  private final long limit;
  private final Row row = new Row();
  private long read;

  private DataRows(RowSource source, long limit) {
    this.source = source;
    this.file = DataFiles.fileName(source.name());
    this.limit = limit;
  }

  /**
   * Opens a dataset; the caller closes it.
   *
   * @param resolve turns a path of the declaration into one that exists
   * @throws DataException if there is no such file, or it is of a kind that has no plain values
   */
  public static DataRows open(DataSpec data, Function<String, Path> resolve) {
    String file = data.file();
    if (file == null) {
      throw new DataException("the probe reads a dataset; name its 'file'");
    }
    if (!data.inputs().isEmpty()) {
      throw new DataException("inputs: the probe feeds the model by itself from the columns");
    }
    if (data.batch() != null) {
      throw new DataException("batch: the probe makes its batches by itself");
    }
    if (data.workers() != null) {
      throw new DataException("workers: the probe calls the model by itself");
    }
    if (data.format() == Format.ONNX) {
      throw new DataException("%s: ONNX test data hold tensors, no columns".formatted(file));
    }
    return new DataRows(
        Formats.open(data, file, resolve, NO_MODEL),
        data.limit() == null ? Long.MAX_VALUE : data.limit());
  }

  /**
   * The next row; empty at the end.
   *
   * @throws DataException naming the line, if the row is malformed, or the file if it has no rows
   */
  public Optional<DataRow> next() {
    if (read == limit || !source.next(row)) {
      if (read == 0) {
        throw new DataException(file + " has no rows");
      }
      return Optional.empty();
    }
    ColumnNames columns = source.columns();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      if (row.cell(i).kind() != Cell.Kind.ABSENT) {
        values.put(columns.name(i), row.cell(i).toObject());
      }
    }
    String where = source.where(file, row.position());
    return Optional.of(new DataRow(read++, where, values));
  }

  /** The number of rows, or -1 if it is not known without reading them. */
  public long total() {
    return source.totalRows();
  }

  @Override
  public void close() {
    source.close();
  }
}
