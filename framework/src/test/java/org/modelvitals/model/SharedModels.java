package org.modelvitals.model;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Models that nobody here made, beside the project; tests that need them are skipped without. */
final class SharedModels {
  private SharedModels() {}

  static Path file(String name) {
    Path folder = folder();
    assumeTrue(folder != null, "there is no folder shared/models beside the project");
    return java.util.Objects.requireNonNull(folder).resolve(name);
  }

  private static @Nullable Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolveSibling("shared").resolve("models");
      if (Files.isDirectory(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
