package org.modelvitals.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.spec.Shorthand;
import org.modelvitals.text.Bounds;

/**
 * What a model is fed: a file of rows, or inputs made without one, and how columns become tensors.
 *
 * @param file the dataset; null if every input is generated
 * @param format told by the file's name if null
 * @param labels a second file with one label a row, for formats that keep labels apart (IDX, NPY)
 * @param header whether the first line of a CSV names the columns; otherwise they are {@code 0}, …
 * @param delimiter what separates the columns of a CSV
 * @param ignore columns that are neither inputs nor used by the probe
 * @param inputs where each input's values come from; inputs that are not named take the remaining
 *     columns
 * @param batch rows in one call of the model; null leaves the choice to the feed
 * @param limit the number of rows after which reading stops; without a dataset, the number of rows
 *     that are made
 * @param window samples of a WAV file in one row
 * @param context samples before the window that are repeated at the beginning of the row
 * @param workers calls of the model at once in a pass over the data, each on a batch of its own;
 *     null leaves the choice to the pass. No result depends on it
 */
@Doc("What the model is fed: a dataset, or generated inputs.")
@Shorthand("file")
public record DataSpec(
    @Doc(value = "The dataset, relative to the suite.", example = "data/test.csv")
        @Nullable String file,
    @Doc("The format, if the file's name does not tell.") @Nullable Format format,
    @Doc("A second file with the labels, for IDX and NPY.") @Nullable String labels,
    @Doc("Whether the first line of a CSV names the columns.") @Default("true") boolean header,
    @Doc("What separates the columns of a CSV.") @Default("','") String delimiter,
    @Doc("Columns that are not fed to the model.") List<String> ignore,
    @Doc("Where the values of each input come from.") Map<String, InputSpec> inputs,
    @Doc("Rows in one call of the model.") @Minimum(1) @Nullable Integer batch,
    @Doc("Rows after which reading stops.") @Minimum(1) @Nullable Long limit,
    @Doc("Samples of a WAV file in one row.") @Minimum(1) @Nullable Integer window,
    @Doc("Samples before the window repeated at its beginning.") @Default("0") @Minimum(0)
        int context,
    @Doc("Calls of the model at once, each on a batch of its own.") @Minimum(1)
        @Nullable Integer workers) {

  public DataSpec {
    if (delimiter.length() != 1 || "\"\n\r".contains(delimiter)) {
      throw new IllegalArgumentException(
          "delimiter must be a single character that can stand between columns, not "
              + Wording.quoted(delimiter));
    }
    Bounds.atLeast(1, "batch", batch);
    Bounds.atLeast(1, "limit", limit);
    Bounds.atLeast(1, "window", window);
    Bounds.atLeast(0, "context", context);
    Bounds.atLeast(1, "workers", workers);
    ignore = List.copyOf(ignore);
    inputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  /** The formats of datasets. A file compressed with gzip is read in all but NPZ and PARQUET. */
  public enum Format {
    /** Comma-separated values (RFC 4180), UTF-8. */
    CSV,
    /** One JSON object a line. */
    JSONL,
    /** One JSON document that is an array of rows, or a single row. */
    JSON,
    /** Plain text, one text a line, blank lines passed over. */
    LINES,
    /** Plain text, the whole file as one text. */
    DOCUMENT,
    /** The format of MNIST: the first dimension counts the rows. */
    IDX,
    /** An array of NumPy: the first axis counts the rows. */
    NPY,
    /** Several arrays of NumPy in a zip file, each a column. */
    NPZ,
    /** Apache Parquet; needs the optional dependency {@code org.apache.parquet:parquet-hadoop}. */
    PARQUET,
    /** Sound, in windows. */
    WAV,
    /** A folder of ONNX test data: {@code test_data_set_N/input_M.pb}; each set is a row. */
    ONNX
  }

  /** Rows of a file whose format its name tells. */
  public static DataSpec file(@Nullable String file) {
    return new DataSpec(
        file, null, null, true, ",", List.of(), Map.of(), null, null, null, 0, null);
  }

  public static DataSpec csv(String file) {
    return of(file, Format.CSV, ".csv");
  }

  public static DataSpec jsonl(String file) {
    return of(file, Format.JSONL, ".jsonl");
  }

  /** A format that the name tells is not said again: it is the same dataset, and equal. */
  private static DataSpec of(String file, Format format, String ending) {
    return file.endsWith(ending) ? file(file) : file(file).format(format);
  }

  /** Plain text in the column {@code text}, one a line. */
  public static DataSpec lines(String file) {
    return of(file, Format.LINES, ".txt");
  }

  /** Plain text in the column {@code text}, the whole file as one row. */
  public static DataSpec document(String file) {
    return file(file).format(Format.DOCUMENT);
  }

  /** Images in the IDX format of MNIST: columns called pixels, and label from the second file. */
  public static DataSpec idx(String images, String labels) {
    return new DataSpec(
        images, Format.IDX, labels, true, ",", List.of(), Map.of(), null, null, null, 0, null);
  }

  /** An array of NumPy: its rows are the column {@code values}, or one for each of its fields. */
  public static DataSpec npy(String file) {
    return of(file, Format.NPY, ".npy");
  }

  /** Two arrays of NumPy: the column called values, and label from the second file. */
  public static DataSpec npy(String file, String labels) {
    return new DataSpec(
        file, Format.NPY, labels, true, ",", List.of(), Map.of(), null, null, null, 0, null);
  }

  /** Arrays of NumPy in a zip file, side by side, in columns of their names. */
  public static DataSpec npz(String file) {
    return of(file, Format.NPZ, ".npz");
  }

  /** Apache Parquet. */
  public static DataSpec parquet(String file) {
    return of(file, Format.PARQUET, ".parquet");
  }

  /** Windows of {@code samples} samples of a WAV file, as column {@code samples}. */
  public static DataSpec wav(String file, int samples) {
    return new DataSpec(
        file, Format.WAV, null, true, ",", List.of(), Map.of(), null, null, samples, 0, null);
  }

  /** ONNX test data: a folder with {@code test_data_set_0} and so on. */
  public static DataSpec onnx(String folder) {
    return file(folder).format(Format.ONNX);
  }

  /**
   * Generated inputs; see {@link #input}. One row, as many as the batch has, or as many as the
   * limit says.
   */
  public static DataSpec generated() {
    return file(null);
  }

  /** The same rows, with nothing said of how they are fed. */
  public DataSpec rowsOnly() {
    return new DataSpec(
        file, format, labels, header, delimiter, ignore, Map.of(), null, limit, window, context,
        null);
  }

  public DataSpec format(Format value) {
    return new DataSpec(
        file, value, labels, header, delimiter, ignore, inputs, batch, limit, window, context,
        workers);
  }

  public DataSpec withoutHeader() {
    return new DataSpec(
        file, format, labels, false, delimiter, ignore, inputs, batch, limit, window, context,
        workers);
  }

  public DataSpec delimiter(String value) {
    return new DataSpec(
        file, format, labels, header, value, ignore, inputs, batch, limit, window, context,
        workers);
  }

  public DataSpec ignore(String... columns) {
    return new DataSpec(
        file,
        format,
        labels,
        header,
        delimiter,
        List.of(columns),
        inputs,
        batch,
        limit,
        window,
        context,
        workers);
  }

  public DataSpec input(String name, InputSpec source) {
    Map<String, InputSpec> more = new LinkedHashMap<>(inputs);
    more.put(name, source);
    return new DataSpec(
        file, format, labels, header, delimiter, ignore, more, batch, limit, window, context,
        workers);
  }

  /** The same data, without declarations of inputs other than these. */
  public DataSpec onlyInputs(Predicate<String> names) {
    Map<String, InputSpec> some = new LinkedHashMap<>(inputs);
    some.keySet().removeIf(names.negate());
    return new DataSpec(
        file, format, labels, header, delimiter, ignore, some, batch, limit, window, context,
        workers);
  }

  public DataSpec batch(int rows) {
    return new DataSpec(
        file, format, labels, header, delimiter, ignore, inputs, rows, limit, window, context,
        workers);
  }

  public DataSpec limit(long rows) {
    return new DataSpec(
        file, format, labels, header, delimiter, ignore, inputs, batch, rows, window, context,
        workers);
  }

  public DataSpec context(int samples) {
    return new DataSpec(
        file, format, labels, header, delimiter, ignore, inputs, batch, limit, window, samples,
        workers);
  }

  /** Calls of the model at once, each on a batch of its own; 1 for one after the other. */
  public DataSpec workers(int calls) {
    return new DataSpec(
        file, format, labels, header, delimiter, ignore, inputs, batch, limit, window, context,
        calls);
  }
}
