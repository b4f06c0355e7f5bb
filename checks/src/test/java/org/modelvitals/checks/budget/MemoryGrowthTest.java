package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.modelvitals.checks.budget.MemoryTrend.Kind;

/** The growth of made-up series of 250 samples, two calls apart, whose growth is known. */
class MemoryGrowthTest {
  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;

  private static MemoryTrend trend(LongUnaryOperator bytes) {
    return MemoryTrend.of(
        LongStream.rangeClosed(1, 250)
            .map(i -> 2 * i)
            .mapToObj(call -> new MemoryTrend.Sample(call, bytes.applyAsLong(call)))
            .toList());
  }

  @Test
  void what_does_not_grow_is_steady() {
    MemoryTrend trend = trend(call -> 40 * MIB);
    assertThat(trend.kind()).isEqualTo(Kind.STEADY);
    assertThat(trend.growth()).isZero();
    assertThat(trend.interval().low()).isZero();
    assertThat(trend.interval().high()).isZero();
  }

  @Property
  void one_rise_is_an_arena_unless_it_came_late(@ForAll @IntRange(min = 1, max = 600) int at) {
    MemoryTrend trend = trend(call -> call < at ? 40 * MIB : 168 * MIB);
    assertThat(trend.growth()).isZero();
    boolean late = at > 250 && at <= 490;
    if (late) {
      assertThat(trend.kind()).isEqualTo(Kind.UNCLEAR);
      assertThat(trend.interval().high()).isEqualTo(128.0 * MIB / 250);
    } else if (at <= 240 || at > 500) { // the end of a stretch is the median of its last samples
      assertThat(trend.kind()).isEqualTo(Kind.STEADY);
      assertThat(trend.interval().high()).isZero();
    }
  }

  @Property
  void a_rise_that_comes_again_is_a_leak(
      @ForAll @IntRange(min = 127, max = 240) int first,
      @ForAll @IntRange(min = 251, max = 490) int second) {
    MemoryTrend trend =
        trend(call -> 40 * MIB + (call < first ? 0 : 16 * MIB) + (call < second ? 0 : 32 * MIB));
    assertThat(trend.kind()).isEqualTo(Kind.GROWING);
    assertThat(trend.growth()).isGreaterThan(32.0 * KIB);
    assertThat(trend.interval().low()).isLessThanOrEqualTo(48.0 * MIB / 376);
  }

  @Test
  void a_leak_in_every_call_is_measured_exactly() {
    assertThat(trend(call -> 40 * MIB + 12 * call).growth()).isEqualTo(12);
    for (double leak : new double[] {64.0 * KIB, 2.0 * MIB}) {
      MemoryTrend trend = trend(call -> 40 * MIB + (long) (leak * call));
      assertThat(trend.kind()).isEqualTo(Kind.GROWING);
      assertThat(trend.growth()).isEqualTo(leak);
      assertThat(trend.interval().low()).isCloseTo(leak, within(1e-6));
    }
  }

  @Property
  void of_a_leak_in_steps_none_is_missed(@ForAll @IntRange(min = 25, max = 150) int every) {
    MemoryTrend trend = trend(call -> 40 * MIB + call / every * 16 * MIB);
    assertThat(trend.kind()).isEqualTo(Kind.GROWING);
    assertThat(trend.growth()).isBetween(0.5 * 16 * MIB / every, 1.5 * 16 * MIB / every);
    assertThat(trend.interval().low()).isLessThanOrEqualTo(16.0 * MIB / every);
    assertThat(trend.interval().high()).isGreaterThan(0.9 * 16 * MIB / every);
  }

  @Test
  void what_was_given_back_did_not_grow() {
    MemoryTrend trend = trend(call -> 40 * MIB + (call > 150 && call < 400 ? 64 * MIB : 0));
    assertThat(trend.kind()).isEqualTo(Kind.STEADY);
    assertThat(trend.growth()).isLessThanOrEqualTo(0);
    assertThat(trend(call -> 40 * MIB - 10 * call).growth()).isEqualTo(-10);
  }

  @Property(tries = 200)
  void noise_is_no_growth(@ForAll long seed) {
    Random random = new Random(seed);
    MemoryTrend trend = trend(call -> 40 * MIB + random.nextInt(256) * KIB);
    assertThat(trend.growth()).isLessThan((double) KIB);
    assertThat(trend.kind()).isEqualTo(Kind.STEADY);
  }

  @Property(tries = 200)
  void noise_does_not_hide_a_leak(@ForAll long seed) {
    Random random = new Random(seed);
    MemoryTrend trend = trend(call -> 40 * MIB + 64 * KIB * call + random.nextInt(256) * KIB);
    assertThat(trend.growth()).isCloseTo(64 * KIB, within(2.0 * KIB));
    assertThat(trend.kind()).isEqualTo(Kind.GROWING);
    assertThat(trend.interval().high() - trend.interval().low()).isLessThan(4.0 * KIB);
  }
}
