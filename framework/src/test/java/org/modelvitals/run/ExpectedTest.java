package org.modelvitals.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelvitals.suite.Measured.measured;
import static org.modelvitals.unit.Quantity.percent;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.modelvitals.suite.Expectation;

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
}
