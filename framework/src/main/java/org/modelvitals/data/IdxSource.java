package org.modelvitals.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an IDX file, the format in which MNIST is published: the first dimension counts the rows,
 * a row's elements are the column {@code pixels}. A second file, with one dimension, brings the
 * column {@code label}.
 */
final class IdxSource implements RowSource {
  private final IdxFile pixels;
  private final @Nullable IdxFile labels;
  private final ColumnNames columns;
  private long next;

  IdxSource(Path file, String name, @Nullable Path labelFile, String labelName) {
    pixels = new IdxFile(file, name);
    try {
      labels = labelFile == null ? null : new IdxFile(labelFile, labelName);
    } catch (RuntimeException e) {
      pixels.close();
      throw e;
    }
    columns = ColumnNames.of(labels == null ? List.of("pixels") : List.of("pixels", "label"));
    if (labels != null && !(labels.rows == pixels.rows && labels.rowShape.length == 0)) {
      close();
      throw new DataException(
          "%s holds %s of shape %s and %s holds %s; expected one label for each row"
              .formatted(
                  labelName,
                  Wording.count(labels.rows, "row"),
                  Wording.shape(labels.rowShape),
                  name,
                  Wording.count(pixels.rows, "row")));
    }
  }

  @Override
  public String name() {
    return pixels.name;
  }

  @Override
  public ColumnNames columns() {
    return columns;
  }

  @Override
  public boolean next(Row row) {
    if (next == pixels.rows) {
      pixels.requireEnd();
      if (labels != null) {
        labels.requireEnd();
      }
      return false;
    }
    row.begin(next);
    pixels.read(row.cell(0), next);
    if (labels != null) {
      labels.read(row.cell(1), next);
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
    return pixels.rows;
  }

  @Override
  public void close() {
    pixels.close();
    if (labels != null) {
      labels.close();
    }
  }

  /** One file: two zero bytes, the element type, the rank, the sizes, the elements; big-endian. */
  private static final class IdxFile {
    private static final int UBYTE = 0x08;
    private static final int BYTE = 0x09;
    private static final int SHORT = 0x0b;
    private static final int INT = 0x0c;
    private static final int FLOAT = 0x0d;
    private static final int DOUBLE = 0x0e;

    private final String name;
    private final DataInputStream in;
    private final int type;
    private final long rows;
    private final long[] rowShape;
    private final int rowSize;
    private final ByteBuffer bytes;

    IdxFile(Path file, String name) {
      this.name = name;
      this.in = new DataInputStream(DataFiles.open(file, name));
      try {
        int magic = in.readInt();
        type = magic >>> 8;
        long[] shape = new long[magic & 0xff];
        if (width() == 0 || shape.length == 0) {
          throw new DataException(
              "%s is no IDX file: it begins with 0x%08x, not with 0x00000803 or the like"
                  .formatted(name, magic));
        }
        for (int axis = 0; axis < shape.length; axis++) {
          shape[axis] = Integer.toUnsignedLong(in.readInt());
        }
        rows = shape[0];
        rowShape = Arrays.copyOfRange(shape, 1, shape.length);
        rowSize = Math.toIntExact(Shapes.product(rowShape));
        bytes = ByteBuffer.allocate(Math.multiplyExact(rowSize, width()));
      } catch (IOException e) {
        close();
        throw e instanceof EOFException
            ? new DataException("%s is no IDX file: its header is cut off".formatted(name), e)
            : DataFiles.unreadable(name, e);
      } catch (ArithmeticException e) {
        close();
        throw new DataException("%s is no IDX file: a row would not fit in memory".formatted(name));
      } catch (DataException e) {
        close();
        throw e;
      }
    }

    private int width() {
      return switch (type) {
        case UBYTE, BYTE -> 1;
        case SHORT -> 2;
        case INT, FLOAT -> 4;
        case DOUBLE -> 8;
        default -> 0;
      };
    }

    void read(Cell cell, long row) {
      try {
        in.readFully(bytes.array());
      } catch (EOFException e) {
        throw new DataException(
            "%s is cut off in row %d; its header promises %s"
                .formatted(name, row, Wording.count(rows, "row")),
            e);
      } catch (IOException e) {
        throw DataFiles.unreadable(name, e);
      }
      if (type == FLOAT || type == DOUBLE) {
        double[] doubles = cell.fillDoubles(rowSize, rowShape);
        for (int i = 0; i < rowSize; i++) {
          doubles[i] = type == FLOAT ? bytes.getFloat(i * 4) : bytes.getDouble(i * 8);
        }
      } else {
        long[] longs = cell.fillLongs(rowSize, rowShape);
        for (int i = 0; i < rowSize; i++) {
          longs[i] = whole(i);
        }
      }
    }

    void requireEnd() {
      try {
        if (in.read() >= 0) {
          throw new DataException(
              "%s goes on after the last of its rows; its header promises %s of shape %s"
                  .formatted(name, Wording.count(rows, "row"), Wording.shape(rowShape)));
        }
      } catch (IOException e) {
        throw DataFiles.unreadable(name, e);
      }
    }

    private long whole(int i) {
      return switch (type) {
        case UBYTE -> Byte.toUnsignedLong(bytes.get(i));
        case BYTE -> bytes.get(i);
        case SHORT -> bytes.getShort(i * 2);
        default -> bytes.getInt(i * 4);
      };
    }

    void close() {
      DataFiles.close(in, name);
    }
  }
}
