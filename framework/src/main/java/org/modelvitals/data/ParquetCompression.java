package org.modelvitals.data;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Decompresses the pages of a column, with the libraries that parquet-java brings along. */
final class ParquetCompression {
  private final CompressionCodecName codec;

  ParquetCompression(CompressionCodecName codec) {
    this.codec = codec;
  }

  /**
   * Decompresses the end of a page.
   *
   * @param from where it begins
   * @param size of what comes out
   * @throws IOException if the bytes are damaged
   * @throws Misfit if this compression is not read
   */
  BytesInput decompress(byte[] bytes, int from, int size) throws IOException {
    int length = bytes.length - from;
    if (length < 0 || size < 0) {
      throw new IOException("a page of %d bytes, of %d unpacked".formatted(length, size));
    }
    if (codec == CompressionCodecName.UNCOMPRESSED) {
      return BytesInput.from(bytes, from, length);
    }
    if (length == 0) {
      return BytesInput.empty();
    }
    byte[] out = new byte[size];
    int count;
    try {
      count =
          switch (codec) {
            case SNAPPY -> snappy(bytes, from, length, out);
            case GZIP -> gzip(bytes, from, length, out);
            case ZSTD -> (int) Zstd.decompressByteArray(out, 0, size, bytes, from, length);
            case LZ4_RAW -> new Lz4Decompressor().decompress(bytes, from, length, out, 0, size);
            default ->
                throw new Misfit(
                    "it is compressed with %s; expected SNAPPY, GZIP, ZSTD, LZ4_RAW or nothing"
                        .formatted(codec));
          };
    } catch (Misfit e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IOException(
          "its %s data cannot be unpacked (%s)".formatted(codec, e.getMessage()), e);
    }
    if (count != size) {
      throw new IOException(
          "its %s data unpack to %d bytes, not to %d".formatted(codec, count, size));
    }
    return BytesInput.from(out);
  }

  private static int snappy(byte[] bytes, int from, int length, byte[] out) throws IOException {
    int size = Snappy.uncompressedLength(bytes, from, length);
    return size == out.length ? Snappy.uncompress(bytes, from, length, out, 0) : size;
  }

  private static int gzip(byte[] bytes, int from, int length, byte[] out) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(
            new ByteArrayInputStream(Arrays.copyOfRange(bytes, from, from + length)))) {
      int count = in.readNBytes(out, 0, out.length);
      return in.read() < 0 ? count : count + 1;
    }
  }
}
