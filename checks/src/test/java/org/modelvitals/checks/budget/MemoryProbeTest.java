package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.InputSpec;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelException.Reason;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

class MemoryProbeTest {
  private static final double MEBIBYTE = 1024 * 1024;

  @TempDir Path folder;

  private static double value(Reading reading, String name) {
    return reading.measurement(name).map(Measurement::value).orElseThrow();
  }

  private Reading measure(int weights) throws Exception {
    float[] values = new float[weights];
    java.util.Arrays.fill(values, 0.25f);
    Path file = BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(values));
    try (BudgetContext context = new BudgetContext(file)) {
      return new MemoryProbe().probe(Budget.memory().calls(40), context);
    }
  }

  @Test
  void sees_native_memory_of_weights_and_outputs() throws Exception {
    int weights = 8 * 1024 * 1024; // 32 MiB of weights, and 32 MiB of outputs in a call
    Reading large = measure(weights);
    Reading small = measure(1);
    assertThat(value(small, "loaded")).isBetween(-4 * MEBIBYTE, 8 * MEBIBYTE);
    assertThat(value(small, "peak")).isLessThan(16 * MEBIBYTE);
    assertThat(value(large, "loaded")).isBetween(28 * MEBIBYTE, 100 * MEBIBYTE);
    assertThat(value(large, "peak"))
        .isBetween(value(large, "loaded") + 28 * MEBIBYTE, 260 * MEBIBYTE);
    assertThat(value(large, "growth per call")).isCloseTo(0, within(64 * 1024.0));
    assertThat(value(large, "after close")).isLessThan(value(large, "peak"));
    assertThat(value(large, "before")).isBetween(10 * MEBIBYTE, 400 * MEBIBYTE);
    assertThat(value(large, "heap")).isBetween(-8 * MEBIBYTE, 8 * MEBIBYTE);
    assertThat(large.measurement("trend").map(Measurement::text)).hasValue("steady");
    assertThat(large.measurement("gpu memory").map(Measurement::note))
        .hasValue("the model ran on the CPU");
  }

  @Test
  void a_state_that_is_fed_back_and_grows_is_seen() throws Exception {
    int width = 16 * 1024; // 64 KiB more in every call
    Path file =
        BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.hoarding(new float[width]));
    DataSpec data =
        DataSpec.generated()
            .input("state", new InputSpec.Feedback("state_out", List.of(0L, (long) width)));
    try (BudgetContext context = new BudgetContext(file)) {
      Reading reading = new MemoryProbe().probe(Budget.memory().on(data).calls(200), context);
      assertThat(value(reading, "growth per call")).isBetween(48 * 1024.0, 256 * 1024.0);
      assertThat(reading.measurement("trend").map(Measurement::text)).hasValue("growing");
      assertThat(reading.measurement("growth per call").map(Measurement::interval))
          .hasValueSatisfying(interval -> assertThat(interval.low()).isGreaterThan(32 * 1024.0));
    }
  }

  @Test
  void a_model_that_cannot_be_loaded_is_refused_as_it_would_be_here() throws Exception {
    Path file = Files.write(folder.resolve("broken.onnx"), new byte[] {1, 2, 3});
    try (BudgetContext context = new BudgetContext(file)) {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> new MemoryProbe().probe(Budget.memory(), context))
          .withMessageContaining("broken.onnx is not a valid ONNX file")
          .matches(e -> e.reason() == Reason.INVALID_MODEL);
    }
  }

  @Test
  void calls_that_do_not_end_are_ended_with_the_time_and_leave_no_process_behind()
      throws Exception {
    Path file = BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1));
    long before = children();
    try (BudgetContext context = new BudgetContext(file)) {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(
              () ->
                  new MemoryProbe()
                      .probe(Budget.memory().calls(Long.MAX_VALUE).timeout(3), context))
          .withMessageMatching("the process with .*model.onnx was ended after 3 s, while .*")
          .matches(e -> e.reason() == Reason.RUN_FAILED);
    }
    assertThat(children()).isEqualTo(before);
  }

  private static long children() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
  }
}
