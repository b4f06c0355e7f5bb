package org.modelvitals.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.suite.Condition;
import org.modelvitals.text.Regex;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** Holds one measurement against one condition. */
final class ConditionJudge {
  private ConditionJudge() {}

  static Outcome judge(Measurement measurement, Condition condition) {
    return judge(measurement, condition, Approval.none());
  }

  static Outcome judge(Measurement measurement, Condition condition, Approval approval) {
    boolean bounded =
        measurement.interval() != null
            && condition.surely()
            && !(condition instanceof Condition.AgainstBaseline);
    if (measurement.value() == null && measurement.text() == null && !bounded) {
      return new Outcome(
          measurement.name(),
          condition.toString(),
          Status.INCONCLUSIVE,
          measurement,
          null,
          null,
          "%s could not be determined: %s"
              .formatted(
                  measurement.name(),
                  measurement.note() == null
                      ? "there was nothing to measure"
                      : measurement.note()));
    }
    try {
      if (condition instanceof Condition.Compare compare) {
        return compare(measurement, compare);
      }
      if (condition instanceof Condition.AgainstBaseline against) {
        return BaselineJudge.judge(measurement, against, approval);
      }
      if (condition instanceof Condition.Between between) {
        return between(measurement, between);
      }
      if (condition instanceof Condition.Near near) {
        return near(measurement, near);
      }
      return text(measurement, condition);
    } catch (IllegalArgumentException e) {
      return new Outcome(
          measurement.name(),
          condition.toString(),
          Status.ERROR,
          measurement,
          null,
          null,
          "%s cannot be held against '%s': %s"
              .formatted(measurement.name(), condition, e.getMessage()));
    }
  }

  private static Outcome compare(Measurement measurement, Condition.Compare compare) {
    double limit = limit(measurement, compare.limit());
    String wanted = compare.operator().words() + " " + shown(compare.limit(), measurement, compare);
    if (compare.surely()) {
      return surely(
          measurement,
          compare,
          limit,
          margin(compare, measured(measurement), limit),
          wanted,
          interval -> Sureness.of(interval, limit, compare.operator()));
    }
    double value = number(measurement);
    boolean fulfilled =
        switch (compare.operator()) {
          case AT_LEAST -> value >= limit;
          case AT_MOST -> value <= limit;
          case MORE_THAN -> value > limit;
          case LESS_THAN -> value < limit;
          case EQUAL -> value == limit;
          case NOT_EQUAL -> value != limit;
        };
    double margin = margin(compare, value, limit);
    return numeric(measurement, compare, fulfilled, limit, margin, wanted);
  }

  private static double margin(Condition.Compare compare, double value, double limit) {
    return switch (compare.operator()) {
      case AT_LEAST, MORE_THAN -> value - limit;
      case AT_MOST, LESS_THAN -> limit - value;
      case EQUAL, NOT_EQUAL -> -Math.abs(value - limit);
    };
  }

  /**
   * Passes only if the whole interval is inside, fails only if it is outside. A number that could
   * not be determined may still have an interval, and be sure to lie outside.
   */
  private static Outcome surely(
      Measurement measurement,
      Condition condition,
      double limit,
      double margin,
      String wanted,
      Function<Interval, Status> judge) {
    Interval interval = measurement.interval();
    double value = measured(measurement);
    boolean sampled = interval == null && measurement.count() > 1;
    Status status =
        sampled
            ? Status.INCONCLUSIVE
            : judge.apply(interval == null ? new Interval(value, value, 1, "exact") : interval);
    String reason =
        sampled
            ? " and has no interval that could make it sure"
            : status == Status.INCONCLUSIVE
                ? isEquality(condition)
                    ? ", of which no interval is sure; write for instance 'between … and …'"
                    : ", but its interval reaches past that: " + missing(measurement)
                : "";
    return new Outcome(
        measurement.name(),
        condition.toString(),
        status,
        measurement,
        limit,
        Double.isNaN(margin) ? null : margin,
        "%s is %s%s, expected surely %s%s"
            .formatted(
                measurement.name(), measurement.display(), basis(measurement), wanted, reason));
  }

