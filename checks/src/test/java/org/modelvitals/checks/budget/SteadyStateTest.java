package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SteadyStateTest {
  private static final int RUNS = 200;

  /** How many of the runs are called steady after so many calls. */
  private static int steady(int calls, IntToDoubleFunction level) {
    SplittableRandom random = new SplittableRandom(3);
    int steady = 0;
    for (int run = 0; run < RUNS; run++) {
      SteadyState series = new SteadyState();
      for (int i = 0; i < calls; i++) {
        double spike = random.nextInt(100) == 0 ? 5 : 0;
        series.add(level.applyAsDouble(i) * (1 + 0.1 * random.nextGaussian() + spike));
      }
      steady += series.isSteady() ? 1 : 0;
    }
    return steady;
  }

  @Test
  void noise_around_a_level_is_steady() {
    assertThat(steady(100, i -> 1000)).isGreaterThan(RUNS * 8 / 10);
    assertThat(steady(5000, i -> 1000)).isGreaterThan(RUNS * 8 / 10);
  }

  @Test
  void a_series_that_still_falls_is_not() {
    assertThat(steady(100, i -> 3000 - 20 * i)).isLessThan(RUNS / 10);
    assertThat(steady(5000, i -> 3000 - 0.4 * i)).isLessThan(RUNS / 20);
  }

  @Test
  void a_transient_counts_until_what_follows_is_as_long() {
    // Three times as slow for the first hundred calls.
    assertThat(steady(150, i -> i < 100 ? 3000 : 1000)).isLessThan(RUNS / 20);
    assertThat(steady(400, i -> i < 100 ? 3000 : 1000)).isGreaterThan(RUNS * 8 / 10);
  }

  @Test
  void a_few_calls_are_never_known_to_be_steady() {
    assertThat(steady(15, i -> 1000)).isZero();
  }
}
