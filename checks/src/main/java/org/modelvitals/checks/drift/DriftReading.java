package org.modelvitals.checks.drift;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.MultipleTests;

/** Puts the changes of all columns and outputs together. */
final class DriftReading {
  /** Columns whose bins are drawn. */
  private static final int DRAWN = 3;

  private final Drift declared;
  private final List<Shift> shifts;
  private final long rows;
  private final long before;

  /** How many that were not tested are named. */
  private static final int TOLD = 5;

  /** A change with the p-value that is corrected for all of them. */
  private record Judged(Shift shift, double adjusted) {}

  DriftReading(Drift declared, List<Shift> shifts, long rows, long before) {
    this.declared = declared;
    this.shifts = List.copyOf(shifts);
    this.rows = rows;
    this.before = before;
  }

  Reading make() {
    List<Judged> judged = judged();
    double error = declared.error().in(NUMBER);
    long drifted = judged.stream().filter(one -> one.adjusted <= error).count();
    Reading.Builder reading = Reading.builder();
    reading.add(drifted(drifted, error));
    reading.add(largest());
    shifts.forEach(shift -> shift.measurements().forEach(reading::add));
    reading.add(Measurement.exact("rows", (double) rows, NUMBER));
    reading.add(Measurement.exact("reference rows", (double) before, NUMBER));
    reading.add(table(judged, error));
    judged.stream()
        .filter(one -> one.adjusted <= error && !one.shift.shares().isEmpty())
        .limit(DRAWN)
        .forEach(
            one ->
                reading.add(
                    new Evidence.Bars(
                        "Shares of '%s', against the reference".formatted(one.shift.name()),
                        "",
                        FRACTION,
                        one.shift.shares())));
    return reading.build();
  }

  /** None is a finding only where one could have been found. */
  private Measurement drifted(long drifted, double error) {
    List<Shift> tested = shifts.stream().filter(Shift::isTested).toList();
    if (rows < 2 || before < 2) {
      return undefined("one row is too few to compare");
    }
    if (tested.isEmpty()) {
      return undefined("no column and no output could be tested" + untested(": ", shifts));
    }
    String missed =
        untested("could not be tested: ", shifts.stream().filter(this::isNamed).toList());
    if (drifted == 0 && !missed.isEmpty()) {
      return undefined(missed);
    }
    long blind =
        tested.stream().filter(shift -> shift.test().leastP() > error / tested.size()).count();
    String count = rows(rows) + " and " + rows(before) + " of the reference";
    if (drifted == 0 && blind == tested.size()) {
      return undefined(
          "%s are too few: even the clearest change would not show in any of %,d tests at an error of %s; give more rows"
              .formatted(count, tested.size(), declared.error().display()));
    }
    return Measurement.exact("drifted", (double) drifted, NUMBER)
        .note(
            "of %,d that were tested; the chance of any false one is at most %s (Holm)%s%s"
                .formatted(
                    tested.size(),
                    declared.error().display(),
                    blind == 0
                        ? ""
                        : "; in %,d of them %s are too few for any change to show"
                            .formatted(blind, count),
                    untested("; not tested: ", shifts)));
  }

  /** Which were not tested, and why; empty if all were. */
  private static String untested(String first, List<Shift> shifts) {
    List<Shift> untested = shifts.stream().filter(shift -> !shift.isTested()).toList();
    if (untested.isEmpty()) {
      return "";
    }
    String others = untested.size() > TOLD ? " and %,d more".formatted(untested.size() - TOLD) : "";
    return untested.stream()
        .limit(TOLD)
        .map(shift -> "'%s' (%s)".formatted(shift.name(), shift.untested()))
        .collect(Collectors.joining(", ", first, others));
  }

  /** Whether the check names a column or output, so that nothing may be said without it. */
  private boolean isNamed(Shift shift) {
    return declared.columns().contains(shift.name()) || declared.outputs().contains(shift.name());
  }

  private static String rows(long count) {
    return "%,d %s".formatted(count, count == 1 ? "row" : "rows");
  }

  private Measurement undefined(String why) {
    return Measurement.undefined("drifted", NUMBER, rows, why);
  }

  private Measurement largest() {
    String missed = untested("not compared: ", shifts.stream().filter(this::isNamed).toList());
    if (!missed.isEmpty()) {
      return Measurement.undefined("max psi", NUMBER, rows, missed);
    }
    return shifts.stream()
        .filter(shift -> !Double.isNaN(shift.psi()))
        .max(Comparator.comparingDouble(Shift::psi))
        .flatMap(
            shift ->
                shift.measurements().stream()
                    .filter(measured -> measured.name().equals("psi[" + shift.name() + "]"))
                    .findFirst())
        .map(
            psi ->
                Measurement.sampled(
                        "max psi",
                        psi.value() == null ? 0 : psi.value(),
                        NUMBER,
                        rows,
                        psi.interval())
                    .note(psi.name()))
        .orElseGet(
            () ->
                Measurement.undefined(
                    "max psi", NUMBER, rows, "neither numbers nor categories were compared"));
  }

  private List<Judged> judged() {
    double[] adjusted =
        MultipleTests.holm(
            shifts.stream().mapToDouble(Shift::p).filter(p -> !Double.isNaN(p)).toArray());
    List<Judged> judged = new ArrayList<>();
    int next = 0;
    for (Shift shift : shifts) {
      judged.add(new Judged(shift, Double.isNaN(shift.p()) ? Double.NaN : adjusted[next++]));
    }
    judged.sort(
        Comparator.comparingDouble(Judged::adjusted)
            .thenComparingDouble(one -> Double.isNaN(one.shift.psi()) ? 0 : -one.shift.psi()));
    return judged;
  }

  private static Evidence table(List<Judged> judged, double error) {
    String sentence =
        judged.stream()
            .findFirst()
            .filter(one -> one.adjusted <= error)
            .map(
                one ->
                    "'%s' has drifted most: %s in the reference, %s now (%s, adjusted p %s)"
                        .formatted(
                            one.shift.name(),
                            one.shift.test().then(),
                            one.shift.test().now(),
                            one.shift.test().name(),
                            p(one.adjusted)))
            .orElse("");
    return new Evidence.Table(
        "Drift, the clearest first",
        sentence,
        List.of("column or output", "reference", "now", "psi", "test", "adjusted p", ""),
        judged.stream()
            .map(
                one ->
                    List.of(
                        one.shift.name(),
                        one.shift.test().then(),
                        one.shift.test().now(),
                        Double.isNaN(one.shift.psi())
                            ? ""
                            : String.format(Locale.ROOT, "%.4f", one.shift.psi()),
                        one.shift.test().name(),
                        Double.isNaN(one.adjusted) ? "" : p(one.adjusted),
                        one.shift.isTested()
                            ? one.adjusted <= error ? "drifted" : ""
                            : "not tested: " + one.shift.untested()))
            .toList());
  }

  private static String p(double p) {
    return p < 1e-4 ? "below 0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }
}
