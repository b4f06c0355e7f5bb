package org.modelvitals.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An array in NumPy's format, read row by row along its first axis. In C order rows follow each
 * other in the stream. In Fortran order they do not, and are gathered from the file, block by
 * block; what is compressed is unpacked into a temporary file for that.
 */
final class NpyArray implements AutoCloseable {
  private final String name;
  private final InputStream in;
  private final NpyHeader header;
  private final long rows;
  private final long[] rowShape;

  /** Of the fields in a row. */
  private final long[][] shapes;

  private final ByteBuffer bytes;
  private final @Nullable FortranOrder order;

  /** Made here, so that it is deleted. */
  private @Nullable Path temporary;

  /**
   * Reads the header.
   *
   * @param in the array, from its first byte; closed with this
   * @param name for messages
   * @param plain the file that holds the same bytes as {@code in}, or null if none does
   */
  NpyArray(InputStream in, String name, @Nullable Path plain) {
    this.name = name;
    this.in = in;
    try {
      header = NpyHeader.read(in);
      long[] shape = sizes(header.shape());
      if (shape.length == 0) {
        throw new DataException(
            "%s holds a single value; expected an array with a row for each place of its first axis"
                .formatted(name));
      }
      rows = shape[0];
      rowShape = Shapes.tail(shape);
      requireOneRecord();
      long element = 0;
      for (NpyHeader.Field field : header.fields()) {
        element = Math.addExact(element, field.bytes());
      }
      shapes =
          header.fields().stream()
              .map(field -> field.name().isEmpty() ? rowShape : sizes(field.shape()))
              .toArray(long[][]::new);
      bytes =
          ByteBuffer.allocate(
              Math.toIntExact(Math.multiplyExact(element, Shapes.product(rowShape))));
      order =
          header.fortran() && rowShape.length > 0
              ? new FortranOrder(channel(plain), header, rows, rowShape, (int) element)
              : null;
    } catch (Misfit e) {
      close();
      throw new DataException(
          String.valueOf(e.getMessage()).startsWith("holds")
              ? name + " " + e.getMessage()
              : "%s is no array of NumPy: it %s".formatted(name, e.getMessage()));
    } catch (EOFException e) {
      close();
      throw new DataException("%s is no array of NumPy: its header is cut off".formatted(name), e);
    } catch (IOException e) {
      close();
      throw DataFiles.unreadable(name, e);
    } catch (ArithmeticException | OutOfMemoryError e) {
      close();
      throw new DataException("%s: a row would not fit in memory".formatted(name), e);
    } catch (DataException e) {
      close();
      throw e;
    }
  }

  private static long[] sizes(List<Long> shape) {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  private void requireOneRecord() {
    if (rowShape.length > 0 && !header.fields().get(0).name().isEmpty()) {
      throw new DataException(
          "%s holds records in the shape %s; expected one dimension, a record a row"
              .formatted(name, Wording.shape(sizes(header.shape()))));
    }
  }

  private FileChannel channel(@Nullable Path plain) throws IOException {
    if (plain != null) {
      return FileChannel.open(plain);
    }
    Path file = Files.createTempFile("modelvitals-", ".npy");
    temporary = file;
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(new byte[header.length()]);
      in.transferTo(out);
    }
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  long rows() {
    return rows;
  }

  String name() {
    return name;
  }

  /** The columns: the fields of a record array, otherwise one without a name. */
  List<String> columns() {
    return header.fields().stream()
        .filter(field -> field.type().kind() != NpyType.Kind.PADDING)
        .map(NpyHeader.Field::name)
        .toList();
  }

  /**
   * Reads the next row.
   *
   * @param column that of the first field
   * @param index of the row, for messages
   */
  void read(Row row, int column, long index) {
    try {
      if (order != null) {
        order.read(bytes, index);
      } else if (in.readNBytes(bytes.array(), 0, bytes.capacity()) < bytes.capacity()) {
        throw new EOFException();
      }
    } catch (EOFException e) {
      throw new DataException(
          "%s is cut off in row %d; its header promises %s"
              .formatted(name, index, Wording.count(rows, "row")),
          e);
    } catch (IOException e) {
      throw DataFiles.unreadable(name, e);
    }
    int at = 0;
    int to = column;
    for (int i = 0; i < shapes.length; i++) {
      NpyType type = header.fields().get(i).type();
      int count = (int) Shapes.product(shapes[i]);
      if (type.kind() != NpyType.Kind.PADDING) {
        try {
          type.read(bytes, at, count, row.cell(to++), shapes[i]);
        } catch (Misfit e) {
          throw new DataException("%s, row %d: %s".formatted(name, index, e.getMessage()));
        }
      }
      at += count * type.bytes();
    }
  }

  /** Refuses what goes on after its last row. */
  void requireEnd() {
    try {
      if (order == null && in.read() >= 0) {
        throw new DataException(
            "%s goes on after the last of its rows; its header promises the shape %s"
                .formatted(name, Wording.shape(sizes(header.shape()))));
      }
    } catch (IOException e) {
      throw DataFiles.unreadable(name, e);
    }
  }

  @Override
  public void close() {
    DataFiles.close(in, name);
    if (order != null) {
      DataFiles.close(order, name);
    }
    Path file = temporary;
    if (file != null) {
      temporary = null;
      DataFiles.close(() -> Files.deleteIfExists(file), name);
    }
  }
}
