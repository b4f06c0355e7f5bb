package org.modelvitals.checks.quality;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.modelvitals.checks.slices.SliceFindings;
import org.modelvitals.checks.slices.SliceRanking;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.text.Nearest;

/** Turns what was counted into measurements. */
final class ClassificationReading {
  private static final List<Integer> USUAL_TOP = List.of(3, 5);

  /** A slice whose accuracy is not known better than this says nothing. */
  private static final double WIDEST_INTERVAL = 0.25;

  private final Classification declaration;
  private final Slicer slicer;
  private final String output;
  private final OutputKind kind;
  private final Classes classes;
  private final Tally tally;
  private final List<Integer> order;
  private final int positive;
  private final OptionalLong seed;
  private final Reading.Builder reading = Reading.builder();

  /**
   * @param seed of the bootstrap; empty to leave out the intervals that need one
   */
  ClassificationReading(
      Classification declaration,
      Slicer slicer,
      String output,
      OutputKind kind,
      Classes classes,
      Tally tally,
      OptionalLong seed) {
    this.seed = seed;
    this.declaration = declaration;
    this.slicer = slicer;
    this.output = output;
    this.kind = kind;
    this.classes = classes;
    this.tally = tally;
    this.order = classes.order();
    this.positive = positive(declaration, classes, order);
  }

  /** For which k top-k accuracy is measured. */
  static List<Integer> top(Classification declaration, int classes) {
    return declaration.top().isEmpty()
        ? USUAL_TOP.stream().filter(k -> k < classes).toList()
        : declaration.top().stream().distinct().toList();
  }

  /** The class that binary measurements are about, as far as it is known; otherwise -1. */
  static int positive(Classification declaration, Classes classes) {
    return classes.isGrowing() ? -1 : positive(declaration, classes, classes.order());
  }

  private static int positive(Classification declaration, Classes classes, List<Integer> order) {
    String name = declaration.positive();
    if (classes.size() != 2) {
      if (name != null && !classes.isGrowing()) {
        throw new ProbeException(
            "'%s' is declared as the positive of two classes, and there are %d"
                .formatted(name, classes.size()));
      }
      return -1;
    }
    if (name == null) {
      return order.get(1);
    }
    int index = classes.names().indexOf(name);
    if (index < 0) {
      throw new ProbeException(
          "the positive class '%s' is neither %s nor %s%s"
              .formatted(
                  name,
                  classes.name(0),
                  classes.name(1),
                  Nearest.to(name, classes.names())
                      .map(near -> "; did you mean '" + near + "'?")
                      .orElse("")));
    }
    return index;
  }

  static Reading ofNothing() {
    return Reading.of(
        Measurement.exact("rows", 0, NUMBER),
        Measurement.exact("non-finite outputs", 0, NUMBER),
        Measurement.undefined("accuracy", FRACTION, 0, "there were no rows"));
  }

  Reading make() {
    List<ScoreMeasurements> parts = new ArrayList<>();
    ScoreMeasurements whole = of(tally.all, "", Optional.empty());
    tally.slices.forEach(
        (slice, part) -> parts.add(of(part, slice, slicer.tooFew(part.counts.rows()))));
    whole.addAccuracy();
    parts.forEach(ScoreMeasurements::addAccuracy);
    SliceFindings ranked = ranking().findings();
    SliceFindings weak =
        tally
            .weak
            .map(search -> search.findings("share of wrong rows", FRACTION))
            .orElse(SliceFindings.NONE);
    ranked.measurements().forEach(reading::add);
    weak.measurements().forEach(reading::add);
    addAverages(whole);
    whole.addClasses();
    parts.forEach(this::addAverages);
    parts.forEach(ScoreMeasurements::addClasses);
    reading.add(Measurement.exact("rows", (double) tally.all.counts.rows(), NUMBER));
    reading.add(Measurement.exact("non-finite outputs", (double) tally.all.brokenRows, NUMBER));
    reading.add(Measurement.text("output kind", kind.name().toLowerCase(Locale.ROOT)));
    new ClassificationEvidence(output, kind, classes, order, tally).all().forEach(reading::add);
    weak.evidence().forEach(reading::add);
    ranked.evidence().forEach(reading::add);
    RowOutcomeLog rows = tally.rows;
    return reading.rows(rows == null ? null : rows.outcomes()).build();
  }

  private ScoreMeasurements of(Scores scores, String slice, Optional<String> unsaid) {
    return new ScoreMeasurements(
        scores, classes, order, positive, slice, unsaid.orElse(null), seed, reading);
  }

  private void addAverages(ScoreMeasurements part) {
    part.addAverages();
    part.addPositive();
    List<Integer> top = top(declaration, classes.size());
    if (kind == OutputKind.LABELS) {
      part.addNoScores(top);
    } else {
      part.addScores(top);
    }
    part.addAgreement();
  }

  private SliceRanking ranking() {
    Counts all = tally.all.counts;
    SliceRanking ranking =
        new SliceRanking(
            "accuracy", FRACTION, true, (double) all.right() / all.rows(), WIDEST_INTERVAL);
    tally.slices.forEach(
        (slice, part) -> {
          long right = part.counts.right();
          long rows = part.counts.rows();
          ranking.add(
              slice,
              rows,
              (double) right / rows,
              level -> Intervals.wilson(right, rows, level),
              slicer.tooFew(rows));
        });
    return ranking;
  }
}
