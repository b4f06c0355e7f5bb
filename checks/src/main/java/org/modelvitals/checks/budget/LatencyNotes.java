package org.modelvitals.checks.budget;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.suite.Condition;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Dimension;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** What stands beside a measurement of time: what would decide it, and what spoke against it. */
final class LatencyNotes {
  private static final String UNREACHED =
      "the time was over before every row of the data had been timed, and rows may be sorted;"
          + " declare more 'seconds', or a 'limit' of rows";

  private final List<Expectation> expectations;
  private final Circumstances circumstances;
  private final boolean reached;

  /**
   * @param reached whether every row was timed that should have been
   */
  LatencyNotes(List<Expectation> expectations, Circumstances circumstances, boolean reached) {
    this.expectations = expectations;
    this.circumstances = circumstances;
    this.reached = reached;
  }

  /**
   * A time or a rate as it can be judged. On a disturbed machine calls are slower than they would
   * be, so a time has no lower bound, and a rate no upper one: they still pass, and never fail.
   */
  Measurement judged(Measurement measured, Times times) {
    if (!reached || measured.interval() == null) {
      return ofAllRows(measured);
    }
    Measurement noted =
        measured.note() != null
            ? measured
            : missing(measured, times).map(measured::note).orElse(measured);
    return undisturbed(noted, measured.unit().dimension() == Dimension.RATE);
  }

  /**
   * How much more a load does than another, as it can be judged. Others take processors that
   * further callers or threads would have used, so on a disturbed machine it has no upper bound.
   */
  Measurement judgedScaling(Measurement measured) {
    return reached ? undisturbed(measured, true) : ofAllRows(measured);
  }

  /**
   * What it may be on a machine that nobody else uses.
   *
   * @param more whether it would be more there, or else less
   */
  private Measurement undisturbed(Measurement measured, boolean more) {
    Interval interval = measured.interval();
    if (interval == null || !circumstances.isDisturbed()) {
      return measured;
    }
    String note = measured.note();
    String busy = "the machine was too busy to call it slow: " + circumstances.disturbed();
    return within(
        measured,
        more ? interval.low() : 0,
        more ? Double.POSITIVE_INFINITY : interval.high(),
        note == null ? busy : note + "; besides, " + busy);
  }

  /**
   * The measurement as it can be judged where only the first rows were timed: those behind may be
   * others, so nothing is sure of all of them.
   */
  Measurement ofAllRows(Measurement measured) {
    if (reached) {
      return measured;
    }
    return measured.interval() == null
        ? Measurement.undefined(
            measured.name(),
            measured.unit(),
            measured.count(),
            "it was %s as far as the rows were timed; %s".formatted(measured.display(), UNREACHED))
        : within(measured, 0, Double.POSITIVE_INFINITY, UNREACHED);
  }

  private static Measurement within(Measurement measured, double low, double high, String note) {
    Interval interval = Objects.requireNonNull(measured.interval());
    return new Measurement(
        measured.name(),
        measured.unit(),
        measured.value(),
        measured.text(),
        measured.count(),
        new Interval(low, high, interval.level(), interval.method()),
        note);
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
    long needed = OrderStatistics.least(percentile.q(), over, circumstances.timing().error());
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
