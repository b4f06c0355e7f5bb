package org.modelvitals.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.suite.Condition;
import org.modelvitals.suite.Conditions;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.Outcome;
import org.modelvitals.verdict.Status;

/**
 * An expectation drawn as a value on a line, with its interval and the limits; in the manner of
 * Stephen Few's bullet graphs.
 *
 * @param allowed where the value may lie, from left to right; empty if that is not a stretch
 * @param limits where the condition draws its limits
 * @param low left end of the interval; null if there is none
 * @param high right end of the interval
 */
record Bullet(
    Status status,
    String title,
    double value,
    List<Zone> allowed,
    List<Limit> limits,
    @Nullable Double low,
    @Nullable Double high,
    String from,
    String to) {

  static final double WIDTH = 240;
  private static final double LEFT = 6;
  private static final double RIGHT = WIDTH - 6;

  record Zone(double x, double width) {}

  record Limit(double x, String label) {
    /** Keeps the label inside the drawing. */
    String anchor() {
      return x < 40 ? "start" : x > WIDTH - 40 ? "end" : "middle";
    }
  }

  /** Where a condition allows the value to lie, in the unit of the measurement. */
  private record Range(double low, double high) {}

  /** The drawing of an outcome; empty for texts and for what was not measured. */
  static Optional<Bullet> of(Outcome outcome) {
    Measurement measured = outcome.measured();
    Double value = measured == null ? null : measured.value();
    if (measured == null || value == null || !Double.isFinite(value)) {
      return Optional.empty();
    }
    Range range = range(outcome, measured.unit());
    Interval interval = measured.interval();
    Double single = outcome.limit();
    double[] limits =
        range == null
            ? single == null ? new double[0] : new double[] {single}
            : DoubleStream.of(range.low, range.high).filter(Double::isFinite).distinct().toArray();
    Axis axis = axis(value, interval, limits, measured.unit());
    return Optional.of(
        new Bullet(
            outcome.status(),
            title(outcome, measured),
            axis.at(value),
            zones(range, axis),
            DoubleStream.of(limits)
                .mapToObj(l -> new Limit(axis.at(l), Words.quantity(l, measured.unit())))
                .toList(),
            interval == null ? null : axis.at(interval.low()),
            interval == null ? null : axis.at(interval.high()),
            end(axis.low(), axis, measured.unit()),
            end(axis.high(), axis, measured.unit())));
  }

  private static String title(Outcome outcome, Measurement measured) {
    String basis = Words.basis(measured);
    return "%s: %s %s%s, expected %s"
        .formatted(
            Look.word(outcome.status()),
            outcome.measurement(),
            outcome.found(),
            basis.isEmpty() ? "" : " (" + basis + ")",
            outcome.expected());
  }

  private static Axis axis(double value, @Nullable Interval interval, double[] limits, Unit unit) {
    DoubleStream.Builder points = DoubleStream.builder().add(value);
    DoubleStream.of(limits).forEach(points::add);
    if (interval != null) {
      points.add(interval.low()).add(interval.high());
    }
    Axis axis = Axis.over(points.build(), LEFT, RIGHT).padded(0.18);
    if (unit == Unit.FRACTION && value >= 0 && value <= 1) {
      return axis.within(0, 1);
    }
    return value >= 0 && DoubleStream.of(limits).allMatch(limit -> limit >= 0)
        ? axis.within(0, Double.POSITIVE_INFINITY)
        : axis;
  }

  /** The ends of the line need no more digits than tell them apart. */
  private static String end(double end, Axis axis, Unit unit) {
    return Words.quantity(Words.rounded(end, (axis.high() - axis.low()) / 20), unit);
  }

  private static List<Zone> zones(@Nullable Range range, Axis axis) {
    List<Zone> zones = new ArrayList<>();
    if (range != null && range.high > range.low) {
      double x = axis.at(range.low);
      zones.add(new Zone(x, Axis.tenth(axis.at(range.high) - x)));
    }
    return zones;
  }

  private static @Nullable Range range(Outcome outcome, Unit unit) {
    try {
      Condition condition = Conditions.parse(outcome.condition());
      if (condition instanceof Condition.Compare compare) {
        double limit = in(compare.limit(), unit);
        return switch (compare.operator()) {
          case AT_LEAST, MORE_THAN -> new Range(limit, Double.POSITIVE_INFINITY);
          case AT_MOST, LESS_THAN -> new Range(Double.NEGATIVE_INFINITY, limit);
          case EQUAL -> new Range(limit, limit);
          case NOT_EQUAL -> null;
        };
      }
      if (condition instanceof Condition.Between between) {
        return new Range(in(between.low(), unit), in(between.high(), unit));
      }
      if (condition instanceof Condition.Near near) {
        double target = in(near.target(), unit);
        double tolerance = in(near.tolerance(), unit);
        return new Range(target - tolerance, target + tolerance);
      }
      return null;
    } catch (IllegalArgumentException e) {
      return null; // a condition of a version that this one does not know: draw what is known
    }
  }

  private static double in(Quantity quantity, Unit unit) {
    return quantity.value() == 0 ? 0 : quantity.in(unit);
  }
}
