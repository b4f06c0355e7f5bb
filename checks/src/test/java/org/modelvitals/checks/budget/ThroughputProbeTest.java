package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.unit.Quantity.perSecond;
import static org.modelvitals.unit.Quantity.percent;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;

class ThroughputProbeTest {
  @TempDir Path folder;

  private static final ThroughputSpec QUICK =
      Budget.throughput().warmup(10, 0).warmupLimit(0).interference(percent(100));

  private Path model() throws Exception {
    return BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1, 2, 3));
  }

  private static double value(Reading reading, String name) {
    return Objects.requireNonNull(reading.measurement(name).orElseThrow().value());
  }

  @Test
  void a_batch_of_many_rows_does_more_than_one_row_at_a_time() throws Exception {
    try (BudgetContext context = new BudgetContext(model())) {
      Reading reading = new ThroughputProbe().probe(QUICK.batches(1, 64), context);
      // The call of a one-node model costs microseconds however many rows it has.
      assertThat(value(reading, "scaling[batch 64]")).isGreaterThan(4);
      assertThat(value(reading, "scaling[batch 1]")).isEqualTo(1);
      assertThat(value(reading, "throughput"))
          .isEqualTo(value(reading, "throughput[batch 64]"))
          .isGreaterThan(value(reading, "throughput[batch 1]"));
      assertThat(value(reading, "p50[batch 1]"))
          .isLessThanOrEqualTo(value(reading, "p99[batch 1]"));
    }
  }

  @Test
  void samples_per_second_are_rows_over_time() throws Exception {
    try (BudgetContext context = new BudgetContext(model())) {
      Reading reading = new ThroughputProbe().probe(QUICK, context);
      Measurement throughput = reading.measurement("throughput").orElseThrow();
      Interval interval = Objects.requireNonNull(throughput.interval());
      assertThat(value(reading, "throughput")).isBetween(interval.low(), interval.high());
      assertThat(interval.level()).isCloseTo(0.99, within(0.0101));
      // One caller cannot do more than its fastest half would.
      assertThat(value(reading, "throughput")).isLessThan(2 / value(reading, "p50"));
    }
  }

  @Test
  void names_what_is_compared() throws Exception {
    try (BudgetContext context = new BudgetContext(model())) {
      Reading reading = new ThroughputProbe().probe(QUICK.batches(1, 4).callers(1, 2), context);
      assertThat(reading.measurements())
          .extracting(Measurement::name)
          .contains(
              "throughput",
              "throughput[batch 1 callers 1]",
              "scaling[batch 4 callers 2]",
              "p99[batch 1 callers 2]");
    }
  }

  @Test
  void goes_on_no_longer_than_its_seconds() throws Exception {
    Expectation never = Budget.scaling("callers 1").isSurelyAtLeast(perSecond(1));
    try (BudgetContext context =
        new BudgetContext(model()) {
          @Override
          public List<Expectation> expectations() {
            return List.of(never);
          }
        }) {
      Reading reading = new ThroughputProbe().probe(QUICK.seconds(0.01).callers(1, 2), context);
      assertThat(reading.measurement("scaling[callers 2]").orElseThrow().count()).isEqualTo(1);
    }
  }

  @Test
  void a_declaration_that_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> Budget.throughput().batches(1, 0))
        .hasMessage("batches must be at least 1, not 0");
  }
}
