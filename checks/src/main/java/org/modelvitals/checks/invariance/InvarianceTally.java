package org.modelvitals.checks.invariance;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
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

/** Counts the answers that stay the same. */
final class InvarianceTally implements PerturbedPass.Observer {
  private static final int SHOWN = 50;

  private final Invariance declared;
  private final Map<String, Sums> sums = new LinkedHashMap<>();
  private final List<ChangedRow> changed = new ArrayList<>();
  private long rows;
  private long touchedRows;
  private long steady;
  private boolean touched; // by any change, of the row that is looked at
  private boolean moved; // under any change of the row that is looked at
  private boolean broken;
  private long brokenRows;
  private @Nullable String firstBroken;

  /** What one change does. */
  private static final class Sums {
    private long rows;
    private long unchanged;
    private final Moments change = new Moments();
    private double largest;
    private boolean scored;
    private @Nullable ChangedRow first;
  }

  InvarianceTally(Invariance declared) {
    this.declared = declared;
    declared.perturb().keySet().forEach(name -> sums.put(name, new Sums()));
  }

  private Sums sums(String name) {
    return Objects.requireNonNull(sums.get(name));
  }

  @Override
  public void row(
      String name, long index, String where, Answer before, Answer after, String input) {
    Sums of = sums(name);
    of.rows++;
    touched = true;
    of.scored |= !before.isLabel();
    if (isBroken(where, before, after)) {
      fail(of, name, where, before, after, input);
      return;
    }
    if (!before.isLabel()) {
      double apart = before.apart(after);
      of.change.add(apart);
      of.largest = Math.max(of.largest, apart);
    }
    if (isSame(before, after)) {
      of.unchanged++;
    } else {
      fail(of, name, where, before, after, input);
    }
  }

  private boolean isBroken(String where, Answer before, Answer after) {
    if (before.isFinite() && after.isFinite()) {
      return false;
    }
    broken = true;
    firstBroken = firstBroken == null ? where : firstBroken;
    return true;
  }

  private void fail(Sums of, String name, String where, Answer before, Answer after, String input) {
    moved = true;
    if (changed.size() < SHOWN || of.first == null) {
      ChangedRow row =
          new ChangedRow(name, where, input, shown(before, after), shown(after, before));
      of.first = of.first == null ? row : of.first;
      if (changed.size() < SHOWN) {
        changed.add(row);
      }
    }
  }

  private boolean isSame(Answer before, Answer after) {
    Double tolerance = declared.tolerance();
    if (tolerance != null && !before.isLabel()) {
      return before.apart(after) <= tolerance;
    }
    if (before.width() == 1 && declared.threshold() == null) {
      throw new ProbeException(
          "the answer is one number, which any change moves a little; say with 'tolerance' by how"
              + " much it may differ, or with 'threshold' where its class changes");
    }
    return said(before).equals(said(after));
  }

  private String said(Answer answer) {
    return answer.name(declared.classes(), declared.threshold());
  }

  private String shown(Answer answer, Answer other) {
    if (!answer.isFinite()) {
      return "not a number";
    }
    if (declared.tolerance() == null || answer.isLabel()) {
      return said(answer);
    }
    int most = 0;
    for (int i = 0; i < Math.min(answer.width(), other.width()); i++) {
      most =
          Math.abs(answer.score(i) - other.score(i))
                  > Math.abs(answer.score(most) - other.score(most))
              ? i
              : most;
    }
    String value = Answer.shown(answer.score(most));
    return answer.width() == 1
        ? value
        : (most < declared.classes().size() ? declared.classes().get(most) : "score " + most)
            + " "
            + value;
  }

  @Override
  public void untouched(String name, String where, Answer before, Answer after) {
    // Such a row says nothing of the change, but its answer must be a number.
    sums(name).scored |= !before.isLabel();
    isBroken(where, before, after);
  }

  @Override
  public void rowDone() {
    rows++;
    touchedRows += touched ? 1 : 0;
    steady += touched && !moved ? 1 : 0;
    brokenRows += broken ? 1 : 0;
    touched = false;
    moved = false;
    broken = false;
  }

  Reading finish() {
    Reading.Builder reading = Reading.builder();
    reading.add(TouchedRows.share("unchanged", steady, touchedRows, rows));
    sums.forEach(
        (name, of) -> {
          String part = "[" + name + "]";
          if (of.rows == 0) {
            String why = "it leaves all of the %,d rows as they are".formatted(rows);
            reading.add(Measurement.undefined("unchanged" + part, FRACTION, 0, why));
            if (of.scored) {
              reading.add(Measurement.undefined("max change" + part, NUMBER, 0, why));
              reading.add(Measurement.undefined("mean change" + part, NUMBER, 0, why));
            }
            return;
          }
          Measurement share =
              Measurement.sampled(
                  "unchanged" + part,
                  (double) of.unchanged / of.rows,
                  FRACTION,
                  of.rows,
                  Intervals.wilson(of.unchanged, of.rows));
          reading.add(
              of.rows == rows
                  ? share
                  : share.note("it leaves %,d rows as they are".formatted(rows - of.rows)));
          if (of.scored && of.change.count() == 0) {
            String why = "no score is a finite number";
            reading.add(Measurement.undefined("max change" + part, NUMBER, of.rows, why));
            reading.add(Measurement.undefined("mean change" + part, NUMBER, of.rows, why));
          } else if (of.scored) {
            reading.add(
                Measurement.sampled(
                    "max change" + part, of.largest, NUMBER, of.change.count(), null));
            reading.add(
                Measurement.sampled(
                    "mean change" + part,
                    of.change.mean(),
                    NUMBER,
                    of.change.count(),
                    Intervals.mean(of.change)));
          }
        });
    reading.add(Measurement.exact("rows", (double) rows, NUMBER));
    reading.add(Measurement.exact("non-finite outputs", (double) brokenRows, NUMBER));
    if (firstBroken != null) {
      reading.add(
          new Evidence.Note(
              "Answers that are no finite numbers",
              "the answer is NaN or infinite in %,d of %,d rows, first at %s"
                  .formatted(brokenRows, rows, firstBroken)));
    }
    if (!changed.isEmpty()) {
      reading.add(table());
    }
    return reading.build();
  }

  private Evidence table() {
    // The change that does most harm is named.
    Map.Entry<String, Sums> worst =
        sums.entrySet().stream()
            .filter(entry -> entry.getValue().first != null)
            .min(
                java.util.Comparator.comparingDouble(
                    entry -> (double) entry.getValue().unchanged / entry.getValue().rows))
            .orElseThrow();
    ChangedRow first = Objects.requireNonNull(worst.getValue().first);
    return new Evidence.Table(
        "First rows whose answer changed",
        "under '%s' the answer changes in %,d of %,d rows, first at %s: '%s' becomes '%s'%s"
            .formatted(
                worst.getKey(),
                worst.getValue().rows - worst.getValue().unchanged,
                worst.getValue().rows,
                first.where(),
                first.before(),
                first.after(),
                first.input().isEmpty() ? "" : " (" + first.input() + ")"),
        List.of("row", "change", "input", "before", "after"),
        changed.stream()
            .map(
                row ->
                    List.of(
                        row.where(), row.perturbation(), row.input(), row.before(), row.after()))
            .toList());
  }
}
