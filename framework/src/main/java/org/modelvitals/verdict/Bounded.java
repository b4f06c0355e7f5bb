package org.modelvitals.verdict;

import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.suite.Condition;

/** Whether bounds of a number already tell what becomes of a condition on it. */
public final class Bounded {
  private Bounded() {}

  /**
   * Whether the condition has the same outcome for every number within the bounds, and for the
   * number that was measured so far. Never for conditions on texts and for sure ones, which are
   * about more than the rows.
   */
  public static boolean decides(Measurement measured, Interval bounds, Condition condition) {
    Status low = status(measured, bounds.low(), condition);
    boolean isEven =
        low == status(measured, bounds.high(), condition)
            && low == ConditionJudge.judge(measured, condition).status();
    if (condition.surely() || !isEven || (low != Status.PASSED && low != Status.FAILED)) {
      return false;
    }
    if (condition instanceof Condition.Compare compare) {
      return switch (compare.operator()) {
        case AT_LEAST, AT_MOST, MORE_THAN, LESS_THAN -> true;
        // What both ends fail may still hold between them, and the other way round.
        case EQUAL, NOT_EQUAL -> bounds.low() == bounds.high();
      };
    }
    // Between two failing ends the whole range may lie; a range that holds both ends holds all.
    return low == Status.PASSED
        && (condition instanceof Condition.Between || condition instanceof Condition.Near);
  }

  private static Status status(Measurement measured, double value, Condition condition) {
    return ConditionJudge.judge(
            new Measurement(
                measured.name(), measured.unit(), value, null, measured.count(), null, null),
            condition)
        .status();
  }
}
