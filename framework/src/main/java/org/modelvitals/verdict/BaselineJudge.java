package org.modelvitals.verdict;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.statistics.Differences;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.suite.BaselineLimit;
import org.modelvitals.suite.Condition;
import org.modelvitals.suite.Condition.Operator;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** Holds one measurement against what the approved run measured. */
final class BaselineJudge {
  private static final String ANEW =
      "use its data, or approve a run on these with -Dmodelvitals.approve=anyway";

  private final Measurement measured;
  private final Condition.AgainstBaseline condition;
  private final boolean upwards;

  private BaselineJudge(Measurement measured, Condition.AgainstBaseline condition) {
    this.measured = measured;
    this.condition = condition;
    this.upwards =
        condition.operator() == Operator.AT_LEAST || condition.operator() == Operator.MORE_THAN;
  }

  /**
   * The outcome.
   *
   * @throws IllegalArgumentException if the two cannot be compared, with the reason
   */
  static Outcome judge(
      Measurement measured, Condition.AgainstBaseline condition, Approval approval) {
    return new BaselineJudge(measured, condition).judge(approval);
  }

  private Outcome judge(Approval approval) {
    if (approval instanceof Approval.Missing missing) {
      return ended(missing.status(), missing.why());
    }
    Approval.Approved approved = (Approval.Approved) approval;
    Measurement before = approved.measurements().get(measured.name());
    if (before == null) {
      return ended(
          approved.ofNew(),
          "%s is not in the approved run; approve a run that measures it"
              .formatted(measured.name()));
    }
    if (before.value() == null && before.text() == null) {
      return ended(
          Status.INCONCLUSIVE,
          "%s was undefined in the approved run: %s"
              .formatted(measured.name(), Objects.requireNonNullElse(before.note(), "")));
    }
    return measured.text() != null || before.text() != null
        ? texts(before)
        : numbers(before, approved);
  }

  private Outcome ended(Status status, String sentence) {
    return new Outcome(
        measured.name(), condition.toString(), status, measured, null, null, sentence, null);
  }

  private Outcome texts(Measurement before) {
    boolean isEqual = condition.operator() == Operator.EQUAL;
    if (!condition.limit().isItself() || !(isEqual || condition.operator() == Operator.NOT_EQUAL)) {
      throw new IllegalArgumentException("it is a text; write '= baseline'");
    }
    boolean fulfilled = isEqual == measured.display().equals(before.display());
    return ended(
        fulfilled ? Status.PASSED : Status.FAILED,
        "%s is %s, and was %s in the approved run, expected %s"
            .formatted(
                measured.name(),
                measured.display(),
                before.display(),
                isEqual ? "the same" : "another"));
  }

  private Outcome numbers(Measurement before, Approval.Approved approved) {
    Unit unit = measured.unit();
    double value = Objects.requireNonNull(measured.value());
    double was = before.unit().convert(Objects.requireNonNull(before.value()), unit);
    // What is counted exactly, such as the rows themselves, is compared whatever the data are.
    boolean ofRows =
        measured.count() > 1 || approved.statistics().apply(measured.name()).isPresent();
    PairedRows both = ofRows ? approved.rows() : null;
    if (both != null && both.same().isEmpty()) {
      return ended(Status.INCONCLUSIVE, ofOthers(before, approved.unpaired()));
    }
    Optional<RowComparison> rows = compare(approved);
    boolean isPart = rows.isPresent() && !approved.unpaired().isEmpty();
    if (isPart) {
      // Of other rows than before the whole says little; those that are the same say more.
      value = rows.get().now();
      was = rows.get().before();
    }
    BaselineLimit wanted = condition.limit();
    double plus = wanted.plus().value() == 0 ? 0 : wanted.plus().in(unit);
    double limit = wanted.factor() * was + plus;
    Interval interval = interval(before, was, value, rows);
    Compared compared =
        new Compared(
            was,
            value - was,
            interval,
            rows.map(RowComparison::rows).orElse(0L),
            rows.map(RowComparison::worse).orElse(0L),
            rows.map(RowComparison::better).orElse(0L),
            rows.map(RowComparison::words).orElse(""));
    double margin = margin(value, limit);
    Status status =
        condition.surely()
            ? surely(compared, limit - was, rows)
            : fulfilled(value, limit) ? Status.PASSED : Status.FAILED;
    // Rows that are the same and got worse tell of a loss, however few they are; not so the
    // reverse.
    boolean areMostlyOthers =
        status == Status.PASSED
            && both != null
            && 2 * both.same().cardinality() < both.now().size();
    if (areMostlyOthers) {
      status = Status.INCONCLUSIVE;
    }
    String sentence =
        sentence(compared, limit, margin, status, approved.unpaired(), isPart ? value : null)
            + (areMostlyOthers
                ? ", but most rows are others than those of the approved run; " + ANEW
                : status == Status.INCONCLUSIVE ? unsure(compared) : "");
    return new Outcome(
        measured.name(),
        condition.toString(),
        status,
        measured,
        limit,
        Double.isNaN(margin) ? null : margin,
        sentence,
        compared);
  }

