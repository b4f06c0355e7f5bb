package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.modelvitals.reading.Interval;

class TimeBoundsTest {
  private static final int RUNS = 10_000;

  @Property(tries = 100)
  void looks_spend_no_more_than_the_whole(@ForAll @IntRange(min = 0, max = 60) int count) {
    Looks looks = new Looks(0.01, 10);
    double spent = 0;
    for (int i = 0; i < count; i++) {
      spent += looks.take();
    }
    assertThat(spent + looks.last()).isBetween(0.01 - 1e-15, 0.01 + 1e-15);
  }

  @Test
  void a_series_that_is_looked_at_once_has_all_of_the_error() {
    assertThat(bounds(458).isBounded()).isFalse();
    assertThat(bounds(459).isBounded()).isTrue();
  }

  private static TimeBounds bounds(int calls) {
    Times times = new Times();
    for (int i = 0; i < calls; i++) {
      times.add(1000);
    }
    TimeBounds bounds = TimeBounds.of(Percentile.P99, 0.01);
    bounds.close(times);
    return bounds;
  }

  /**
   * The limit is p50 itself, so that every verdict is a wrong one. Looked at again and again, and
   * stopped as soon as there is a verdict, it passes no more often than once in a hundred runs, and
   * fails no more often. Binomial noise around 1 % of ten thousand runs is 10: 4 sigma.
   */
  @Test
  void whoever_stops_at_the_first_verdict_is_wrong_no_more_often_than_declared() {
    assertThat(wrong(interval -> interval.high() - 1e-6)).isLessThan(140);
    assertThat(wrong(interval -> 1e-6 - interval.low())).isLessThan(140);
  }

  /** How many of the runs stop on the wrong side of one microsecond, which is p50. */
  private static int wrong(ToDoubleFunction<Interval> side) {
    SplittableRandom random = new SplittableRandom(7);
    int wrong = 0;
    for (int run = 0; run < RUNS; run++) {
      Times times = new Times();
      TimeBounds bounds = TimeBounds.of(Percentile.P50, 0.01);
      boolean decided = false;
      for (int call = 0; call < 250 && !decided; call++) {
        times.add(random.nextBoolean() ? random.nextLong(1000) : random.nextLong(1100, 2000));
        decided = bounds.look(times) && side.applyAsDouble(seen(bounds, times)) < 0;
      }
      wrong += decided ? 1 : 0;
    }
    return wrong;
  }

  private static Interval seen(TimeBounds bounds, Times times) {
    // The widest that the estimate cannot change: the bounds themselves.
    Interval interval = bounds.interval(1000, "");
    assertThat(times.count()).isPositive();
    return interval;
  }
}
