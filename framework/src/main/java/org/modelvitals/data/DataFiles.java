package org.modelvitals.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens the files of datasets. What is compressed with gzip is told by its first bytes. */
final class DataFiles {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_MAGIC_1 = 0x1f;
  private static final int GZIP_MAGIC_2 = 0x8b;

  private DataFiles() {}

  /**
   * The content of a file, decompressed.
   *
   * @param name the file as the declaration names it
   */
  static InputStream open(Path file, String name) {
    try {
      InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
      try {
        in.mark(2);
        boolean gzip = beginsAsGzip(in);
        in.reset();
        return gzip ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
      } catch (IOException e) {
        in.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** Whether a file is compressed. */
  static boolean isGzip(Path file, String name) {
    try (InputStream in = Files.newInputStream(file)) {
      return beginsAsGzip(in);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static boolean beginsAsGzip(InputStream in) throws IOException {
    return in.read() == GZIP_MAGIC_1 && in.read() == GZIP_MAGIC_2;
  }

  /** The sentence for a file that cannot be read on. */
  static DataException unreadable(String where, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new DataException("there is no dataset '%s'".formatted(where), e);
    }
    if (e instanceof EOFException) {
      return new DataException(where + " is cut off: its compressed data end too early", e);
    }
    if (e instanceof ZipException) {
      return new DataException(
          "%s is damaged: its compressed data cannot be read (%s)".formatted(where, e.getMessage()),
          e);
    }
    return new DataException("%s cannot be read: %s".formatted(where, e), e);
  }

  /** The line, from 1, with the first bytes that are no UTF-8; the last one if there are none. */
  static long firstLineNotUtf8(Path file, String name) {
    long line = 0;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = open(file, name)) {
      int next;
      do {
        line++;
        bytes.reset();
        for (next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
          bytes.write(next);
        }
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
      } while (next >= 0);
    } catch (CharacterCodingException e) {
      return line;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
    return line;
  }

  /** The last part of a path, for short names of places. */
  static String fileName(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  static void close(AutoCloseable resource, String name) {
    try {
      resource.close();
    } catch (IOException e) {
      throw unreadable(name, e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new DataException("%s cannot be closed: %s".formatted(name, e), e);
    }
  }
}