  private static boolean isEquality(Condition condition) {
    return condition instanceof Condition.Compare compare
        && compare.operator() == Condition.Operator.EQUAL;
  }

  /** The number; NaN for one that has an interval only. */
  private static double measured(Measurement measurement) {
    return measurement.interval() != null && measurement.value() == null
        ? Double.NaN
        : number(measurement);
  }

  private static String missing(Measurement measurement) {
    String note = measurement.note();
    return note == null ? "more rows are needed" : note;
  }

  private static Outcome between(Measurement measurement, Condition.Between between) {
    double value = measured(measurement);
    double low = limit(measurement, between.low());
    double high = limit(measurement, between.high());
    double nearest = Math.abs(value - low) <= Math.abs(value - high) ? low : high;
    double margin = Math.min(value - low, high - value);
    String wanted =
        "between %s and %s"
            .formatted(
                shown(between.low(), measurement, between),
                shown(between.high(), measurement, between));
    return between.surely()
        ? surely(
            measurement,
            between,
            nearest,
            margin,
            wanted,
            interval -> Sureness.within(interval, low, high))
        : numeric(measurement, between, value >= low && value <= high, nearest, margin, wanted);
  }

  private static Outcome near(Measurement measurement, Condition.Near near) {
    double value = measured(measurement);
    double target = limit(measurement, near.target());
    double tolerance = limit(measurement, near.tolerance());
    // One unit in the last place of the sum: a value at the edge of the tolerance is inside.
    double slack = Math.ulp(Math.abs(target) + Math.abs(tolerance));
    double reach = tolerance + slack;
    double distance = Math.abs(value - target);
    String wanted =
        "%s ± %s"
            .formatted(
                shown(near.target(), measurement, near),
                shown(near.tolerance(), measurement, near));
    return near.surely()
        ? surely(
            measurement,
            near,
            target,
            tolerance - distance,
            wanted,
            interval -> Sureness.within(interval, target - reach, target + reach))
        : numeric(measurement, near, distance <= reach, target, tolerance - distance, wanted);
  }

  private static Outcome numeric(
      Measurement measurement,
      Condition condition,
      boolean fulfilled,
      double limit,
      double margin,
      String wanted) {
    String missed =
        fulfilled || !Double.isFinite(margin) || margin == 0
            ? ""
            : ": missed by "
                + Quantity.of(-margin, measurement.unit()).display()
                + digits(measurement, condition);
    return new Outcome(
        measurement.name(),
        condition.toString(),
        fulfilled ? Status.PASSED : Status.FAILED,
        measurement,
        limit,
        Double.isNaN(margin) ? null : margin,
        "%s is %s%s, expected %s%s"
            .formatted(
                measurement.name(),
                measurement.display(Digits.telling(measurement, condition)),
                basis(measurement),
                wanted,
                missed));
  }

  /** Says what is displayed with fewer digits than it has, where both sides look alike so. */
  private static String digits(Measurement measurement, Condition condition) {
    return condition instanceof Condition.Compare compare
            && compare.operator() == Condition.Operator.EQUAL
            && measurement
                .display()
                .equals(
                    Quantity.of(limit(measurement, compare.limit()), measurement.unit()).display())
        ? "; with all its digits it is %s, so write for instance '%s +- %s'"
            .formatted(
                measurement.value(),
                measurement.display(),
                Quantity.of(Math.abs(number(measurement)) / 1e4, measurement.unit()).display())
        : "";
  }

