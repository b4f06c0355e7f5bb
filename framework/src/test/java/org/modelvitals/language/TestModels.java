package org.modelvitals.language;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelPool;
import org.modelvitals.model.SessionSpec;

/** Where the language models for tests lie. */
final class TestModels {
  private TestModels() {}

  /** Of the example suites. */
  static Path examples() {
    return up("example-suites/models");
  }

  static Path grammar() {
    return examples().resolve("grammar-lm");
  }

  /** A model of the folder of third-party models; the test is skipped where there is none. */
  static Path gpt2() {
    @Nullable Path folder = null;
    for (Path at = Path.of("").toAbsolutePath();
        at != null && folder == null;
        at = at.getParent()) {
      Path candidate = at.resolveSibling("shared").resolve("models");
      folder = Files.isDirectory(candidate) ? candidate : null;
    }
    assumeTrue(folder != null, "there is no folder shared/models beside the project");
    return Objects.requireNonNull(folder).resolve("tiny-random-gpt2");
  }

  private static Path up(String path) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(path))) {
        return at.resolve(path);
      }
    }
    throw new IllegalStateException("there is no " + path);
  }

  static Model load(Path file) {
    return new ModelPool().acquire(file, DeviceSpec.CPU, SessionSpec.DEFAULT);
  }
}
