package org.modelvitals.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a child, in which all lies that it leaves behind. */
final class Folders {
  private Folders() {}

  /** Deletes a folder with what lies in it, as far as that can be deleted. */
  static void delete(Path folder) {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      return; // it is gone, or going
    }
    for (Path file : all) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // Windows keeps files that are in use; the folder lies among temporary ones.
      }
    }
  }
}
