package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.unit.Quantity.number;
import static org.modelvitals.unit.Quantity.perSecond;
import static org.modelvitals.unit.Quantity.percent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.data.Feeds;
import org.modelvitals.model.Model;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

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

  /** Others take what further callers would have used, so there is no upper bound. */
  @Test
  void scaling_can_pass_on_a_disturbed_machine_and_is_not_called_too_low() throws Exception {
    try (BudgetContext context = new BudgetContext(model());
        Load one = Load.open(QUICK, context, "callers 1", 0, 1);
        Load two = Load.open(QUICK, context, "callers 2", 0, 2);
        Callers callers = new Callers(2)) {
      for (int round = 0; round < 10; round++) {
        one.block(callers, 100_000);
        two.block(callers, 100_000);
      }
      Circumstances busy =
          new Circumstances(
              Timing.DEFAULT,
              new WarmUp(0, 0, true),
              new Interference.Disturbance(0.5, 0, 0, List.of()));
      Reading reading =
          ThroughputProbe.reading(List.of(), List.of(one, two), new Rounds(10, 0.01, true), busy);
      Expectation low = Budget.scaling("callers 2").isSurelyAtLeast(number(1e-6));
      Expectation high = Budget.scaling("callers 2").isSurelyAtLeast(number(1e6));
      assertThat(Judge.judge(reading, List.of(low)).status()).isEqualTo(Status.PASSED);
      assertThat(Judge.judge(reading, List.of(high)).status()).isEqualTo(Status.INCONCLUSIVE);
      Expectation less = Budget.scaling("callers 2").isSurelyAtMost(number(1e-6));
      assertThat(Judge.judge(reading, List.of(less)).status()).isEqualTo(Status.FAILED);
      Expectation rate = Budget.samplesPerSecond().isSurelyAtLeast(perSecond(1e12));
      assertThat(Judge.judge(reading, List.of(rate)).status()).isEqualTo(Status.INCONCLUSIVE);
      Reading undecided =
          ThroughputProbe.reading(List.of(), List.of(one, two), new Rounds(10, 0.01, false), busy);
      assertThat(undecided.measurement("scaling[callers 2]").orElseThrow().note())
          .startsWith(
              "10 rounds in at most 30.0 s do not tell; declare more 'seconds'; besides, the machine");
    }
  }

  @Test
  void rows_that_were_not_reached_leave_the_verdict_open() throws Exception {
    // More rows than anybody reads in a round.
    Files.writeString(folder.resolve("rows.jsonl"), "{\"x\": 1}\n".repeat(400_000));
    try (BudgetContext context =
        new BudgetContext(model()) {
          @Override
          public Feed feed(DataSpec data, Model fed, Set<String> reserved) {
            return Feeds.open(data, this::resolve, fed.signature(), Map.of(), 1, reserved);
          }
        }) {
      ThroughputSpec spec = QUICK.on(DataSpec.jsonl("rows.jsonl")).seconds(1e-9);
      Expectation easy = Budget.samplesPerSecond().isSurelyAtLeast(perSecond(1e-6));
      Verdict verdict = Judge.judge(new ThroughputProbe().probe(spec, context), List.of(easy));
      assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
      assertThat(verdict.reason()).contains("before every row of the data had been timed");
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
