package org.modelvitals.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.modelvitals.text.Nearest;
import tools.jackson.databind.json.JsonMapper;

/**
 * From the paths of a command line to what the engine is to run. For a model a suite is written
 * that includes the checkup and nothing else; it is trusted where the model is.
 */
final class Selection implements AutoCloseable {
  private static final String SUITE = ".vitals.yaml";

  private final List<Path> trusted;
  private final List<DiscoverySelector> selectors = new ArrayList<>();
  private final List<Path> written = new ArrayList<>();
  private final List<Path> trustedFolders = new ArrayList<>();

  /** A path that stands for no suite and no model; the message is for whoever wrote it. */
  static final class Unselectable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unselectable(String sentence) {
      super(sentence);
    }
  }

  private Selection(List<Path> trusted) {
    this.trusted = trusted.stream().map(Selection::real).toList();
  }

  /**
   * Looks at every path.
   *
   * @throws Unselectable if one stands for nothing that can be run
   */
  static Selection of(List<Path> paths, List<Path> trusted) throws IOException {
    Selection selection = new Selection(trusted);
    try {
      for (Path path : paths) {
        selection.add(path);
      }
      return selection;
    } catch (IOException | RuntimeException e) {
      selection.close();
      throw e;
    }
  }

  List<DiscoverySelector> selectors() {
    return List.copyOf(selectors);
  }

  /** Folders of suites that were written for models which are trusted. */
  List<Path> trustedFolders() {
    return List.copyOf(trustedFolders);
  }

  private void add(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw missing(path);
    } else if (Files.isDirectory(path)) {
      folder(path);
    } else if (isSuite(path)) {
      selectors.add(DiscoverySelectors.selectFile(path.toFile()));
    } else if (isModel(path)) {
      checkup(path, "Checkup: " + path);
    } else {
      throw new Unselectable(
          "'%s' is no suite (*%s) and no model (*.onnx, *.ort)".formatted(path, SUITE));
    }
  }

  /** Says that there is no such path, and names the nearest. */
  static Unselectable missing(Path path) throws IOException {
    return new Unselectable("there is no '%s'%s".formatted(path, near(path)));
  }

  private void folder(Path folder) throws IOException {
    if (has(folder, Selection::isSuite)) {
      selectors.add(DiscoverySelectors.selectDirectory(folder.toFile()));
    } else if (has(folder, Selection::isModel)) {
      checkup(folder, "Checkup");
    } else {
      throw new Unselectable(
          "no suite (*%s) and no model (*.onnx, *.ort) lies in '%s'".formatted(SUITE, folder));
    }
  }

  private void checkup(Path model, String name) throws IOException {
    Path folder = Files.createTempDirectory("vitals-checkup");
    written.add(folder);
    Path suite = folder.resolve("checkup" + SUITE);
    Map<String, String> declared = new LinkedHashMap<>();
    declared.put("name", name);
    declared.put("model", real(model).toString());
    declared.put("include", "checkup");
    // JSON is YAML, and quotes what a file name may have in it.
    Files.writeString(suite, JsonMapper.shared().writeValueAsString(declared));
    selectors.add(DiscoverySelectors.selectFile(suite.toFile()));
    if (trusted.stream().anyMatch(real(model)::startsWith)) {
      trustedFolders.add(folder);
    }
  }

  private interface Kind {
    boolean is(Path path);
  }

  private static boolean has(Path folder, Kind kind) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.anyMatch(path -> kind.is(path) && Files.isRegularFile(path));
    }
  }

  private static boolean isSuite(Path path) {
    return path.toString().endsWith(SUITE);
  }

  private static boolean isModel(Path path) {
    return path.toString().endsWith(".onnx") || path.toString().endsWith(".ort");
  }

  private static String near(Path path) throws IOException {
    Path folder = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path);
    if (!Files.isDirectory(folder)) {
      return "; the folder does not exist either";
    }
    try (Stream<Path> beside = Files.list(folder)) {
      return Nearest.to(
              String.valueOf(path.getFileName()),
              beside.map(other -> String.valueOf(other.getFileName())).toList())
          .map(near -> "; did you mean '" + path.resolveSibling(near) + "'?")
          .orElse("");
    }
  }

  /** Through links, lest one leads out of a trusted folder. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  @Override
  public void close() throws IOException {
    for (Path folder : written) {
      Files.deleteIfExists(folder.resolve("checkup" + SUITE));
      Files.deleteIfExists(folder);
    }
  }
}
