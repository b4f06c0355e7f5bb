package org.modelvitals.checks.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.modelvitals.checks.budget.BudgetContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.ProbeSpec;

/** A model whose answers are written down in make_generation_fixtures.py, in a folder. */
record Scripted(Path folder) {

  Scripted {
    try {
      for (String file : new String[] {"scripted.onnx", "tokenizer.json", "config.json"}) {
        try (InputStream in =
            Objects.requireNonNull(Scripted.class.getResourceAsStream(file), file)) {
          Files.write(folder.resolve(file), in.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Scripted with(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
    return this;
  }

  /** Reads what the model does, and checks that nothing is measured which was not announced. */
  <S extends ProbeSpec> Reading read(ProbeType<S> probe, S declared) throws Exception {
    try (BudgetContext context = new BudgetContext(folder.resolve("scripted.onnx"))) {
      Reading reading = probe.probe(declared, context);
      assertThat(reading.measurements())
          .extracting(measurement -> measurement.name().replaceFirst("\\[.*", ""))
          .isSubsetOf(probe.measurements().stream().map(info -> info.name()).toList());
      return reading;
    }
  }

  static double value(Reading reading, String name) {
    Measurement measurement = reading.measurement(name).orElseThrow();
    return Objects.requireNonNull(measurement.value(), name);
  }
}
