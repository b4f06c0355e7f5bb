package org.modelvitals.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The modules as they lie on the disk, compiled and as sources. */
final class House {
  static final Path ROOT = root();
  static final List<String> MAIN = List.of("framework", "checks", "reports", "runner");
  private static final List<String> ALL =
      List.of("framework", "checks", "reports", "runner", "example-suites", "benchmarks");
  private static final String SICK = "/house/sick/";

  private House() {}

  static JavaClasses mainCode() {
    return classes(MAIN, "classes");
  }

  /** Tests of the modules that are compiled; the sick house is no test. */
  static JavaClasses tests() {
    return classes(ALL, "test-classes");
  }

  static JavaClasses sickHouse() {
    return new ClassFileImporter()
        .withImportOption(location -> location.contains(SICK))
        .importPaths(ROOT.resolve("benchmarks/target/test-classes"));
  }

  private static JavaClasses classes(List<String> modules, String folder) {
    return new ClassFileImporter()
        .withImportOption((Location location) -> !location.contains(SICK))
        .importPaths(
            modules.stream()
                .map(module -> ROOT.resolve(module).resolve("target").resolve(folder))
                .filter(Files::isDirectory)
                .toList());
  }

  /** Every Java source of every module, but those of the sick house. */
  static List<Path> sources() {
    return ALL.stream()
        .flatMap(module -> files(ROOT.resolve(module).resolve("src")))
        .filter(file -> !file.toString().contains(SICK))
        .toList();
  }

  static List<Path> mainSources() {
    return sources().stream().filter(file -> file.toString().contains("/src/main/")).toList();
  }

  private static Stream<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
      if (Files.exists(here.resolve("framework/pom.xml"))) {
        return here;
      }
    }
    throw new IllegalStateException("run from inside the project");
  }
}
