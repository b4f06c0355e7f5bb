package org.modelvitals.verdict;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.modelvitals.reading.Measurement;
import org.modelvitals.suite.Condition;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** How many digits a measurement and its limit need, so that rounding hides no difference. */
final class Digits {
  private static final int ALL = 17;

  private Digits() {}

  /**
   * The least number of significant digits, five at least, with which the measurement lies on the
   * same side of every limit as it does with all of them.
   */
  static int telling(Measurement measurement, Condition condition) {
    Double value = measurement.value();
    if (value == null || !Double.isFinite(value)) {
      return Quantity.DIGITS;
    }
    Unit unit = measurement.unit();
    double[] sides = sides(value, condition, unit);
    for (int digits = Quantity.DIGITS; digits <= ALL; digits++) {
      Quantity shown = Quantity.parse(Quantity.of(value, unit).display(digits));
      if (shown.unit().dimension() != unit.dimension()) {
        break;
      }
      double[] seen = sides(shown.in(unit), rounded(condition, digits), unit);
      if (Arrays.equals(sides, seen)) {
        return digits;
      }
    }
    return Quantity.DIGITS;
  }

  /** The condition with its numbers rounded to so many digits. */
  static Condition rounded(Condition condition, int digits) {
    UnaryOperator<Quantity> round = quantity -> quantity.rounded(digits);
    if (condition instanceof Condition.Compare compare) {
      return new Condition.Compare(
          compare.operator(), round.apply(compare.limit()), compare.surely());
    } else if (condition instanceof Condition.Between between) {
      return new Condition.Between(
          round.apply(between.low()), round.apply(between.high()), between.surely());
    } else if (condition instanceof Condition.Near near) {
      return new Condition.Near(
          round.apply(near.target()), round.apply(near.tolerance()), near.surely());
    }
    return condition;
  }

  /** For each limit whether the value is below it (-1), on it (0) or above it (1). */
  private static double[] sides(double value, Condition condition, Unit unit) {
    DoubleStream limits = DoubleStream.empty();
    if (condition instanceof Condition.Compare compare) {
      limits = DoubleStream.of(ConditionJudge.limit(unit, compare.limit()));
    } else if (condition instanceof Condition.Between between) {
      limits =
          DoubleStream.of(
              ConditionJudge.limit(unit, between.low()),
              ConditionJudge.limit(unit, between.high()));
    } else if (condition instanceof Condition.Near near) {
      double target = ConditionJudge.limit(unit, near.target());
      double tolerance = ConditionJudge.limit(unit, near.tolerance());
      limits = DoubleStream.of(target - tolerance, target + tolerance);
    }
    return limits.map(limit -> Math.signum(value - limit)).toArray();
  }
}