  private String unsure(Compared compared) {
    if (compared.interval() == null) {
      return ", but nothing tells how sure the difference is";
    }
    String reaches = ", but the interval reaches past that: ";
    // Around no difference at all an interval gets narrower with more rows, and still has two
    // sides.
    return condition.limit().isItself() && compared.difference() == 0
        ? reaches
            + "of two that are equal neither is surely no worse, on however many rows; allow a loss, such as '%s'"
                .formatted(allowance())
        : reaches + "more rows are needed";
  }

  /** A limit that somebody could ask for instead of the baseline itself. */
  private BaselineLimit allowance() {
    BaselineLimit itself = BaselineLimit.baseline();
    if (measured.unit() != Unit.FRACTION) {
      return itself.times(upwards ? 0.95 : 1.05);
    }
    Quantity loss = Quantity.percent(0.5);
    return upwards ? itself.minus(loss) : itself.plus(loss);
  }

  /** Other rows may be easier or harder: no difference of theirs is one of the models. */
  private String ofOthers(Measurement before, String unpaired) {
    return "%s is %s, and was %s in the approved run, but %s; %s"
        .formatted(measured.name(), measured.display(), before.display(), unpaired, ANEW);
  }

  private Optional<RowComparison> compare(Approval.Approved approved) {
    PairedRows rows = approved.rows();
    return rows == null || rows.same().isEmpty()
        ? Optional.empty()
        : approved
            .statistics()
            .apply(measured.name())
            .filter(
                statistic ->
                    statistic.columns().stream()
                        .allMatch(name -> rows.before().has(name) && rows.now().has(name)))
            .map(
                statistic ->
                    RowComparison.of(
                        rows, statistic, condition.limit().factor(), upwards, approved.seed()))
            .filter(comparison -> comparison.rows() > 0);
  }

  /** Of the difference to the approved value; with a factor, as sure as that value were known. */
  private @Nullable Interval interval(
      Measurement before, double was, double value, Optional<RowComparison> rows) {
    double factor = condition.limit().factor();
    double shift = (factor - 1) * was;
    if (rows.isPresent()) {
      RowComparison paired = rows.get();
      Interval of = paired.interval();
      if (of == null) {
        return null;
      }
      // Rows are kept with fewer digits than the measurements have.
      double exact = value - was - (paired.now() - paired.before());
      return new Interval(
          of.low() + shift + exact, of.high() + shift + exact, of.level(), of.method());
    }
    Interval ofNow = known(measured, measured.unit());
    Interval ofBefore = known(before, measured.unit());
    if (ofNow == null || ofBefore == null) {
      return null;
    }
    Interval apart = Differences.interval(value, ofNow, was, ofBefore, factor);
    return new Interval(apart.low() + shift, apart.high() + shift, apart.level(), apart.method());
  }

  /** A number that is no sample is what it is. */
  private static @Nullable Interval known(Measurement measurement, Unit unit) {
    Interval interval = measurement.interval();
    if (interval != null) {
      return new Interval(
          measurement.unit().convert(interval.low(), unit),
          measurement.unit().convert(interval.high(), unit),
          interval.level(),
          interval.method());
    }
    double value = measurement.unit().convert(Objects.requireNonNull(measurement.value()), unit);
    return measurement.count() > 1 ? null : new Interval(value, value, Intervals.LEVEL, "exact");
  }

