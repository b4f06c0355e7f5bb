package org.modelvitals.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelvitals.verdict.Status.ERROR;
import static org.modelvitals.verdict.Status.FAILED;
import static org.modelvitals.verdict.Status.INCONCLUSIVE;
import static org.modelvitals.verdict.Status.PASSED;
import static org.modelvitals.verdict.Status.SKIPPED;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.modelvitals.verdict.Status;

class ExitTest {
  private static int of(Set<Status> allowed, Status... verdicts) {
    return Exit.of(List.of(verdicts), allowed);
  }

  @Test
  void a_failure_counts_more_than_all_else() {
    assertThat(of(Set.of(), PASSED, FAILED)).isEqualTo(1);
    assertThat(of(Set.of(), ERROR, FAILED, INCONCLUSIVE)).isEqualTo(1);
  }

  @Test
  void what_is_not_known_is_no_pass() {
    assertThat(of(Set.of(), PASSED)).isZero();
    assertThat(of(Set.of(), PASSED, ERROR)).isEqualTo(3);
    assertThat(of(Set.of(), PASSED, INCONCLUSIVE)).isEqualTo(3);
    assertThat(of(Set.of(), PASSED, SKIPPED)).isEqualTo(3);
  }

  @Test
  void what_is_allowed_may_stand_beside_a_pass_but_not_for_one() {
    assertThat(of(Set.of(SKIPPED), PASSED, SKIPPED)).isZero();
    assertThat(of(Set.of(SKIPPED), PASSED, SKIPPED, INCONCLUSIVE)).isEqualTo(3);
    assertThat(of(Set.of(SKIPPED), SKIPPED)).isEqualTo(3);
    assertThat(of(Set.of(SKIPPED))).isEqualTo(3);
  }
}