  private static Outcome text(Measurement measurement, Condition condition) {
    String text = measurement.text();
    if (text == null) {
      throw new IllegalArgumentException(
          "it is a number (%s); write for instance '>= 1' or '= 1'"
              .formatted(measurement.display()));
    }
    List<String> items = items(text);
    boolean fulfilled;
    String wanted;
    if (condition instanceof Condition.Is is) {
      fulfilled = text.equals(is.text());
      wanted = "exactly " + is.text();
    } else if (condition instanceof Condition.OneOf oneOf) {
      fulfilled = oneOf.texts().contains(text);
      wanted = "one of " + String.join(", ", oneOf.texts());
    } else if (condition instanceof Condition.Only only) {
      List<String> others = items.stream().filter(i -> !only.items().contains(i)).toList();
      fulfilled = others.isEmpty();
      wanted =
          "only %s%s"
              .formatted(
                  String.join(", ", only.items()),
                  fulfilled ? "" : "; not expected: " + String.join(", ", others));
    } else if (condition instanceof Condition.None none) {
      List<String> found = items.stream().filter(none.items()::contains).toList();
      requireSpelling(none.items(), items);
      fulfilled = found.isEmpty();
      wanted =
          "none of %s%s"
              .formatted(
                  String.join(", ", none.items()),
                  fulfilled ? "" : "; but there is " + String.join(", ", found));
    } else if (condition instanceof Condition.Contains contains) {
      List<String> missing = contains.items().stream().filter(i -> !items.contains(i)).toList();
      fulfilled = missing.isEmpty();
      wanted =
          "something that contains %s%s"
              .formatted(
                  String.join(", ", contains.items()),
                  fulfilled ? "" : "; missing: " + String.join(", ", missing));
    } else if (condition instanceof Condition.Matches matches) {
      fulfilled = Regex.of(matches.regex()).matches(text);
      wanted = "something that matches " + matches.regex();
    } else {
      throw new IllegalArgumentException("it is a text: '" + text + "'");
    }
    return new Outcome(
        measurement.name(),
        condition.toString(),
        fulfilled ? Status.PASSED : Status.FAILED,
        measurement,
        null,
        null,
        "%s is %s, expected %s".formatted(measurement.name(), text, wanted));
  }

  /** A misspelt item is in no text, and what forbids it would pass without a word. */
  private static void requireSpelling(List<String> forbidden, List<String> items) {
    for (String name : forbidden) {
      items.stream()
          .filter(item -> item.equalsIgnoreCase(name) && !forbidden.contains(item))
          .findFirst()
          .ifPresent(
              item -> {
                throw new IllegalArgumentException(
                    "'%s' and '%s' differ in case; write '%2$s'".formatted(name, item));
              });
    }
  }

  private static List<String> items(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static double number(Measurement measurement) {
    Double value = measurement.value();
    if (value == null) {
      throw new IllegalArgumentException(
          "it is a text ('%s'); write for instance 'is %s'"
              .formatted(measurement.text(), measurement.text()));
    }
    return value;
  }

  private static double limit(Measurement measurement, Quantity quantity) {
    return limit(measurement.unit(), quantity);
  }

  static double limit(Unit unit, Quantity quantity) {
    if (quantity.unit().dimension() != unit.dimension()
        && quantity.unit() == Unit.NUMBER
        && quantity.value() == 0) {
      return 0; // nothing is nothing in every unit
    }
    return quantity.in(unit);
  }

  /** The limit as the measurement is displayed, so that both read alike. */
  private static String shown(Quantity quantity, Measurement measurement, Condition condition) {
    Unit unit = measurement.unit();
    return quantity.unit().dimension() == unit.dimension()
        ? Quantity.of(quantity.in(unit), unit).display(Digits.telling(measurement, condition))
        : quantity.toString();
  }

  static String basis(Measurement measurement) {
    Interval interval = measurement.interval();
    if (interval == null) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        " (%s interval %s, n = %,d)",
        Quantity.of(interval.level(), Unit.FRACTION).display(),
        range(interval, measurement.unit()),
        measurement.count());
  }

  /** From where to where, in words where an end is open. */
  static String range(Interval interval, Unit unit) {
    boolean below = interval.low() == Double.NEGATIVE_INFINITY;
    boolean above = interval.high() == Double.POSITIVE_INFINITY;
    String low = Quantity.of(interval.low(), unit).display();
    String high = Quantity.of(interval.high(), unit).display();
    if (below) {
      return above ? "without ends" : "up to " + high;
    }
    return above ? "from " + low + " up" : low + " to " + high;
  }
}
