package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.unit.Quantity.perSecond;
import static org.modelvitals.unit.Quantity.seconds;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.probe.Progress;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.Measured;
import org.modelvitals.unit.Quantity;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

class ServerTest {
  @TempDir Path folder;

  private static double value(Reading reading, String name) {
    return Objects.requireNonNull(reading.measurement(name).orElseThrow().value());
  }

  @Test
  void arrivals_are_a_poisson_process() {
    int count = 100_000;
    long[] due = Server.arrivals(200, count, 1);
    double[] gaps = new double[count - 1];
    for (int i = 1; i < count; i++) {
      gaps[i - 1] = (due[i] - due[i - 1]) * 1e-9;
    }
    // Exponential with the mean 5 ms: its deviation is its mean, and a share of 1/e is longer.
    double mean = Arrays.stream(gaps).average().orElseThrow();
    double variance = Arrays.stream(gaps).map(g -> (g - mean) * (g - mean)).average().orElseThrow();
    assertThat(mean).isCloseTo(0.005, within(0.0001));
    assertThat(Math.sqrt(variance)).isCloseTo(0.005, within(0.0001));
    assertThat((double) Arrays.stream(gaps).filter(g -> g > 0.005).count() / gaps.length)
        .isCloseTo(Math.exp(-1), within(0.01));
    assertThat(Server.arrivals(200, count, 1)).isEqualTo(due);
    assertThat(Server.arrivals(200, count, 2)).isNotEqualTo(due);
  }

  @Test
  void answers_queries_as_they_come() throws Exception {
    Path file = BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1, 2, 3));
    try (BudgetContext context = new BudgetContext(file)) {
      Reading reading =
          new LatencyProbe()
              .probe(
                  Budget.latency()
                      .server(perSecond(2000))
                      .callers(2)
                      .calls(400)
                      .warmup(10, 0)
                      .warmupLimit(0),
                  context);
      assertThat(reading.measurement("p50").orElseThrow().count()).isEqualTo(400);
      assertThat(value(reading, "utilization")).isBetween(0.0, 1.0);
      assertThat(value(reading, "completed rate")).isPositive();
      assertThat(reading.measurement("calls per second")).isEmpty();
    }
  }

  /** Queries come ten times as fast as they can be answered: each waits for all before it. */
  @Test
  void who_has_to_wait_is_slow_however_fast_the_call() throws Exception {
    Path file = BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1));
    try (BudgetContext context = new BudgetContext(file)) {
      LatencySpec alone = Budget.latency().calls(500).warmup(500, 0).warmupLimit(0);
      double call = value(new LatencyProbe().probe(alone, context), "min");
      Reading reading =
          new LatencyProbe().probe(alone.calls(2000).server(perSecond(10 / call)), context);
      // The last of two thousand has waited for at least the work of a thousand.
      assertThat(value(reading, "max")).isGreaterThan(1000 * call);
      assertThat(value(reading, "p50")).isGreaterThan(100 * call);
    }
  }

  /** A queue that grows without end looks quick at first. */
  @Test
  void goes_on_for_the_whole_time_however_early_it_seems_decided() throws Exception {
    Path file = BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1));
    try (BudgetContext context =
        new BudgetContext(file) {
          @Override
          public List<Expectation> expectations() {
            return List.of(Budget.p50().isSurelyAtMost(seconds(100)));
          }
        }) {
      Reading reading =
          new LatencyProbe()
              .probe(
                  Budget.latency()
                      .server(perSecond(1e7))
                      .seconds(0.02)
                      .warmup(10, 0)
                      .warmupLimit(0),
                  context);
      // A few percent of slack for the spread of arrivals: 200,000 are due on average.
      assertThat(reading.measurement("p50").orElseThrow().count()).isGreaterThan(190_000);
    }
  }

  @Test
  void queries_without_an_answer_count_when_the_time_is_over() throws Exception {
    Path file = BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1));
    try (BudgetContext context = new BudgetContext(file)) {
      Reading reading =
          new LatencyProbe()
              .probe(
                  Budget.latency()
                      .server(perSecond(1e8))
                      .calls(200_000)
                      .seconds(0.05)
                      .warmup(10, 0)
                      .warmupLimit(0),
                  context);
      assertThat(reading.measurement("max").orElseThrow().count()).isEqualTo(200_000);
      assertThat(reading.evidence())
          .anySatisfy(
              evidence -> assertThat(evidence.sentence()).contains("were due and not answered"));
    }
  }

  @Test
  void without_a_query_nothing_is_known_and_it_says_why() throws Exception {
    Path file = BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1));
    try (BudgetContext context = new BudgetContext(file)) {
      LatencySpec spec =
          Budget.latency().server(perSecond(0.001)).calls(1).covers(seconds(1)).seconds(0.01);
      Reading reading = new LatencyProbe().probe(spec.warmup(1, 0).warmupLimit(0), context);
      for (Measured measured :
          List.of(
              Budget.p99(), Budget.max(), Budget.realTimeFactor(), Budget.realTimeFactor("p99"))) {
        Verdict verdict =
            Judge.judge(reading, List.of(measured.isSurelyAtMost(Quantity.number(0))));
        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.reason())
            .contains("no query was due in 10 ms at 0.001 /s; declare more 'seconds'");
      }
      assertThat(value(reading, "completed rate")).isZero();
    }
  }

  /** Ten answers in two seconds by two callers, of a tenth of a second each. */
  @Test
  void rate_and_utilization_carry_intervals() {
    List<Measurement> measured = new Server.Served(2, 2, 10, 0, 1, 0.1).measurements();
    Interval rate = Objects.requireNonNull(measured.get(0).interval());
    // Garwood's interval of ten, by R's poisson.test.
    assertThat(measured.get(0).value()).isEqualTo(5);
    assertThat(rate.low()).isCloseTo(4.795389 / 2, within(1e-6));
    assertThat(rate.high()).isCloseTo(18.39036 / 2, within(1e-5));
    Interval busy = Objects.requireNonNull(measured.get(1).interval());
    assertThat(measured.get(1).value()).isEqualTo(0.25);
    assertThat(busy.high() - busy.low()).isCloseTo(2 * 1.959964 * Math.sqrt(0.1) / 4, within(1e-6));
  }

  @Test
  void a_cancelled_run_leaves_no_caller_behind() throws Exception {
    Path file = BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1));
    try (BudgetContext context =
        new BudgetContext(file) {
          @Override
          public Progress progress() {
            return (done, total, unit) -> {
              if (unit.equals("queries") && done > 0) {
                throw new CancellationException("enough");
              }
            };
          }
        }) {
      LatencySpec spec =
          Budget.latency().server(perSecond(1000)).calls(100_000).warmup(1, 0).warmupLimit(0);
      assertThatThrownBy(() -> new LatencyProbe().probe(spec, context))
          .isInstanceOf(CancellationException.class);
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith("model-vitals-caller")) {
          thread.join(10_000);
          assertThat(thread.isAlive()).isFalse();
        }
      }
    }
  }
}
