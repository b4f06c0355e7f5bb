package org.modelvitals.checks.shared;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Third-party models beside the project. */
final class SharedModels {
  private SharedModels() {}

  /** The folder {@code ../shared/models} from the project's root; skips the test without it. */
  static Path folder() {
    @Nullable Path found = null;
    for (Path at = Path.of("").toAbsolutePath(); at != null && found == null; at = at.getParent()) {
      Path candidate = at.resolveSibling("shared").resolve("models");
      found = Files.isDirectory(candidate) ? candidate : null;
    }
    assumeTrue(found != null, "there is no folder shared/models beside the project");
    return Objects.requireNonNull(found);
  }
}
