package org.modelvitals.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of this repository that tests hold against the code. */
public final class Repository {
  private static final String UPDATE = "modelvitals.update";

  private Repository() {}

  /** The root: the tests of a module run in its folder. */
  public static Path root() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  /** Files below a folder whose names end with {@code suffix}, without what the build makes. */
  public static List<Path> files(Path folder, String suffix) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(suffix) && Files.isRegularFile(file))
          .filter(
              file ->
                  Stream.of("target", ".git", "shared", "node_modules")
                      .noneMatch(
                          name ->
                              root().relativize(file).startsWith(name)
                                  || file.toString().contains("/" + name + "/")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String read(Path file) {
    try {
      return Files.readString(file).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asserts that a file is what the code generates, or writes it where that was asked for. */
  public static void assertCurrent(Path file, String generated) {
    if (Boolean.getBoolean(UPDATE)) {
      try {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, generated);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    assertThat(Files.exists(file) ? read(file) : "")
        .as(
            "%s is out of date; run: mvn -pl framework,checks test -D%s=true"
                    .formatted(root().relativize(file.toAbsolutePath()), UPDATE)
                + " -Dtest='Docs*Test' -Dsurefire.failIfNoSpecifiedTests=false")
        .isEqualTo(generated);
  }
}