  private boolean fulfilled(double value, double limit) {
    // One unit in the last place: a value at the edge is inside, however the sum was rounded.
    double slack = Math.ulp(limit);
    return switch (condition.operator()) {
      case AT_LEAST -> value >= limit - slack;
      case AT_MOST -> value <= limit + slack;
      case MORE_THAN -> value > limit;
      case LESS_THAN -> value < limit;
      case EQUAL -> value == limit;
      case NOT_EQUAL -> value != limit;
    };
  }

  private double margin(double value, double limit) {
    return switch (condition.operator()) {
      case AT_LEAST, MORE_THAN -> value - limit;
      case AT_MOST, LESS_THAN -> limit - value;
      case EQUAL, NOT_EQUAL -> -Math.abs(value - limit);
    };
  }

  /** By the interval of the difference; where it is about none at all, by McNemar's exact test. */
  private Status surely(Compared compared, double allowed, Optional<RowComparison> rows) {
    if (condition.operator() == Operator.EQUAL || condition.operator() == Operator.NOT_EQUAL) {
      throw new IllegalArgumentException("'surely' goes with >=, <=, > and < only");
    }
    Interval interval = compared.interval();
    if (interval == null) {
      return Status.INCONCLUSIVE;
    }
    if (allowed == 0 && rows.isPresent() && rows.get().p() >= 1 - Intervals.LEVEL) {
      return Status.INCONCLUSIVE;
    }
    // What is subtracted and added again above is not quite the same; an edge belongs inside.
    double slack = 4 * Math.ulp(Math.abs(compared.baseline()) + Math.abs(allowed));
    double edge =
        switch (condition.operator()) {
          case AT_LEAST -> allowed - slack;
          case AT_MOST -> allowed + slack;
          default -> allowed;
        };
    return Sureness.of(interval, edge, condition.operator());
  }

  private String sentence(
      Compared compared,
      double limit,
      double margin,
      Status status,
      String unpaired,
      @Nullable Double ofPart) {
    Unit unit = measured.unit();
    double apart = compared.difference();
    String difference =
        apart == 0
            ? "as much as in the approved run"
            : "%s %s than the %s of the approved run"
                .formatted(
                    Quantity.of(Math.abs(apart), unit).display(),
                    apart > 0 ? "more" : "less",
                    Quantity.of(compared.baseline(), unit).display());
    String missed =
        status == Status.FAILED && margin < 0
            ? ": missed by " + Quantity.of(-margin, unit).display()
            : "";
    return "%s is %s%s, %s%s%s, expected %s%s %s%s%s"
        .formatted(
            measured.name(),
            measured.display(),
            ConditionJudge.basis(measured),
            ofPart == null
                ? ""
                : "on the rows that are the same "
                    + Quantity.of(ofPart, unit).display()
                    + ", which is ",
            difference,
            pairing(compared, unpaired),
            condition.surely() ? "surely " : "",
            condition.operator().words(),
            condition.limit(),
            condition.limit().isItself() ? "" : " = " + Quantity.of(limit, unit).display(),
            missed);
  }

  private String pairing(Compared compared, String unpaired) {
    Interval interval = compared.interval();
    StringBuilder words = new StringBuilder();
    if (interval != null) {
      words.append(
          "%s interval of the difference %s, "
              .formatted(
                  Quantity.of(interval.level(), Unit.FRACTION).display(),
                  ConditionJudge.range(interval, measured.unit())));
    }
    words.append(
        compared.pairs() == 0
            ? "not paired"
            : String.format(Locale.ROOT, "paired on %,d rows", compared.pairs()));
    if (!compared.note().isEmpty()) {
      words.append(": ").append(compared.note());
    }
    if (!unpaired.isEmpty()) {
      words.append("; ").append(unpaired);
    }
    return words.insert(0, " (").append(")").toString();
  }
}
