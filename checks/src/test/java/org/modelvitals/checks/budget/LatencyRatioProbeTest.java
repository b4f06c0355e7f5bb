package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.unit.Quantity.number;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.InputSpec;
import org.modelvitals.model.ModelException;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

class LatencyRatioProbeTest {
  @TempDir Path folder;

  private static double value(Reading reading, String name) {
    return Objects.requireNonNull(reading.measurement(name).orElseThrow().value());
  }

  private Path model(String name, int weights) throws Exception {
    return BudgetModels.write(folder.resolve(name), BudgetModels.addition(new float[weights]));
  }

  private static Reading probe(LatencyRatioSpec spec, Path model, Expectation... expectations) {
    try (BudgetContext context =
        new BudgetContext(model) {
          @Override
          public List<Expectation> expectations() {
            return List.of(expectations);
          }
        }) {
      return new LatencyRatioProbe().probe(spec.warmup(5, 0).warmupLimit(0), context);
    }
  }

  @Test
  void a_model_with_far_more_to_do_takes_several_times_as_long() throws Exception {
    Path small = model("small.onnx", 16);
    Path large = model("large.onnx", 1 << 20);
    Expectation limit = Budget.ratio().isSurelyAtMost(number(3));
    Reading slower = probe(Budget.latencyRatio("small.onnx"), large, limit);
    Verdict failed = Judge.judge(slower, List.of(limit));
    assertThat(failed.status()).isEqualTo(Status.FAILED);
    assertThat(failed.reason()).contains("expected surely at most 3");
    assertThat(value(slower, "time")).isGreaterThan(3 * value(slower, "reference time"));
    Reading faster = probe(Budget.latencyRatio("large.onnx"), small, limit);
    assertThat(Judge.judge(faster, List.of(limit)).status()).isEqualTo(Status.PASSED);
    assertThat(value(faster, "pairs")).isEqualTo(64); // decided at the first look
  }

  @Test
  void undecided_pairs_say_what_would_help() throws Exception {
    Path model = model("model.onnx", 16);
    Reading first = probe(Budget.latencyRatio("model.onnx").seconds(0.05), model);
    assertThat(first.measurement("ratio").orElseThrow().note()).isNull();
    // One pair says nothing of any limit.
    Expectation limit = Budget.ratio().isSurelyAtMost(number(1));
    Reading reading = probe(Budget.latencyRatio("model.onnx").seconds(1e-9), model, limit);
    Verdict verdict = Judge.judge(reading, List.of(limit));
    assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(verdict.reason()).contains("1 pairs in at most 1.0E-9 s do not tell");
  }

  @Test
  void a_range_needs_as_much_evidence_as_a_limit() throws Exception {
    Path model = model("model.onnx", 16);
    Expectation range = Budget.ratio().isSurelyBetween(number(0.0001), number(10_000));
    Reading one = probe(Budget.latencyRatio("model.onnx").seconds(1e-9), model, range);
    assertThat(Judge.judge(one, List.of(range)).status()).isEqualTo(Status.INCONCLUSIVE);
    Reading enough = probe(Budget.latencyRatio("model.onnx"), model, range);
    assertThat(Judge.judge(enough, List.of(range)).status()).isEqualTo(Status.PASSED);
    assertThat(value(enough, "pairs")).isEqualTo(64);
  }

  @Test
  void a_reference_that_cannot_be_timed_is_no_failure_of_the_model() throws Exception {
    Path model = model("model.onnx", 16);
    Files.writeString(folder.resolve("broken.onnx"), "no model");
    assertThatThrownBy(() -> probe(Budget.latencyRatio("broken.onnx"), model))
        .isInstanceOf(ProbeException.class)
        .hasMessageStartingWith("the reference 'broken.onnx' cannot be timed: ");
    ReferenceCalls failing =
        new ReferenceCalls(
            "approved.onnx",
            new RowsOfTimes(1) {
              @Override
              public long time() {
                throw new ModelException(ModelException.Reason.RUN_FAILED, "it fell over");
              }
            });
    assertThatThrownBy(failing::time)
        .isInstanceOf(ProbeException.class)
        .hasMessage("the reference 'approved.onnx' cannot be timed: it fell over");
  }

  @Test
  void each_model_is_fed_the_inputs_that_it_has() throws Exception {
    Path plain = model("plain.onnx", 4);
    Path stateful =
        BudgetModels.write(folder.resolve("stateful.onnx"), BudgetModels.hoarding(1, 2, 3, 4));
    DataSpec data =
        DataSpec.generated()
            .input("state", new InputSpec.Feedback("state_out", List.of(1L, 4L)))
            .limit(5);
    LatencyRatioSpec spec = Budget.latencyRatio("plain.onnx").on(data).seconds(1e-9);
    assertThat(value(probe(spec, stateful), "ratio")).isPositive();
    LatencyRatioSpec reverse = Budget.latencyRatio("stateful.onnx").on(data).seconds(1e-9);
    assertThat(value(probe(reverse, plain), "ratio")).isPositive();
    assertThatThrownBy(() -> probe(Budget.latencyRatio("plain.onnx").on(data), plain))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("state");
  }

  /** Calls of so many rows, the second half of which takes a hundred times as long. */
  private static class RowsOfTimes implements TimedCalls {
    private final double slower;
    private int row;
    private long passes;

    RowsOfTimes(double slower) {
      this.slower = slower;
    }

