package org.modelvitals.language;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Opens tokenizers and keeps the last few, because loading one takes a third of a second and the
 * checks of a suite use the same.
 */
public final class Tokenizers {
  private static final int KEPT = 4;

  private static final Map<Key, LoadedTokenizer> LOADED = new LinkedHashMap<>(16, 0.75f, true);

  private Tokenizers() {}

  private record Key(Path file, long size, FileTime modified) {}

  /**
   * The tokenizer of a {@code tokenizer.json} in Hugging Face's format. The caller closes it.
   *
   * @throws IllegalArgumentException with a sentence if there is none that can be read
   */
  public static Tokenizer open(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    synchronized (LOADED) {
      LoadedTokenizer loaded =
          LOADED.computeIfAbsent(key(absolute), key -> LoadedTokenizer.load(key.file()));
      loaded.hold();
      forgetOldest();
      return new FileTokenizer(loaded);
    }
  }

  /** The version of the library that reads tokenizers, if it says so. */
  public static Optional<String> libraryVersion() {
    return Optional.ofNullable(HuggingFaceTokenizer.class.getPackage().getSpecificationVersion());
  }

  private static Key key(Path file) {
    try {
      return new Key(file, Files.size(file), Files.getLastModifiedTime(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("there is no tokenizer %s".formatted(file), e);
    }
  }

  private static void forgetOldest() {
    Iterator<LoadedTokenizer> oldest = LOADED.values().iterator();
    while (LOADED.size() > KEPT) {
      LoadedTokenizer loaded = oldest.next();
      oldest.remove();
      loaded.forget();
    }
  }
}
