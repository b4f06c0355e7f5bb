package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

class LatencyProbeTest {
  @TempDir Path folder;

  private static Measurement measured(Reading reading, String name) {
    return reading.measurement(name).orElseThrow();
  }

  private static double value(Reading reading, String name) {
    return Objects.requireNonNull(measured(reading, name).value());
  }

  private static Reading tally(int calls) {
    LatencyTally tally = new LatencyTally();
    for (int call = 0; call < calls; call++) {
      // 1 to n microseconds, in an order that is not sorted: 7 has no factor in common with n.
      tally.add(call, 1000L * ((call * 7L) % calls + 1), "row " + call);
    }
    return tally.reading();
  }

  @Test
  void reads_percentiles_of_a_known_distribution() {
    Reading reading = tally(10_000);
    assertThat(value(reading, "p50")).isCloseTo(5000e-6, within(10e-6));
    assertThat(value(reading, "p90")).isCloseTo(9000e-6, within(18e-6));
    assertThat(value(reading, "p99")).isCloseTo(9900e-6, within(20e-6));
    assertThat(value(reading, "p99.9")).isCloseTo(9990e-6, within(20e-6));
    assertThat(value(reading, "max")).isCloseTo(0.01, within(1e-12));
    assertThat(value(reading, "min")).isCloseTo(1e-6, within(1e-15));
    assertThat(value(reading, "mean")).isCloseTo(5000.5e-6, within(1e-12));
    assertThat(value(reading, "calls per second")).isCloseTo(1 / 5000.5e-6, within(1e-6));
    Interval p99 = Objects.requireNonNull(measured(reading, "p99").interval());
    // Binomial with n = 10,000 and 0.99: 9900 +- 1.96 sqrt(99), by the normal approximation.
    assertThat(p99.low()).isCloseTo(9880.5e-6, within(25e-6));
    assertThat(p99.high()).isCloseTo(9919.5e-6, within(25e-6));
  }

  @Test
  void percentiles_that_the_calls_cannot_bear_are_undefined_and_say_what_is_missing() {
    Reading reading = tally(100);
    assertThat(measured(reading, "p50").value()).isNotNull();
    assertThat(measured(reading, "p99").value()).isNull();
    assertThat(measured(reading, "p99").note())
        .isEqualTo("p99 needs at least 368 calls to say where it ends, and there were 100");
  }

  @Test
  void names_the_slowest_call() {
    Reading reading = tally(1000);
    assertThat(reading.evidence())
        .filteredOn(Evidence.Table.class::isInstance)
        .singleElement()
        .satisfies(
            table ->
                assertThat(table.sentence())
                    .matches("the slowest of 1000 calls was call \\d+ with 1 ms on row \\d+"));
  }

  @Test
  void the_distribution_has_every_call_in_one_bin() {
    Reading reading = tally(10_000);
    Evidence.Histogram histogram =
        (Evidence.Histogram)
            reading.evidence().stream()
                .filter(Evidence.Histogram.class::isInstance)
                .findFirst()
                .orElseThrow();
    assertThat(histogram.bins().stream().mapToLong(Evidence.Histogram.Bin::count).sum())
        .isEqualTo(10_000);
    for (int i = 1; i < histogram.bins().size(); i++) {
      assertThat(histogram.bins().get(i).low())
          .isCloseTo(histogram.bins().get(i - 1).high(), within(1e-12));
    }
  }

  @Test
  void times_a_real_model_with_inputs_made_from_its_signature() throws Exception {
    Path file = BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1, 2, 3));
    try (BudgetContext context = new BudgetContext(file)) {
      Reading reading =
          new LatencyProbe().probe(Budget.latency().calls(2000).warmup(100, 0.1), context);
      assertThat(measured(reading, "p99").count()).isEqualTo(2000);
      assertThat(value(reading, "min")).isPositive();
      assertThat(value(reading, "p50"))
          .isLessThanOrEqualTo(value(reading, "p99"))
          .isLessThan(0.001);
    }
  }

  @Test
  void stops_when_the_time_is_over() throws Exception {
    Path file = BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1));
    try (BudgetContext context = new BudgetContext(file)) {
      Reading reading =
          new LatencyProbe()
              .probe(Budget.latency().calls(1_000_000_000).seconds(0.05).warmup(1, 0), context);
      assertThat(measured(reading, "max").count()).isBetween(1L, 1_000_000L);
    }
  }
}
