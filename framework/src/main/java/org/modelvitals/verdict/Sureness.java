package org.modelvitals.verdict;

import org.modelvitals.reading.Interval;
import org.modelvitals.suite.Condition.Operator;

/** What an interval says of a limit: all of it inside, all outside, or neither. */
final class Sureness {
  private Sureness() {}

  /** Passed only if every value of the interval fulfils the condition, failed only if none does. */
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
      case EQUAL -> {
        all = low == limit && high == limit;
        none = high < limit || low > limit;
      }
      case NOT_EQUAL -> {
        all = high < limit || low > limit;
        none = low == limit && high == limit;
      }
      default -> throw new IllegalStateException(operator.toString());
    }
    return status(all, none);
  }

  /** The same of a range, whose ends belong to it. */
  static Status within(Interval interval, double low, double high) {
    return status(
        interval.low() >= low && interval.high() <= high,
        interval.high() < low || interval.low() > high);
  }

  private static Status status(boolean all, boolean none) {
    return all ? Status.PASSED : none ? Status.FAILED : Status.INCONCLUSIVE;
  }
}
