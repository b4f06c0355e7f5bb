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

/** The growth of made-up series of 250 samples, two calls apart, whose growth is known. */
class MemoryGrowthTest {
  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;

  private static double growth(LongUnaryOperator bytes) {
    return MemoryTally.growth(
        LongStream.rangeClosed(1, 250)
            .map(i -> 2 * i)
            .mapToObj(call -> new MemoryTally.Sample(call, bytes.applyAsLong(call)))
            .toList());
  }

  @Test
  void what_does_not_grow_has_none() {
    assertThat(growth(call -> 40 * MIB)).isZero();
  }

  @Property
  void one_rise_is_an_arena_that_was_filled(@ForAll @IntRange(min = 1, max = 600) int at) {
    assertThat(growth(call -> call < at ? 40 * MIB : 168 * MIB)).isZero();
  }

  @Test
  void a_leak_in_every_call_is_measured_exactly() {
    assertThat(growth(call -> 40 * MIB + 12 * call)).isEqualTo(12);
    assertThat(growth(call -> 40 * MIB + 64 * KIB * call)).isEqualTo(64 * KIB);
  }

  @Property
  void of_a_leak_in_steps_no_more_than_one_is_missed(
      @ForAll @IntRange(min = 25, max = 150) int every) {
    int steps = 500 / every - 126 / every; // samples from the 126th call on are looked at
    double each = 16.0 * MIB;
    double growth = growth(call -> 40 * MIB + call / every * 16 * MIB);
    assertThat(growth).isBetween((steps - 1) * each / 374, 2 * (steps + 1) * each / 374);
    assertThat(growth).isGreaterThan(32 * KIB);
  }

  @Test
  void what_was_given_back_did_not_grow() {
    assertThat(growth(call -> 40 * MIB + (call > 100 && call < 400 ? 64 * MIB : 0)))
        .isLessThanOrEqualTo(0);
    assertThat(growth(call -> 40 * MIB - 10 * call)).isEqualTo(-10);
  }

  @Property
  void noise_is_no_growth(@ForAll long seed) {
    Random random = new Random(seed);
    assertThat(growth(call -> 40 * MIB + random.nextInt(256) * KIB)).isLessThan(KIB);
  }

  @Property
  void noise_does_not_hide_a_leak(@ForAll long seed) {
    Random random = new Random(seed);
    assertThat(growth(call -> 40 * MIB + 64 * KIB * call + random.nextInt(256) * KIB))
        .isCloseTo(64 * KIB, within(2.0 * KIB));
  }
}
