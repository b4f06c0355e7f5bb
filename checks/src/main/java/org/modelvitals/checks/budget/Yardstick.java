package org.modelvitals.checks.budget;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * The workload that a model can be timed against on any machine: twelve layers of a matrix product,
 * 25 million floating-point operations, as an ONNX graph that stays the same. A release that
 * changes it changes every budget written in it, and says so.
 */
final class Yardstick implements AutoCloseable {
  private static final String RESOURCE = "yardstick.onnx";

  private final Path file;

  private Yardstick(Path file) {
    this.file = file;
  }

  /** Writes it to a file, which is deleted when this is closed. */
  static Yardstick write() {
    try (InputStream in =
        Objects.requireNonNull(Yardstick.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      Path file = Files.createTempFile("model-vitals-", "-" + RESOURCE);
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return new Yardstick(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file() {
    return file;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
