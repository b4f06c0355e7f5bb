package org.modelvitals.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.jspecify.annotations.Nullable;

/** The pages of a row group, read one by one as its columns need them. */
final class ParquetPages implements PageReadStore {
  private final FileChannel channel;
  private final String name;
  private final BlockMetaData group;
  private final ParquetMetadataConverter converter = new ParquetMetadataConverter();
  private final Map<ColumnPath, ColumnChunkMetaData> chunks = new HashMap<>();

  ParquetPages(FileChannel channel, String name, BlockMetaData group) {
    this.channel = channel;
    this.name = name;
    this.group = group;
    group.getColumns().forEach(chunk -> chunks.put(chunk.getPath(), chunk));
  }

  @Override
  public long getRowCount() {
    return group.getRowCount();
  }

  @Override
  public PageReader getPageReader(ColumnDescriptor column) {
    ColumnPath path = ColumnPath.get(column.getPath());
    ColumnChunkMetaData chunk = chunks.get(path);
    if (chunk == null) {
      throw new DataException(
          "%s is damaged: a row group lacks the column '%s'".formatted(name, path.toDotString()));
    }
    if (chunk.isEncrypted()) {
      throw new DataException(
          "%s: the column '%s' is encrypted, which is not read"
              .formatted(name, path.toDotString()));
    }
    return new Chunk(chunk);
  }

  /** The pages of one column. */
  private final class Chunk implements PageReader {
    private final ColumnChunkMetaData chunk;
    private final ParquetCompression compression;
    private final InputStream in;

    /** Read ahead, to see whether it is of a dictionary. */
    private @Nullable PageHeader ahead;

    private long valuesLeft;

    Chunk(ColumnChunkMetaData chunk) {
      this.chunk = chunk;
      this.in = new BufferedInputStream(new From(channel, chunk.getStartingPos()));
      this.valuesLeft = chunk.getValueCount();
      this.compression = new ParquetCompression(chunk.getCodec());
    }

    @Override
    public long getTotalValueCount() {
      return chunk.getValueCount();
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
      try {
        PageHeader header = header();
        if (header == null || header.getType() != PageType.DICTIONARY_PAGE) {
          ahead = header;
          return null;
        }
        DictionaryPageHeader dictionary = header.getDictionary_page_header();
        byte[] bytes = content(header);
        return new DictionaryPage(
            compression.decompress(bytes, 0, header.getUncompressed_page_size()),
            header.getUncompressed_page_size(),
            dictionary.getNum_values(),
            converter.getEncoding(dictionary.getEncoding()));
      } catch (IOException | RuntimeException e) {
        throw damaged(e);
      }
    }

    @Override
    public @Nullable DataPage readPage() {
      try {
        PageHeader header = header();
        if (header == null) {
          return null;
        }
        byte[] bytes = content(header);
        DataPage page =
            header.isSetData_page_header_v2() ? second(header, bytes) : first(header, bytes);
        valuesLeft -= page.getValueCount();
        return page;
      } catch (IOException | RuntimeException e) {
        throw damaged(e);
      }
    }

    /** The next page that is no index; null after the last one. */
    private @Nullable PageHeader header() throws IOException {
      PageHeader known = ahead;
      ahead = null;
      while (known == null && valuesLeft > 0) {
        PageHeader next = Util.readPageHeader(in);
        if (next.getType() == PageType.INDEX_PAGE) {
          content(next);
        } else {
          known = next;
        }
      }
      return known;
    }

    private byte[] content(PageHeader header) throws IOException {
      int size = header.getCompressed_page_size();
      byte[] bytes = in.readNBytes(size);
      if (bytes.length < size) {
        throw new EOFException("the file ends within a page");
      }
      if (header.isSetCrc()) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if ((int) crc.getValue() != header.getCrc()) {
          throw new IOException("the checksum of a page is not that of its content");
        }
      }
      return bytes;
    }

    private DataPage first(PageHeader header, byte[] bytes) throws IOException {
      DataPageHeader page = header.getData_page_header();
      if (page == null) {
        throw new IOException("a page of type " + header.getType() + " stands among those of data");
      }
      return new DataPageV1(
          compression.decompress(bytes, 0, header.getUncompressed_page_size()),
          page.getNum_values(),
          header.getUncompressed_page_size(),
          null,
          converter.getEncoding(page.getRepetition_level_encoding()),
          converter.getEncoding(page.getDefinition_level_encoding()),
          converter.getEncoding(page.getEncoding()));
    }

    private DataPage second(PageHeader header, byte[] bytes) throws IOException {
      DataPageHeaderV2 page = header.getData_page_header_v2();
      int repetition = page.getRepetition_levels_byte_length();
      int levels = Math.addExact(repetition, page.getDefinition_levels_byte_length());
      int size = header.getUncompressed_page_size() - levels;
      return DataPageV2.uncompressed(
          page.getNum_rows(),
          page.getNum_nulls(),
          page.getNum_values(),
          BytesInput.from(bytes, 0, repetition),
          BytesInput.from(bytes, repetition, levels - repetition),
          converter.getEncoding(page.getEncoding()),
          page.isIs_compressed()
              ? compression.decompress(bytes, levels, size)
              : BytesInput.from(bytes, levels, bytes.length - levels),
          null);
    }

    private DataException damaged(Exception e) {
      if (e instanceof DataException known) {
        return known;
      }
      String what = e instanceof Misfit || e.getMessage() != null ? e.getMessage() : e.toString();
      return new DataException(
          "%s %s in column '%s': %s"
              .formatted(
                  name,
                  e instanceof Misfit ? "is not read" : "is damaged",
                  chunk.getPath().toDotString(),
                  what),
          e);
    }
  }

  /** A file from a place on, which leaves the channel's own position alone. */
  private static final class From extends InputStream {
    private final FileChannel channel;
    private long at;

    From(FileChannel channel, long at) {
      this.channel = channel;
      this.at = at;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = channel.read(ByteBuffer.wrap(bytes, offset, length), at);
      at += Math.max(0, count);
      return count;
    }
  }
}
