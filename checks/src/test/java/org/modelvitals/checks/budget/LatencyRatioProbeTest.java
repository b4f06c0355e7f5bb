package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
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
    Expectation limit = Budget.ratio().isSurelyAtMost(org.modelvitals.unit.Quantity.number(3));
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
    Expectation limit = Budget.ratio().isSurelyAtMost(org.modelvitals.unit.Quantity.number(1));
    Reading reading = probe(Budget.latencyRatio("model.onnx").seconds(1e-9), model, limit);
    Verdict verdict = Judge.judge(reading, List.of(limit));
    assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(verdict.reason()).contains("1 pairs in at most 1.0E-9 s do not tell");
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
        .hasMessage("against is empty; expected the path of a model, or 'yardstick'");
  }
}
