package org.modelvitals.checks.budget;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Condition;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Dimension;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** What stands beside a measurement of time: what would decide it, and what spoke against it. */
final class LatencyNotes {
  private final List<Expectation> expectations;
  private final Timing timing;
  private final Interference.Disturbance disturbance;

  LatencyNotes(
      List<Expectation> expectations, Timing timing, Interference.Disturbance disturbance) {
    this.expectations = expectations;
    this.timing = timing;
    this.disturbance = disturbance;
  }

  /** Whether others took more of the machine than was allowed. */
  boolean isDisturbed() {
    return disturbance.taken() > timing.tolerated();
  }

  /** Adds what the machine did besides. */
  void addTo(Reading.Builder reading) {
    double taken = disturbance.taken();
    reading.add(
        Double.isNaN(taken)
            ? Measurement.undefined(
                "interference", Unit.FRACTION, 0, "this system does not tell what others do")
            : Measurement.exact("interference", taken, Unit.FRACTION));
    reading.add(
        new Evidence.Table(
            "The machine meanwhile",
            isDisturbed() ? disturbed() : "",
            List.of("what", "how much"),
            disturbance.facts()));
  }

  /**
   * The measurement as it can be judged. On a disturbed machine calls are slower than they would
   * be, so a time has no lower bound, and a rate no upper one: they still pass, and never fail.
   */
  Measurement judged(Measurement measured, Times times) {
    Interval interval = measured.interval();
    if (interval == null) {
      return measured;
    }
    if (isDisturbed()) {
      boolean isRate = measured.unit().dimension() == Dimension.RATE;
      Interval open =
          new Interval(
              isRate ? interval.low() : 0,
              isRate ? Double.POSITIVE_INFINITY : interval.high(),
              interval.level(),
              interval.method());
      return new Measurement(
          measured.name(),
          measured.unit(),
          measured.value(),
          measured.text(),
          measured.count(),
          open,
          "the machine was too busy to call it slow: " + disturbed());
    }
    return measured.note() != null
        ? measured
        : missing(measured, times).map(measured::note).orElse(measured);
  }

  /** What others took, in a sentence. */
  String disturbed() {
    return "others took %s of the processors' time, and %s are tolerated"
        .formatted(Interference.percent(disturbance.taken()), timing.interference().display());
  }

  /** How many more calls a percentile needs, for each limit that its interval reaches over. */
  private Optional<String> missing(Measurement measured, Times times) {
    Optional<Percentile> percentile = Percentile.of(measured.name());
    Interval interval = measured.interval();
    if (percentile.isEmpty() || interval == null) {
      return Optional.empty();
    }
    String notes =
        expectations.stream()
            .filter(expectation -> expectation.measurement().equals(measured.name()))
            .flatMap(expectation -> limit(expectation.condition()).stream())
            .filter(limit -> interval.low() <= limit && limit < interval.high())
            .map(limit -> missing(percentile.get(), limit, times))
            .distinct()
            .collect(Collectors.joining("; "));
    return notes.isEmpty() ? Optional.empty() : Optional.of(notes);
  }

  private String missing(Percentile percentile, double limit, Times times) {
    long over = times.over(limit * 1e9);
    long needed = OrderStatistics.least(percentile.q(), over, timing.error());
    String shown = Quantity.of(limit, Unit.SECONDS).display();
    return needed <= times.count()
        ? String.format(
            Locale.ROOT,
            "%,d of %,d calls took longer than %s, which was looked at too often to be sure;"
                + " declare more 'seconds'",
            over,
            times.count(),
            shown)
        : String.format(
            Locale.ROOT,
            "%,d of %,d calls took longer than %s, and so few are allowed among %,d: %,d more calls"
                + " are needed, none of them slower",
            over,
            times.count(),
            shown,
            needed,
            needed - times.count());
  }

  /** A limit from above, in seconds. */
  private static Optional<Double> limit(Condition condition) {
    return condition instanceof Condition.Compare compare
            && (compare.operator() == Condition.Operator.AT_MOST
                || compare.operator() == Condition.Operator.LESS_THAN)
            && compare.limit().unit().dimension() == Dimension.TIME
        ? Optional.of(compare.limit().in(Unit.SECONDS))
        : Optional.empty();
  }
}
