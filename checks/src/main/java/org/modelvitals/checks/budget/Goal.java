package org.modelvitals.checks.budget;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Condition;
import org.modelvitals.suite.Expectation;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;

/**
 * How long a series goes on: a number of calls that was declared, or else until everything that is
 * expected is decided with confidence. What has no bounds, such as the slowest call, is judged on
 * {@value #USUAL} calls, and so many there are where nothing is expected.
 */
final class Goal {
  static final long USUAL = 1000;

  private final @Nullable Long declared;
  private final List<Expectation> expectations;
  private final boolean usual;

  /**
   * @param declared how many calls; null for as many as it takes
   */
  Goal(@Nullable Long declared, List<Expectation> expectations) {
    this.declared = declared;
    this.expectations = expectations.stream().filter(Goal::isSure).toList();
    this.usual = this.expectations.isEmpty() || this.expectations.size() < expectations.size();
  }

  private static boolean isSure(Expectation expectation) {
    // What was approved is not known here, so what is held against it decides nothing.
    return expectation.condition().surely()
        && !(expectation.condition() instanceof Condition.AgainstBaseline);
  }

  /** How many calls there will be; -1 if that is not known. */
  long total() {
    return declared != null ? declared : expectations.isEmpty() ? USUAL : -1;
  }

  /** Whether the series is judged at its end only, so that nobody looks before. */
  boolean isFixed() {
    return total() >= 0;
  }

  /**
   * Whether the series may end; for asking at a look.
   *
   * @param soFar what is known; asked for only where it counts
   */
  boolean isReached(long count, Supplier<List<Measurement>> soFar) {
    if (isFixed()) {
      return count >= total();
    }
    return (!usual || count >= USUAL) && isDecided(soFar.get());
  }

  private boolean isDecided(List<Measurement> soFar) {
    Reading reading = new Reading(soFar, List.of());
    return expectations.stream()
        .filter(expectation -> reading.measurement(expectation.measurement()).isPresent())
        .noneMatch(
            expectation ->
                Judge.judge(reading, List.of(expectation)).status() == Status.INCONCLUSIVE);
  }
}
