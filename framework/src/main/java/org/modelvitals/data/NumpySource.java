package org.modelvitals.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Rows of arrays in NumPy's format. An {@code .npy} is the column {@code values}, or one column for
 * each field of its records; a second file brings the column {@code label}. The arrays of an {@code
 * .npz} are columns of their names, read side by side.
 */
final class NumpySource implements RowSource {
  private static final String ENDING = ".npy";

  private final String name;
  private final List<NpyArray> arrays = new ArrayList<>();

  /** Of the arrays' first columns. */
  private final List<Integer> places = new ArrayList<>();

  private final ColumnNames columns = new ColumnNames();
  private final @Nullable ZipFile zip;
  private long next;

  private NumpySource(String name, @Nullable ZipFile zip) {
    this.name = name;
    this.zip = zip;
  }

  /**
   * Opens an {@code .npy}.
   *
   * @param labels a second one with a label for each row, or null
   * @param labelName the second one as the declaration names it
   */
  static NumpySource npy(Path file, String name, @Nullable Path labels, String labelName) {
    NumpySource source = new NumpySource(name, null);
    try {
      source.add(array(file, name), "values");
      if (labels != null) {
        source.add(array(labels, labelName), "label");
      }
      return source;
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private static NpyArray array(Path file, String name) {
    boolean plain = !DataFiles.isGzip(file, name);
    return new NpyArray(DataFiles.open(file, name), name, plain ? file : null);
  }

  /**
   * Opens an {@code .npz}.
   *
   * @param ignored arrays that are not read, so that they may have other numbers of rows
   */
  static NumpySource npz(Path file, String name, List<String> ignored) {
    NumpySource source = new NumpySource(name, zip(file, name));
    try {
      source.addEntries(ignored);
      return source;
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private static ZipFile zip(Path file, String name) {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new DataException(
          "%s is no .npz, which is a zip file: %s".formatted(name, e.getMessage()), e);
    } catch (IOException e) {
      throw DataFiles.unreadable(name, e);
    }
  }

  private void addEntries(List<String> ignored) {
    ZipFile open = java.util.Objects.requireNonNull(zip);
    for (ZipEntry entry : java.util.Collections.list(open.entries())) {
      if (!entry.getName().endsWith(ENDING)) {
        continue;
      }
      String column = entry.getName().substring(0, entry.getName().length() - ENDING.length());
      if (ignored.contains(column)) {
        columns.add(column);
        continue;
      }
      try {
        InputStream in = new BufferedInputStream(open.getInputStream(entry), 1 << 16);
        add(new NpyArray(in, "%s, array '%s'".formatted(name, column), null), column);
      } catch (IOException e) {
        throw DataFiles.unreadable(name, e);
      }
    }
    if (arrays.isEmpty()) {
      throw new DataException(
          "%s holds no array%s"
              .formatted(name, columns.size() == 0 ? "" : " that is not under 'ignore'"));
    }
  }

  private void add(NpyArray array, String column) {
    arrays.add(array);
    places.add(columns.size());
    for (String field : array.columns()) {
      boolean only = arrays.size() == 1 && zip == null;
      columns.add(field.isEmpty() ? column : only ? field : column + "." + field);
    }
    NpyArray first = arrays.get(0);
    if (array.rows() != first.rows()) {
      throw new DataException(
          "%s has %s and %s has %s; expected as many in each%s"
              .formatted(
                  first.name(),
                  Wording.count(first.rows(), "row"),
                  array.name(),
                  Wording.count(array.rows(), "row"),
                  zip == null ? "" : ", or the name of an array under 'ignore'"));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ColumnNames columns() {
    return columns;
  }

  @Override
  public boolean next(Row row) {
    if (next == totalRows()) {
      arrays.forEach(NpyArray::requireEnd);
      return false;
    }
    row.begin(next);
    for (int i = 0; i < arrays.size(); i++) {
      arrays.get(i).read(row, places.get(i), next);
    }
    next++;
    return true;
  }

  @Override
  public String where(String dataset, long position) {
    return "%s, row %d".formatted(dataset, position);
  }

  @Override
  public long totalRows() {
    return arrays.get(0).rows();
  }

  @Override
  public void close() {
    arrays.forEach(NpyArray::close);
    if (zip != null) {
      DataFiles.close(zip, name);
    }
  }
}