    @Override
    public long time() {
      return Math.round(slower * (row < 500 ? 1_000 : 100_000));
    }

    @Override
    public void done() {
      row = (row + 1) % 1000;
      passes += row == 0 ? 1 : 0;
    }

    @Override
    public void restart() {
      row = 0;
      passes = 0;
    }

    @Override
    public boolean isOrdered() {
      return true;
    }

    @Override
    public long passes() {
      return passes;
    }

    @Override
    public void close() {}
  }

  @Test
  void a_pair_is_about_the_same_rows_and_a_look_comes_at_the_end_of_a_pass() {
    PairedBlocks blocks = new PairedBlocks(new RowsOfTimes(1.5), new RowsOfTimes(1), 7);
    blocks.warm();
    blocks.begin();
    int pairs = 0;
    do {
      assertThat(blocks.isReached()).isFalse();
      blocks.pair();
      pairs++;
    } while (!blocks.isWholePass());
    assertThat(blocks.isReached()).isTrue();
    // A quarter of a millisecond is 200 calls of 1.25 microseconds on average.
    assertThat(pairs).isEqualTo(5);
    assertThat(blocks.times().ratios()).containsOnly(1.5);
    blocks.pair();
    assertThat(blocks.isWholePass()).isFalse();
  }

  @Test
  void rounds_are_not_looked_at_before_they_stand_for_all() throws Exception {
    Expectation easy = Budget.ratio().isSurelyAtMost(number(3));
    Measurement ratio =
        Measurement.sampled("ratio", 1, Unit.NUMBER, 9, new Interval(0.9, 1.1, 0.98, "t"));
    try (BudgetContext context =
        new BudgetContext(model("model.onnx", 16)) {
          @Override
          public List<Expectation> expectations() {
            return List.of(easy);
          }
        }) {
      int[] done = {0};
      Rounds rounds =
          Rounds.run(
              Timing.DEFAULT,
              context,
              64,
              "pairs",
              () -> done[0]++,
              () -> done[0] % 100 == 0,
              error -> List.of(ratio));
      assertThat(rounds.count()).isEqualTo(100);
      assertThat(rounds.decided()).isTrue();
      Rounds never =
          Rounds.run(
              Timing.DEFAULT.seconds(1e-9),
              context,
              1,
              "pairs",
              () -> {},
              () -> false,
              error -> List.of(ratio));
      assertThat(never).isEqualTo(new Rounds(1, 0.01, false));
    }
  }

  @Test
  void the_yardstick_in_java_computes_what_it_says() throws Exception {
    try (JavaYardstick yardstick = new JavaYardstick()) {
      assertThat(yardstick.time()).isPositive();
      for (int i = 0; i < 64; i++) {
        assertThat(yardstick.result(i, 63 - i))
            .isCloseTo(yardstick.expected(i, 63 - i), within(1e-5f));
      }
      assertThat(yardstick.expected(3, 5) + yardstick.expected(5, 3)).isPositive();
    }
    LatencyRatioSpec spec = Budget.latencyRatioToJavaYardstick().seconds(0.05);
    assertThat(value(probe(spec, model("m.onnx", 16)), "ratio")).isPositive();
  }

  @Test
  void the_yardstick_is_a_model_like_others() throws Exception {
    Reading reading = probe(Budget.latencyRatioToYardstick().seconds(0.1), model("m.onnx", 16));
    assertThat(value(reading, "reference time")).isPositive();
    assertThat(value(reading, "ratio")).isPositive();
  }

  /**
   * Simulated gates at a limit of 1.05 over two models that cost the same, with noise that lasts
   * for many pairs, and hits one side of a pair with three times its time. The chance of a false
   * alarm is declared to be at most 1 %, that of missing a model that is slower by more than the
   * limit too.
   */
  @Test
  void noise_that_lasts_makes_no_false_alarms() {
    SplittableRandom random = new SplittableRandom(11);
    int alarms = 0;
    int missed = 0;
    for (int run = 0; run < 1000; run++) {
      alarms += verdict(random, 1.0).low() > 1.05 ? 1 : 0;
      missed += verdict(random, 1.10).high() <= 1.05 ? 1 : 0;
    }
    assertThat(alarms).isLessThan(20);
    assertThat(missed).isLessThan(20);
  }

  private static Interval verdict(SplittableRandom random, double slower) {
    PairedTimes times = new PairedTimes();
    Looks looks = new Looks(0.01, 64);
    boolean busy = false;
    while (true) {
      busy = random.nextInt(20) == 0 ? !busy : busy;
      double level = busy ? 2 : 1;
      double first = level * (1 + 0.1 * random.nextDouble()) * (random.nextInt(5) == 0 ? 3 : 1);
      double second = level * (1 + 0.1 * random.nextDouble()) * (random.nextInt(5) == 0 ? 3 : 1);
      times.add(slower * first, second);
      if (looks.isDue(times.pairs())) {
        Interval interval = times.interval(looks.take());
        if (interval.low() > 1.05 || interval.high() <= 1.05 || times.pairs() > 5000) {
          return interval;
        }
      }
    }
  }

  @Test
  void a_reference_without_a_name_is_refused() {
    assertThatThrownBy(() -> Budget.latencyRatio(" "))
        .hasMessage(
            "against is empty; expected the path of a model, 'yardstick' or 'java-yardstick'");
  }
}
