package org.modelvitals.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where things lie. */
final class Projects {
  private Projects() {}

  /** The project's root: the folder above this one that has the framework in it. */
  static Path root() {
    for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
      if (Files.exists(here.resolve("framework/pom.xml"))) {
        return here;
      }
    }
    throw new IllegalStateException("run benchmarks/run from inside the project");
  }

  static Path examples() {
    return root().resolve("example-suites");
  }

  /** Third-party models; the folder may be absent. */
  static Path shared() {
    return root().resolveSibling("shared").resolve("models");
  }

  /** A folder for files that are made on the way. */
  static Path scratch() throws IOException {
    return Files.createDirectories(root().resolve("benchmarks/target/scratch"));
  }
}
