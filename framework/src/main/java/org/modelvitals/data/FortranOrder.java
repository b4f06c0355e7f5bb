package org.modelvitals.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The rows of an array in Fortran order: the elements of a row lie as far from each other as there
 * are rows. Some rows are gathered at a time, from one piece of the file for each element of a row.
 */
final class FortranOrder implements AutoCloseable {
  private static final int BLOCK_BYTES = 4 << 20;

  private final FileChannel channel;
  private final long begin;
  private final long rows;
  private final int element;

  /** Where element i of a row, in C order, is among those of the file. */
  private final int[] places;

  private final ByteBuffer block;
  private final int blockRows;
  private long firstRow;
  private int held;

  FortranOrder(FileChannel channel, NpyHeader header, long rows, long[] rowShape, int element) {
    this.channel = channel;
    this.begin = header.length();
    this.rows = rows;
    this.element = element;
    this.places = places(rowShape);
    int rowBytes = Math.max(1, places.length * element);
    this.blockRows = (int) Math.max(1, Math.min(rows, BLOCK_BYTES / rowBytes));
    this.block = ByteBuffer.allocate(rowBytes * blockRows);
  }

  private static int[] places(long[] shape) {
    int[] places = new int[(int) Shapes.product(shape)];
    long[] index = new long[shape.length];
    for (int i = 0; i < places.length; i++) {
      long place = 0;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        place = place * shape[axis] + index[axis];
      }
      places[i] = (int) place;
      for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return places;
  }

  /** Reads a row into {@code to}, in C order. */
  void read(ByteBuffer to, long row) throws IOException {
    if (row < firstRow || row >= firstRow + held) {
      gather(row);
    }
    int at = (int) (row - firstRow);
    for (int i = 0; i < places.length; i++) {
      to.put(i * element, block, (places[i] * held + at) * element, element);
    }
  }

  private void gather(long row) throws IOException {
    firstRow = row;
    held = (int) Math.min(blockRows, rows - row);
    block.clear();
    for (int place = 0; place < places.length; place++) {
      block.limit(block.position() + held * element);
      long from = begin + (place * rows + row) * element;
      while (block.hasRemaining()) {
        int count = channel.read(block, from);
        if (count < 0) {
          throw new EOFException();
        }
        from += count;
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
