package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

class CpuProbeTest {
  @TempDir Path folder;

  private static double value(Reading reading, String name) {
    return reading.measurement(name).map(Measurement::value).orElseThrow();
  }

  private Reading measure(int weights) throws Exception {
    float[] values = new float[weights];
    Arrays.fill(values, 0.25f);
    Path file = BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(values));
    try (BudgetContext context = new BudgetContext(file)) {
      return new CpuProbe().probe(Budget.cpu().calls(200).idle(0.3), context);
    }
  }

  /** Processor time is what it is on a busy machine, too: only waiting does not count. */
  @Test
  void a_larger_model_takes_more_of_the_processor() throws Exception {
    Reading small = measure(1);
    Reading large = measure(4 * 1024 * 1024);
    assertThat(value(large, "cpu per call")).isGreaterThan(4 * value(small, "cpu per call"));
    assertThat(large.measurement("cpu per call").map(Measurement::interval))
        .hasValueSatisfying(
            interval ->
                assertThat(value(large, "cpu per call"))
                    .isBetween(interval.low(), interval.high()));
    assertThat(value(large, "cores"))
        .isGreaterThan(0)
        .isLessThan(1.5 * Runtime.getRuntime().availableProcessors());
    assertThat(value(large, "idle cores"))
        .isGreaterThanOrEqualTo(0)
        .isLessThan(value(large, "cores"));
    assertThat(large.measurement("gpu utilisation").map(Measurement::note))
        .hasValue("the model ran on the CPU");
  }

  private Reading measureInOneThread(long calls) throws Exception {
    float[] values = new float[4096];
    Path file = BudgetModels.write(folder.resolve("short.onnx"), BudgetModels.addition(values));
    try (BudgetContext context =
        new BudgetContext(file) {
          @Override
          public SessionSpec session() {
            return SessionSpec.DEFAULT.threads(1);
          }
        }) {
      return new CpuProbe().probe(Budget.cpu().calls(calls).idle(0.1), context);
    }
  }

  /**
   * A call takes microseconds and a look at the clocks a hundred times that. One thread cannot be
   * busy on more than one core, however little it is asked to do.
   */
  @Test
  void what_the_look_at_the_clocks_costs_is_not_counted() throws Exception {
    Reading few = measureInOneThread(20);
    Reading many = measureInOneThread(40_000);
    for (Reading reading : List.of(few, many)) {
      assertThat(value(reading, "cores")).isGreaterThan(0).isLessThan(1.15);
      assertThat(reading.measurement("cores").map(Measurement::interval))
          .hasValueSatisfying(interval -> assertThat(interval.low()).isNotNegative());
    }
    assertThat(value(few, "cpu per call") / value(many, "cpu per call")).isBetween(1 / 3.0, 3.0);
    assertThat(many.measurement("cpu per call").map(Measurement::count))
        .hasValueSatisfying(count -> assertThat(count).isGreaterThanOrEqualTo(40_000));
  }

  @Test
  void too_few_calls_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Budget.cpu().calls(19))
        .withMessageContaining("calls must be at least 20");
  }
}
