package org.modelvitals.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelvitals.suite.Measured.measured;
import static org.modelvitals.unit.Quantity.millis;
import static org.modelvitals.unit.Quantity.percent;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;

class ExpectedTest {
  private static final Expectation ALL = measured("valid json").isEqualTo(percent(100));
  private static final Expectation FINITE = measured("non-finite outputs").isEqualTo(0);
  private static final Expectation SOME = measured("valid json").isAtLeast(percent(90));
  private static final Expectation NOT_ALL = measured("valid json").isLessThan(percent(100));

  @Test
  void what_is_implied_holds_whether_written_or_not() {
    assertThat(Expected.of(List.of(), List.of(ALL, FINITE))).containsExactly(ALL, FINITE);
    assertThat(Expected.of(List.of(FINITE), List.of(ALL, FINITE))).containsExactly(FINITE, ALL);
  }

  @Test
  void what_is_written_of_a_measurement_takes_the_place_of_what_is_implied() {
    assertThat(Expected.of(List.of(SOME, NOT_ALL), List.of(ALL, FINITE)))
        .containsExactly(SOME, NOT_ALL, FINITE);
  }

  @Test
  void measurements_whose_interval_always_counts_are_expected_surely() {
    MeasurementInfo time =
        MeasurementInfo.withParts("p99", "callers", Unit.SECONDS, "a time").surely();
    MeasurementInfo most = MeasurementInfo.number("max", Unit.SECONDS, "a time");
    Expectation whole = measured("p99").isAtMost(millis(3));
    Expectation part = measured("p99", "2").isLessThan(millis(3));
    Expectation exact = measured("p99").isEqualTo(millis(3));
    Expectation plain = measured("max").isAtMost(millis(3));
    Expectation range = measured("p99").isBetween(millis(2), millis(3));
    Expectation near = measured("p99").isCloseTo(millis(2), millis(1));
    assertThat(
            Expected.of(
                    List.of(whole, part, exact, range, near, plain), List.of(), List.of(time, most))
                .stream()
                .map(expectation -> expectation.measurement() + " " + expectation.condition()))
        .containsExactly(
            "p99 surely <= 3 ms",
            "p99[2] surely < 3 ms",
            "p99 surely = 3 ms",
            "p99 surely between 2 ms and 3 ms",
            "p99 surely 2 ms ± 1 ms",
            "max <= 3 ms");
    assertThat(Expected.of(List.of(whole), List.of(), List.of(most))).containsExactly(whole);
  }
}
