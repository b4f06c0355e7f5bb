package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

/** What is said of the memory of a process that made so many calls. */
class MemoryTallyTest {
  private static final long MIB = 1024 * 1024;

  private static Reading after(int calls) {
    MemoryTally tally = new MemoryTally();
    tally.add("before " + 10 * MIB);
    tally.add("loaded " + 20 * MIB);
    for (int call = 1; call <= calls; call++) {
      tally.add("sample %d %d".formatted(call, 20 * MIB));
    }
    tally.add("peak " + 20 * MIB);
    tally.add("heap 0");
    tally.add("closed " + 10 * MIB);
    return tally.reading(Measurement.undefined("gpu memory", Unit.BYTES, 1, "there is no GPU"));
  }

  @Test
  void of_few_calls_no_trend_is_known_which_is_no_failure() {
    Verdict verdict = Judge.judge(after(3), List.of(Budget.trend().is("steady")));
    assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(verdict.outcomes())
        .singleElement()
        .satisfies(
            outcome ->
                assertThat(outcome.sentence())
                    .isEqualTo(
                        "trend could not be determined: a trend needs at least 8 calls, and there were 3"));
  }

  @Test
  void of_more_calls_it_is_known() {
    Verdict verdict = Judge.judge(after(100), List.of(Budget.trend().is("steady")));
    assertThat(verdict.status()).isEqualTo(Status.PASSED);
  }
}
