package org.modelvitals.sick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.modelvitals.engine.ModelVitalsEngine;

/**
 * A suite that is held against another model than the one it names.
 *
 * @param file the suite, in the folder {@code sick}
 * @param healthy the model that it names
 */
record HealthCard(String file, String healthy) {
  private static final Path FOLDER = Path.of("sick").toAbsolutePath();

  static final HealthCard DIGITS = new HealthCard("digits.vitals.yaml", "../models/digits.onnx");
  static final HealthCard STATE =
      new HealthCard("digits-with-state.vitals.yaml", "models/digits-leaking-state.onnx");
  static final HealthCard GRAMMAR =
      new HealthCard("grammar.vitals.yaml", "../models/grammar-lm/model.onnx");
  static final HealthCard EXPORT =
      new HealthCard("export.vitals.yaml", "../models/grammar-lm/model_with_past.onnx");
  static final HealthCard LANGUAGE =
      new HealthCard("language.vitals.yaml", "../models/grammar-lm/model_with_past.onnx");
  static final HealthCard GOLDEN =
      new HealthCard("golden.vitals.yaml", "../models/grammar-lm/model_with_past.onnx");
  static final HealthCard WRITING =
      new HealthCard("writing.vitals.yaml", "../models/grammar-lm/model_with_past.onnx");
  static final HealthCard PHRASEBOOK =
      new HealthCard("phrasebook.vitals.yaml", "../models/phrasebook/decoder_model.onnx");
  static final HealthCard JSON = new HealthCard("json.vitals.yaml", "../models/json-lm/model.onnx");

  /** Expects that a twin turns exactly these checks red, each with a message that says this. */
  void assertRed(String model, Map<String, String> red, Path workingFolder) throws IOException {
    Map<String, String> found = redChecks(model, workingFolder);
    assertThat(found).containsOnlyKeys(red.keySet());
    red.forEach((check, message) -> assertThat(found.get(check)).contains(message));
  }

  /**
   * What JUnit was told of each check that is red, by the check's name.
   *
   * @param model a file in the folder {@code sick}, or a folder with the files of the healthy
   *     model's folder that are sick
   */
  Map<String, String> redChecks(String model, Path workingFolder) throws IOException {
    Path twin = FOLDER.resolve(model).normalize();
    Path subject = Files.isDirectory(twin) ? overlaid(twin, workingFolder) : twin;
    Path suite = workingFolder.resolve(file);
    Files.writeString(
        suite,
        Files.readString(FOLDER.resolve(file))
            .replace("\nmodel: " + healthy, "\nmodel: " + subject)
            .replace(" ../", " " + FOLDER.getParent() + "/"));
    Map<String, String> red = new TreeMap<>();
    EngineTestKit.engine(ModelVitalsEngine.ID)
        .configurationParameter("modelvitals.report.enabled", "false")
        .selectors(selectFile(suite.toFile()))
        .execute()
        .testEvents()
        .finished()
        .stream()
        .filter(event -> result(event).getStatus() == TestExecutionResult.Status.FAILED)
        .forEach(event -> red.put(event.getTestDescriptor().getDisplayName(), message(event)));
    return red;
  }

  /** The healthy model's folder with the twin's files over it. */
  private Path overlaid(Path twin, Path workingFolder) throws IOException {
    Path healthyModel = FOLDER.resolve(healthy).normalize();
    Path copy = Files.createDirectories(workingFolder.resolve("twin"));
    for (Path from : List.of(healthyModel.getParent(), twin)) {
      try (Stream<Path> files = Files.list(from)) {
        for (Path source : files.toList()) {
          Files.copy(
              source, copy.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    return copy.resolve(healthyModel.getFileName());
  }

  private static TestExecutionResult result(Event event) {
    return event.getRequiredPayload(TestExecutionResult.class);
  }

  private static String message(Event event) {
    return result(event).getThrowable().map(Throwable::getMessage).orElse("");
  }
}
