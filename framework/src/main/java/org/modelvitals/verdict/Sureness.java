package org.modelvitals.verdict;

import org.modelvitals.reading.Interval;
import org.modelvitals.suite.Condition.Operator;

/** What an interval says of a limit: all of it inside, all outside, or neither. */
final class Sureness {
  private Sureness() {}

  /**
   * Passed only if every value of the interval fulfils the condition, failed only if none does.
   *
   * @throws IllegalArgumentException for operators without a side
   */
  static Status of(Interval interval, double limit, Operator operator) {
    double low = interval.low();
    double high = interval.high();
    boolean all;
    boolean none;
    switch (operator) {
      case AT_LEAST -> {
        all = low >= limit;
        none = high < limit;
      }
      case MORE_THAN -> {
        all = low > limit;
        none = high <= limit;
      }
      case AT_MOST -> {
        all = high <= limit;
        none = low > limit;
      }
      case LESS_THAN -> {
        all = high < limit;
        none = low >= limit;
      }
      default -> throw new IllegalArgumentException("'surely' goes with >=, <=, > and < only");
    }
    return all ? Status.PASSED : none ? Status.FAILED : Status.INCONCLUSIVE;
  }
}
