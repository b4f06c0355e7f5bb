package org.modelvitals.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.modelvitals.text.Nearest;

/** Identifies model files, and says what is wrong with those that are none. */
public final class ModelFiles {
  private static final String LFS_POINTER = "version https://git-lfs";
  private static final String ORT_IDENTIFIER = "ORTM";
  private static final int NEIGHBOURS = 5;
  private static final int BUFFER = 1 << 16;

  private static final ConcurrentHashMap<Stamp, Identified> KNOWN = new ConcurrentHashMap<>();

  private ModelFiles() {}

  /** A file's state that says whether it must be hashed again. */
  private record Stamp(Path path, long size, FileTime modified) {}

  /**
   * What reading a file once tells.
   *
   * @param external whether it may name files with external data
   */
  private record Identified(ModelFile file, boolean external) {}

  /** The version of ONNX Runtime in use, or of its Java binding while nothing has started it. */
  public static String runtimeVersion() {
    return Ort.version();
  }

  /**
   * Size and hash of a model file. Hashes a file once as long as its size and time stay the same;
   * an interrupt of the thread stops that.
   *
   * @throws ModelException if there is no readable file, or if the thread was interrupted
   */
  public static ModelFile identify(Path path) {
    return read(path).file();
  }

  /**
   * Whether other files may belong to the model. Data outside the file is named by an entry with
   * the key {@code location}; a file without that word has none, and one with it may still have
   * none.
   */
  static boolean mayHaveExternalData(Path path) {
    return read(path).external();
  }

  private static Identified read(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute)) {
      throw new ModelException(
          ModelException.Reason.INVALID_MODEL,
          "%s is a folder, not a model%s".formatted(path, nearest(absolute.resolve("model.onnx"))));
    }
    if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
      throw new ModelException(
          ModelException.Reason.INVALID_MODEL,
          "%s is a device or a pipe, which may have no end, not a model".formatted(path));
    }
    try {
      Stamp stamp = new Stamp(absolute, Files.size(absolute), Files.getLastModifiedTime(absolute));
      return KNOWN.computeIfAbsent(stamp, ModelFiles::hash);
    } catch (NoSuchFileException e) {
      throw new ModelException(
          ModelException.Reason.INVALID_MODEL,
          "there is no model %s%s".formatted(path, nearest(absolute)),
          e);
    } catch (IOException | UncheckedIOException e) {
      throw new ModelException(
          ModelException.Reason.INVALID_MODEL,
          "the model %s cannot be read: %s".formatted(path, e),
          e);
    }
  }

  private static String nearest(Path missing) {
    Path folder = missing.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return folder == null ? "" : "; there is no folder " + folder + " either";
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> models =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(".onnx") || name.endsWith(".ort"))
              .sorted()
              .toList();
      if (models.isEmpty()) {
        return "; there are no models in " + folder;
      }
      return Nearest.to(String.valueOf(missing.getFileName()), models)
          .map(name -> "; did you mean '" + name + "'?")
          .orElseGet(
              () ->
                  "; beside it there are "
                      + String.join(", ", models.subList(0, Math.min(NEIGHBOURS, models.size()))));
    } catch (IOException e) {
      return "";
    }
  }

  private static Identified hash(Stamp stamp) {
    try (InputStream in = Files.newInputStream(stamp.path())) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Word location = new Word("location");
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (Thread.currentThread().isInterrupted()) {
          throw new ClosedByInterruptException();
        }
        digest.update(buffer, 0, read);
        location.look(buffer, read);
      }
      ModelFile file =
          new ModelFile(stamp.path(), HexFormat.of().formatHex(digest.digest()), stamp.size());
      return new Identified(file, location.found);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Refuses what cannot be a model at a glance, with a sentence that says what it is.
   *
   * @throws ModelException if the file is empty or a Git LFS pointer
   */
  static void requireModel(ModelFile file) {
    if (file.size() == 0) {
      throw new ModelException(
          ModelException.Reason.INVALID_MODEL,
          "%s is empty (0 bytes), not a model".formatted(file.path()));
    }
    if (isLfsPointer(file)) {
      throw new ModelException(
          ModelException.Reason.INVALID_MODEL,
          "%s is a Git LFS pointer, not a model; fetch the model with: git lfs pull"
              .formatted(file.path()));
    }
  }

  private static boolean isLfsPointer(ModelFile file) {
    return file.size() <= 1024 && head(file, LFS_POINTER.length()).equals(LFS_POINTER);
  }

  /** Whether the file is in ONNX Runtime's own format: a FlatBuffer with the identifier ORTM. */
  static boolean isOrtFormat(ModelFile file) {
    return head(file, 8).endsWith(ORT_IDENTIFIER);
  }

  private static String head(ModelFile file, int length) {
    try (InputStream in = Files.newInputStream(file.path())) {
      return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // whoever opens it next says what is wrong
    }
  }

  /** Looks for a word, no letter of which is like its first, in bytes that come in parts. */
  private static final class Word {
    private final byte[] letters;
    private int matched;
    private boolean found;

    private Word(String word) {
      letters = word.getBytes(StandardCharsets.US_ASCII);
    }

    private void look(byte[] bytes, int length) {
      for (int i = 0; i < length && !found; i++) {
        boolean goesOn = bytes[i] == letters[matched];
        matched = goesOn ? matched + 1 : bytes[i] == letters[0] ? 1 : 0;
        found = matched == letters.length;
      }
    }
  }
}
