package org.modelvitals.checks.language;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataRow;
import org.modelvitals.data.DataRows;
import org.modelvitals.data.DataSpec;

/**
 * The texts that a {@link TextSource} declares, one after the other. A dataset is streamed. For one
 * thread.
 */
public final class Texts implements AutoCloseable {
  private final @Nullable DataRows rows;
  private final Iterator<String> written;
  private final String column;
  private final long total;
  private final UnaryOperator<DataRow> readable;
  private long index;

  private Texts(
      @Nullable DataRows rows,
      List<String> written,
      String column,
      UnaryOperator<DataRow> readable) {
    this.readable = readable;
    this.rows = rows;
    this.written = written.iterator();
    this.column = column;
    this.total = rows == null ? written.size() : rows.total();
  }

  /**
   * A text.
   *
   * @param where where it stands, for people: {@code corpus.jsonl:17} or {@code text 3}
   * @param row all columns of its row
   */
  public record Text(long index, String where, String text, DataRow row) {}

  /**
   * Opens the texts of a declaration; the caller closes them.
   *
   * @param resolve turns a path of the suite into one that exists
   * @throws DataException if the dataset cannot be read
   */
  public static Texts open(TextSource source, Function<String, Path> resolve) {
    return open(source, resolve, row -> row);
  }

  /** The same for a model that may have no tokenizer, so that lists of ids are texts. */
  static Texts open(TextSource source, Function<String, Path> resolve, TextModel model) {
    return open(source, resolve, row -> model.readable(row, null));
  }

  private static Texts open(
      TextSource source, Function<String, Path> resolve, UnaryOperator<DataRow> readable) {
    DataSpec data = source.data();
    return new Texts(
        data == null ? null : DataRows.open(data, resolve),
        source.texts(),
        source.column(),
        readable);
  }

  /**
   * The next text; empty at the end.
   *
   * @throws DataException naming the line, if a row has no text
   */
  public Optional<Text> next() {
    if (rows != null) {
      return rows.next()
          .map(readable)
          .map(row -> new Text(row.index(), row.where(), row.text(column), row));
    }
    if (!written.hasNext()) {
      return Optional.empty();
    }
    String text = written.next();
    String where = "text " + (index + 1);
    return Optional.of(
        new Text(index, where, text, new DataRow(index++, where, Map.of(TextSource.COLUMN, text))));
  }

  /** How many texts there are, or -1 if that is not known without reading them. */
  public long total() {
    return total;
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
    }
  }
}
