package org.modelvitals.checks.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelvitals.checks.budget.Budget.memory;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.checks.budget.BudgetContext;
import org.modelvitals.checks.budget.MemoryProbe;
import org.modelvitals.checks.budget.MemorySpec;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.InputSpec;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

/** The memory of third-party models. */
class SharedMemoryTest {
  private static final double MIB = 1024 * 1024;

  private static Reading measure(String model, MemorySpec probe) throws Exception {
    Path file = SharedModels.folder().resolve(model);
    try (BudgetContext context = new BudgetContext(file)) {
      return new MemoryProbe().probe(probe, context);
    }
  }

  private static double value(Reading reading, String name) {
    return reading.measurement(name).map(Measurement::value).orElseThrow();
  }

  /**
   * Weights are made while the model is loaded, so what loading adds is what they take: by the
   * papers, 4 bytes for each of 8.0, 7.0, 25.6, 1.4 and 1.2 million parameters.
   */
  @ParameterizedTest
  @CsvSource({
    "densenet121, 32",
    "inception_v1, 28",
    "resnet50, 102",
    "shufflenet, 5",
    "squeezenet, 5"
  })
  void each_network_takes_the_memory_of_its_weights_and_does_not_grow(String name, double weights)
      throws Exception {
    Reading reading =
        measure("onnx-light/light_%s.onnx".formatted(name), memory().calls(20).timeout(600));
    assertThat(value(reading, "loaded"))
        .isBetween(0.5 * weights * 1e6, 3 * weights * 1e6 + 32 * MIB);
    assertThat(value(reading, "peak")).isGreaterThanOrEqualTo(value(reading, "loaded"));
    assertThat(reading.measurement("trend").map(Measurement::text)).hasValue("steady");
  }

  /** Ten minutes of sound, with the state carried on from each window to the next. */
  @Test
  void twenty_thousand_windows_of_speech_leave_nothing_behind() throws Exception {
    DataSpec data =
        DataSpec.generated()
            .input("input", new InputSpec.Random(List.of(1L, 576L), -0.1, 0.1, null))
            .input("state", new InputSpec.Feedback("stateN", List.of(2L, 1L, 128L)))
            .input("sr", new InputSpec.Constant(List.of("16000"), List.of()));
    Reading reading =
        measure("silero-vad-v5/silero_vad.onnx", memory().on(data).calls(20_000).timeout(600));
    assertThat(reading.measurement("trend").map(Measurement::text)).hasValue("steady");
    Measurement growth = reading.measurement("growth per call").orElseThrow();
    assertThat(growth.count()).isGreaterThanOrEqualTo(20_000);
    // At most a few MiB in all of the calls; measured were 0 bytes a call, between 0 and 152.
    assertThat(growth.interval())
        .extracting(Interval::high)
        .satisfies(high -> assertThat(high).isLessThan(1024));
  }
}
