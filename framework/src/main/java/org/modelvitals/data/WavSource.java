package org.modelvitals.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Windows of a WAV file as the column {@code samples}: integer PCM scaled to -1 up to 1 (16 bit:
 * divided by 32768), floats as they are. Of several channels the first is read. The samples before
 * the first window are zeros, and so is what the last window lacks.
 */
final class WavSource implements RowSource {
  private final String name;
  private final AudioInputStream audio;
  private final AudioFormat format;
  private final ColumnNames columns = ColumnNames.of(List.of("samples"));
  private final int window;
  private final int context;
  private final long frames;
  private final byte[] bytes;
  private final ByteBuffer view;

  /** The samples of the row before, of which the last are the next row's context. */
  private final double[] samples;

  private long next;

  WavSource(Path file, String name, DataSpec spec) {
    this.name = name;
    this.audio = open(file, name);
    this.format = audio.getFormat();
    this.frames = audio.getFrameLength();
    try {
      requireReadable();
      window = spec.window() == null ? Math.toIntExact(frames) : spec.window();
      context = spec.context();
      if (window < 1 || context < 0 || context > window) {
        throw new DataException(
            "%s: window: %d and context: %d; expected a window of at least one sample and a context"
                    .formatted(name, window, context)
                + " no longer than it");
      }
      samples = new double[context + window];
      bytes = new byte[Math.multiplyExact(window, format.getFrameSize())];
      view =
          ByteBuffer.wrap(bytes)
              .order(format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    } catch (ArithmeticException e) {
      DataFiles.close(audio, name);
      throw new DataException(name + " is too long for one row; say 'window:'", e);
    } catch (DataException e) {
      DataFiles.close(audio, name);
      throw e;
    }
  }

  private static AudioInputStream open(Path file, String name) {
    try {
      return AudioSystem.getAudioInputStream(DataFiles.open(file, name));
    } catch (UnsupportedAudioFileException e) {
      throw new DataException(
          "%s is no WAV file that can be read; expected PCM or float samples".formatted(name), e);
    } catch (EOFException e) {
      throw new DataException(name + " is cut off: its header ends too early", e);
    } catch (IOException e) {
      throw DataFiles.unreadable(name, e);
    }
  }

  private void requireReadable() {
    int bits = format.getSampleSizeInBits();
    Encoding encoding = format.getEncoding();
    boolean readable =
        encoding.equals(Encoding.PCM_FLOAT)
            ? bits == 32 || bits == 64
            : (encoding.equals(Encoding.PCM_SIGNED) && (bits == 16 || bits == 24 || bits == 32))
                || (encoding.equals(Encoding.PCM_UNSIGNED) && bits == 8);
    if (!readable || frames <= 0) {
      throw new DataException(
          "%s holds %s; expected samples of 8, 16, 24 or 32 bit PCM, or 32 or 64 bit float"
              .formatted(name, frames <= 0 ? "no samples" : format));
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
    long begin = next * window;
    if (begin >= frames) {
      return false;
    }
    System.arraycopy(samples, window, samples, 0, context);
    int count = (int) Math.min(window, frames - begin);
    read(count, begin);
    int width = format.getFrameSize();
    for (int i = 0; i < window; i++) {
      samples[context + i] = i < count ? sample(i * width) : 0;
    }
    row.begin(next++);
    double[] cell = row.cell(0).fillDoubles(samples.length, samples.length);
    System.arraycopy(samples, 0, cell, 0, samples.length);
    return true;
  }

  private void read(int count, long begin) {
    try {
      int wanted = count * format.getFrameSize();
      int found = audio.readNBytes(bytes, 0, wanted);
      if (found < wanted) {
        throw new DataException(
            "%s is cut off after %d samples; its header promises %d"
                .formatted(name, begin + found / format.getFrameSize(), frames));
      }
    } catch (IOException e) {
      throw DataFiles.unreadable(name, e);
    }
  }

  private double sample(int at) {
    boolean floating = format.getEncoding().equals(Encoding.PCM_FLOAT);
    return switch (format.getSampleSizeInBits()) {
      case 8 -> (Byte.toUnsignedInt(bytes[at]) - 128) / 128.0;
      case 16 -> view.getShort(at) / 32768.0;
      case 24 ->
          ((bytes[at + 2] << 16)
                  | (Byte.toUnsignedInt(bytes[at + 1]) << 8)
                  | Byte.toUnsignedInt(bytes[at]))
              / 8388608.0;
      case 32 -> floating ? view.getFloat(at) : view.getInt(at) / 2147483648.0;
      default -> view.getDouble(at);
    };
  }

  @Override
  public String where(String dataset, long position) {
    return String.format(
        Locale.ROOT, "%s at %.3f s", dataset, position * window / format.getFrameRate());
  }

  @Override
  public long totalRows() {
    return (frames + window - 1) / window;
  }

  @Override
  public void close() {
    DataFiles.close(audio, name);
  }
}
