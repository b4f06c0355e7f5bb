package org.modelvitals.checks.invariance;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.Moments;
import org.modelvitals.text.Nearest;

/** Counts the rows in which a score moves as it must. */
final class DirectionTally implements PerturbedPass.Observer {
  private static final int SHOWN = 50;

  private final Direction declared;
  private final Map<String, Sums> sums = new LinkedHashMap<>();
  private final List<ChangedRow> against = new ArrayList<>();
  private long rows;
  private long touchedRows;
  private long right;
  private boolean touched; // by any change, of the row that is looked at
  private boolean wrong; // under any change of the row that is looked at
  private boolean broken;
  private long brokenRows;
  private @Nullable String firstBroken;

  /** What one change does. */
  private static final class Sums {
    private final double sign;
    private long rows;
    private long asExpected;
    private final Moments move = new Moments();
    private @Nullable ChangedRow first;

    Sums(double sign) {
      this.sign = sign;
    }
  }

  DirectionTally(Direction declared) {
    this.declared = declared;
    declared.raises().keySet().forEach(name -> sums.put(name, new Sums(1)));
    declared.lowers().keySet().forEach(name -> sums.put(name, new Sums(-1)));
  }

  @Override
  public void row(
      String name, long index, String where, Answer before, Answer after, String input) {
    Sums of = Objects.requireNonNull(sums.get(name));
    of.rows++;
    touched = true;
    int place = place(before);
    boolean finite = isFinite(where, before, after);
    double move = after.score(place) - before.score(place);
    if (finite) {
      of.move.add(move);
    }
    if (finite && of.sign * move >= declared.least()) {
      of.asExpected++;
      return;
    }
    wrong = true;
    ChangedRow row =
        new ChangedRow(
            name,
            where,
            input,
            Answer.shown(before.score(place)),
            Answer.shown(after.score(place)));
    of.first = of.first == null ? row : of.first;
    if (against.size() < SHOWN) {
      against.add(row);
    }
  }

  private boolean isFinite(String where, Answer before, Answer after) {
    if (before.isFinite() && after.isFinite()) {
      return true;
    }
    broken = true;
    firstBroken = firstBroken == null ? where : firstBroken;
    return false;
  }

  /** Which of the scores is looked at. */
  private int place(Answer answer) {
    if (answer.isLabel()) {
      throw new ProbeException(
          "the output holds labels, which move in no direction; name one with scores with 'output'");
    }
    String of = declared.of();
    if (of == null) {
      if (answer.width() > 1) {
        throw new ProbeException(
            "the output has %d scores; say with 'class' which of them must move"
                .formatted(answer.width()));
      }
      return 0;
    }
    int named = declared.classes().indexOf(of);
    if (named < 0 && of.matches("\\d{1,9}")) {
      named = Integer.parseInt(of);
    }
    if (named < 0 || named >= answer.width()) {
      throw new ProbeException(
          "there is no class '%s' among %d scores%s"
              .formatted(
                  of,
                  answer.width(),
                  Nearest.to(of, declared.classes())
                      .map(near -> "; did you mean '" + near + "'?")
                      .orElse("; name the classes with 'classes', or say a number from 0")));
    }
    return named;
  }

  @Override
  public void untouched(String name, String where, Answer before, Answer after) {
    isFinite(where, before, after); // which is all that such a row can say
  }

  @Override
  public void rowDone() {
    rows++;
    touchedRows += touched ? 1 : 0;
    right += touched && !wrong ? 1 : 0;
    brokenRows += broken ? 1 : 0;
    touched = false;
    wrong = false;
    broken = false;
  }

  Reading finish() {
    Reading.Builder reading = Reading.builder();
    reading.add(TouchedRows.share("as expected", right, touchedRows, rows));
    sums.forEach((name, of) -> add(name, of, reading));
    reading.add(Measurement.exact("rows", (double) rows, NUMBER));
    reading.add(Measurement.exact("non-finite outputs", (double) brokenRows, NUMBER));
    if (firstBroken != null) {
      reading.add(
          new Evidence.Note(
              "Scores that are no finite numbers",
              "the score is NaN or infinite in %,d of %,d rows, first at %s"
                  .formatted(brokenRows, rows, firstBroken)));
    }
    if (!against.isEmpty()) {
      reading.add(table());
    }
    return reading.build();
  }

  private void add(String name, Sums of, Reading.Builder reading) {
    String part = "[" + name + "]";
    if (of.rows == 0) {
      String why = "it leaves all of the %,d rows as they are".formatted(rows);
      reading.add(Measurement.undefined("as expected" + part, FRACTION, 0, why));
      reading.add(Measurement.undefined("mean move" + part, NUMBER, 0, why));
      return;
    }
    Measurement share =
        Measurement.sampled(
            "as expected" + part,
            (double) of.asExpected / of.rows,
            FRACTION,
            of.rows,
            Intervals.wilson(of.asExpected, of.rows));
    reading.add(
        of.rows == rows
            ? share
            : share.note("it leaves %,d rows as they are".formatted(rows - of.rows)));
    reading.add(
        of.move.count() == 0
            ? Measurement.undefined(
                "mean move" + part, NUMBER, of.rows, "no score is a finite number")
            : Measurement.sampled(
                "mean move" + part,
                of.move.mean(),
                NUMBER,
                of.move.count(),
                Intervals.mean(of.move)));
  }

  private Evidence table() {
    Map.Entry<String, Sums> worst =
        sums.entrySet().stream()
            .filter(entry -> entry.getValue().first != null)
            .min(
                Comparator.comparingDouble(
                    entry -> (double) entry.getValue().asExpected / entry.getValue().rows))
            .orElseThrow();
    ChangedRow first = Objects.requireNonNull(worst.getValue().first);
    return new Evidence.Table(
        "First rows that moved another way",
        "'%s' does not %s the score in %,d of %,d rows, first at %s: %s becomes %s%s"
            .formatted(
                worst.getKey(),
                worst.getValue().sign > 0 ? "raise" : "lower",
                worst.getValue().rows - worst.getValue().asExpected,
                worst.getValue().rows,
                first.where(),
                first.before(),
                first.after(),
                first.input().isEmpty() ? "" : " (" + first.input() + ")"),
        List.of("row", "change", "input", "before", "after"),
        against.stream()
            .map(
                row ->
                    List.of(
                        row.where(), row.perturbation(), row.input(), row.before(), row.after()))
            .toList());
  }
}
