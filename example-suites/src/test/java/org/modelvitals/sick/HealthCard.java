package org.modelvitals.sick;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
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

  /** What JUnit was told of each check that is red, by the check's name. */
  Map<String, String> redChecks(String model, Path workingFolder) throws IOException {
    Path suite = workingFolder.resolve(file);
    String card = Files.readString(FOLDER.resolve(file));
    Files.writeString(
        suite,
        card.replace("\nmodel: " + healthy, "\nmodel: " + FOLDER.resolve(model).normalize())
            .replace(" ../", " " + FOLDER.getParent() + "/"));
    Map<String, String> red = new TreeMap<>();
    EngineTestKit.engine(ModelVitalsEngine.ID)
        .configurationParameter("modelvitals.report.enabled", "false")
        .selectors(selectFile(suite.toFile()))
        .execute()
        .testEvents()
        .finished()
        .stream()
        .filter(event -> result(event).getStatus() != TestExecutionResult.Status.SUCCESSFUL)
        .forEach(event -> red.put(event.getTestDescriptor().getDisplayName(), message(event)));
    return red;
  }

  private static TestExecutionResult result(Event event) {
    return event.getRequiredPayload(TestExecutionResult.class);
  }

  private static String message(Event event) {
    return result(event).getThrowable().map(Throwable::getMessage).orElse("");
  }
}
