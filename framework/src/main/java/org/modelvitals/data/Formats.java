package org.modelvitals.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.modelvitals.data.DataSpec.Format;
import org.modelvitals.model.Signature;

/** Opens a dataset in the format that is declared, or that the file's name tells. */
final class Formats {
  private Formats() {}

  static RowSource open(
      DataSpec spec, String name, Function<String, Path> resolve, Signature signature) {
    Path file = resolve.apply(name);
    Format format = spec.format() == null ? ofName(name, file) : spec.format();
    if (Files.isDirectory(file) != (format == Format.ONNX)) {
      throw new DataException(
          format == Format.ONNX
              ? "%s is no folder; ONNX test data are a folder with test_data_set_0 and so on"
                  .formatted(name)
              : "%s is a folder; expected a file".formatted(name));
    }
    String labels = spec.labels();
    if (labels != null && format != Format.IDX && format != Format.NPY) {
      throw new DataException("labels: only IDX and NPY keep labels in a file of their own");
    }
    return switch (format) {
      case CSV -> new CsvSource(file, name, spec);
      case JSONL -> new JsonSource(file, name, true, spec.ignore());
      case JSON -> new JsonSource(file, name, false, spec.ignore());
      case LINES -> new LinesSource(file, name, false);
      case DOCUMENT -> new LinesSource(file, name, true);
      case IDX ->
          labels == null
              ? new IdxSource(file, name, null, "")
              : new IdxSource(file, name, resolve.apply(labels), labels);
      case NPY ->
          labels == null
              ? NumpySource.npy(file, name, null, "")
              : NumpySource.npy(file, name, resolve.apply(labels), labels);
      case NPZ -> NumpySource.npz(file, name, spec.ignore());
      case PARQUET -> ParquetLibrary.open(file, name, spec.ignore());
      case WAV -> new WavSource(file, name, spec);
      case ONNX -> new TestDataSource(file, name, signature);
    };
  }

  private static Format ofName(String name, Path file) {
    String plain = withoutGz(name);
    if (Files.isDirectory(file) && !TestDataSource.sets(file).isEmpty()) {
      return Format.ONNX;
    }
    if (plain.endsWith(".wav")) {
      return Format.WAV;
    }
    if (plain.endsWith(".idx") || plain.endsWith("-ubyte")) {
      return Format.IDX;
    }
    if (plain.endsWith(".npy")) {
      return Format.NPY;
    }
    if (plain.endsWith(".npz")) {
      return Format.NPZ;
    }
    if (plain.endsWith(".parquet") || plain.endsWith(".pq")) {
      return Format.PARQUET;
    }
    if (plain.endsWith(".csv") || plain.endsWith(".tsv")) {
      return Format.CSV;
    }
    if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) {
      return Format.JSONL;
    }
    if (plain.endsWith(".json")) {
      return Format.JSON;
    }
    if (plain.endsWith(".txt")) {
      return Format.LINES;
    }
    throw new DataException(
        "the name of %s does not tell its format; say 'format:' with one of %s"
            .formatted(
                name,
                Arrays.stream(Format.values())
                    .map(format -> format.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "))));
  }

  static String withoutGz(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
  }
}
