package org.modelvitals.data;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Rows of Apache Parquet, read page by page. Footer, encodings and the assembly of nested rows are
 * those of Apache's parquet-java; what it leaves to Hadoop, reading the pages of a file, is done
 * here.
 */
final class ParquetSource implements RowSource {
  private static final String MAGIC = "PAR1";

  /** The length of the footer, and the magic number behind it. */
  private static final int TAIL = 8;

  private final String name;
  private final FileChannel channel;
  private final ParquetMetadata metadata;
  private final MessageType schema;
  private final ColumnNames columns;
  private final ParquetRows rows;
  private @Nullable RecordReader<Row> reader;
  private int block;
  private long left;
  private long next;

  ParquetSource(Path file, String name, List<String> ignored) {
    this.name = name;
    try {
      channel = FileChannel.open(file);
    } catch (IOException e) {
      throw DataFiles.unreadable(name, e);
    }
    try {
      metadata = metadata();
      MessageType all = metadata.getFileMetaData().getSchema();
      columns = ColumnNames.of(all.getFields().stream().map(Type::getName).toList());
      schema =
          new MessageType(
              all.getName(),
              all.getFields().stream()
                  .filter(field -> !ignored.contains(field.getName()))
                  .toList());
      rows = new ParquetRows(schema, columns);
    } catch (IOException e) {
      close();
      throw DataFiles.unreadable(name, e);
    } catch (RuntimeException e) {
      close();
      throw damaged(e, "in its footer");
    }
  }

  private ParquetMetadata metadata() throws IOException {
    long size = channel.size();
    String start = magic(0);
    if (!start.equals(MAGIC)) {
      byte[] found = start.getBytes(StandardCharsets.ISO_8859_1);
      throw new DataException(
          found.length > 1 && found[0] == 0x1f && (found[1] & 0xff) == 0x8b
              ? "%s is compressed as a whole; Parquet compresses its columns by itself: unpack it"
                  .formatted(name)
              : start.equals("PARE")
                  ? "%s is encrypted, which is not read".formatted(name)
                  : "%s is no Parquet file: it begins with 0x%s, not with %s"
                      .formatted(name, HexFormat.of().formatHex(found), MAGIC));
    }
    if (size < MAGIC.length() + TAIL || !magic(size - MAGIC.length()).equals(MAGIC)) {
      throw new DataException("%s is cut off: a Parquet file ends with %s".formatted(name, MAGIC));
    }
    int length = read(size - TAIL, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    long begin = size - TAIL - length;
    if (length < 0 || begin < MAGIC.length()) {
      throw new DataException(
          "%s is damaged: its footer cannot have %s bytes, the file has %d"
              .formatted(name, Integer.toUnsignedString(length), size));
    }
    return new ParquetMetadataConverter()
        .readParquetMetadata(
            new ByteArrayInputStream(read(begin, length).array()),
            ParquetMetadataConverter.NO_FILTER);
  }

  private String magic(long at) throws IOException {
    int length = (int) Math.min(MAGIC.length(), Math.max(0, channel.size() - at));
    return new String(read(at, length).array(), StandardCharsets.ISO_8859_1);
  }

  private ByteBuffer read(long at, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException();
      }
    }
    return bytes.flip();
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
    try {
      while (left == 0) {
        if (block == metadata.getBlocks().size()) {
          return false;
        }
        open(metadata.getBlocks().get(block++));
      }
      row.begin(next);
      rows.into(row);
      java.util.Objects.requireNonNull(reader).read();
    } catch (RuntimeException e) {
      throw damaged(e, "in row " + next);
    }
    left--;
    next++;
    return true;
  }

  private void open(BlockMetaData group) {
    left = group.getRowCount();
    reader =
        new ColumnIOFactory(metadata.getFileMetaData().getCreatedBy())
            .getColumnIO(schema, metadata.getFileMetaData().getSchema())
            .getRecordReader(new ParquetPages(channel, name, group), rows);
  }

  /** What the library throws at files that are not as they should be are exceptions of any kind. */
  private DataException damaged(RuntimeException e, String where) {
    Throwable root = e;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataException known) {
        return known;
      }
      root = cause;
    }
    return new DataException(
        "%s is damaged %s: %s"
            .formatted(name, where, Optional.ofNullable(root.getMessage()).orElse(root.toString())),
        e);
  }

  @Override
  public String where(String dataset, long position) {
    return "%s, row %d".formatted(dataset, position);
  }

  @Override
  public long totalRows() {
    return metadata.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
  }

  @Override
  public void close() {
    DataFiles.close(channel, name);
  }
}
