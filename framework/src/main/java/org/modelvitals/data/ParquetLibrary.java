package org.modelvitals.data;

import java.nio.file.Path;
import java.util.List;

/** Opens Parquet files, if the library that reads them is there. */
final class ParquetLibrary {
  private static final String NEEDED =
      "org.apache.parquet.format.converter.ParquetMetadataConverter";

  private ParquetLibrary() {}

  static RowSource open(Path file, String name, List<String> ignored) {
    try {
      Class.forName(NEEDED, false, ParquetLibrary.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new DataException(
          "%s: to read Parquet, add the dependency org.apache.parquet:parquet-hadoop to the class path; Hadoop itself is not needed"
              .formatted(name),
          e);
    }
    return new ParquetSource(file, name, ignored);
  }
}
