package org.modelvitals.checks.language;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelPool;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The grammar's language model among the example suites. */
final class Examples {
  private Examples() {}

  /** The folder of the example suites; the test is skipped where there is none. */
  static Path folder() {
    @Nullable Path found = null;
    for (Path at = Path.of("").toAbsolutePath(); at != null && found == null; at = at.getParent()) {
      Path candidate = at.resolve("example-suites");
      found = Files.exists(candidate.resolve("data/grammar-truth.jsonl")) ? candidate : null;
    }
    assumeTrue(found != null, "there is no example-suites/data/grammar-truth.jsonl");
    return Objects.requireNonNull(found);
  }

  /** Runs something on the grammar's model, with paths as in the example suites. */
  static <T> T onGrammar(Function<LanguageContext, T> use) {
    Path examples = folder();
    Path file = examples.resolve("models/grammar-lm/model.onnx");
    try (Model model = new ModelPool().acquire(file, DeviceSpec.CPU, SessionSpec.DEFAULT)) {
      return use.apply(new LanguageContext(model, examples));
    }
  }

  static JsonNode json(String path) {
    return JsonMapper.shared().readTree(folder().resolve(path));
  }

  static double value(Reading reading, String name) {
    Measurement measurement =
        reading
            .measurement(name)
            .orElseThrow(() -> new AssertionError(name + " of " + reading.measurements()));
    return Objects.requireNonNull(measurement.value(), name + ": " + measurement.note());
  }
}
