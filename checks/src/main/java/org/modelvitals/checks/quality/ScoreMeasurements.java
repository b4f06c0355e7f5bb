package org.modelvitals.checks.quality;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NATS;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.CellBootstrap;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.Moments;
import org.modelvitals.unit.Unit;

/** The measurements of some classified rows: of all, or of a slice. */
final class ScoreMeasurements {
  private final Scores scores;
  private final Counts counts;
  private final Classes classes;
  private final List<Integer> order;
  private final int positive;
  private final String slice;
  private final @Nullable String unsaid;
  private final OptionalLong seed;
  private final ClassScores measures;
  private final ResampledScores resampled;
  private final Reading.Builder reading;

  /**
   * @param order the classes in the order for people
   * @param positive the class that binary measurements are about; -1 if there are not two
   * @param slice {@code size=large}; empty for all rows
   * @param unsaid why nothing is said of these rows; null if something is
   * @param seed of the bootstrap; empty to leave out the intervals that need one
   * @param reading what is added to
   */
  ScoreMeasurements(
      Scores scores,
      Classes classes,
      List<Integer> order,
      int positive,
      String slice,
      @Nullable String unsaid,
      OptionalLong seed,
      Reading.Builder reading) {
    this.scores = scores;
    this.counts = scores.counts;
    this.classes = classes;
    this.order = order;
    this.positive = positive;
    this.slice = slice;
    this.unsaid = unsaid;
    this.seed = unsaid == null ? seed : OptionalLong.empty();
    this.measures = new ClassScores(counts, counts.rows() - scores.brokenRows);
    this.resampled =
        this.seed.isPresent()
            ? ResampledScores.of(scores.confusion, resamples(), this.seed.getAsLong())
            : ResampledScores.NONE;
    this.reading = reading;
  }

  /** There may be many slices. */
  private int resamples() {
    return slice.isEmpty() ? CellBootstrap.RESAMPLES : CellBootstrap.FEW_RESAMPLES;
  }

  private void add(Measurement measured) {
    reading.add(
        unsaid == null
            ? measured
            : Measurement.undefined(measured.name(), measured.unit(), measured.count(), unsaid));
  }

  /** {@code recall[7, size=large]}, with the parts that there are. */
  private String name(String metric, String part) {
    String brackets =
        Stream.of(part, slice).filter(s -> !s.isEmpty()).collect(Collectors.joining(", "));
    return brackets.isEmpty() ? metric : metric + "[" + brackets + "]";
  }

  private String name(String metric) {
    return name(metric, "");
  }

  void addAccuracy() {
    add(proportion(name("accuracy"), counts.right(), counts.rows(), ""));
  }

  private static Measurement proportion(String name, long some, long all, String why) {
    return all == 0
        ? Measurement.undefined(name, FRACTION, 0, why)
        : Measurement.sampled(
            name, (double) some / all, FRACTION, all, Intervals.wilson(some, all));
  }

  private static Measurement mean(String name, Moments moments, Unit unit) {
    return Measurement.sampled(
        name, moments.mean(), unit, moments.count(), Intervals.mean(moments));
  }

  /** Precision, recall and F1 of the positive one of two classes. */
  void addPositive() {
    if (positive >= 0) {
      addClass(positive, "");
    }
  }

  /** Precision, recall and F1 of each class; in a slice of those that occur. */
  void addClasses() {
    for (int index : order) {
      if (slice.isEmpty() || counts.occurs(index)) {
        addClass(index, classes.name(index));
      }
    }
  }

  private void addClass(int index, String part) {
    String label = classes.name(index);
    long labelled = counts.labelled(index);
    long predicted = counts.predicted(index);
    long hits = counts.hits(index);
    add(proportion(name("recall", part), hits, labelled, "no row is labelled '" + label + "'"));
    add(
        proportion(
            name("precision", part), hits, predicted, "the model never says '" + label + "'"));
    add(
        labelled + predicted == 0
            ? Measurement.undefined(
                name("f1", part),
                FRACTION,
                0,
                "no row is labelled '%s' and the model never says it".formatted(label))
            : Measurement.sampled(
                name("f1", part),
                measures.f1(index),
                FRACTION,
                labelled + predicted - hits,
                f1Interval(hits, labelled + predicted - hits)));
  }

  /**
   * F1 is 2q / (1 + q) for the share q of hits among all rows that are of the class or said to be,
   * the Jaccard index (Hand, Christen and Kirielle 2021), and so are the ends of its interval.
   */
  private static Interval f1Interval(long hits, long either) {
    Interval share = Intervals.wilson(hits, either);
    return new Interval(
        2 * share.low() / (1 + share.low()),
        2 * share.high() / (1 + share.high()),
        share.level(),
        "Wilson, of the Jaccard index");
  }

  /** Averages over classes, as scikit-learn defines them. */
  void addAverages() {
    long rows = counts.rows();
    long said = rows - scores.brokenRows;
    add(average("balanced accuracy", measures.balancedAccuracy()));
    add(average("macro recall", measures.macroRecall()));
    add(average("macro precision", measures.macroPrecision()));
    add(average("macro f1", measures.macroF1()));
    add(proportion(name("micro recall"), counts.right(), rows, ""));
    add(proportion(name("micro precision"), counts.right(), said, "the model never says a class"));
    add(average("micro f1", measures.microF1()));
    add(proportion(name("weighted recall"), counts.right(), rows, ""));
    add(average("weighted precision", measures.weightedPrecision()));
    add(average("weighted f1", measures.weightedF1()));
  }

  private Measurement average(String metric, double value) {
    return Measurement.sampled(
        name(metric), value, FRACTION, counts.rows(), resampled.interval(metric));
  }

  /**
   * What needs scores of the classes.
   *
   * @param top for which k top-k accuracy is measured
   */
  void addScores(List<Integer> top) {
    long rows = counts.rows();
    for (int k : top) {
      long within = 0;
      for (int rank = 0; rank < Math.min(k, scores.ranks.length); rank++) {
        within += scores.ranks[rank];
      }
      add(proportion(name("top-k accuracy", Integer.toString(k)), within, rows, ""));
    }
    String reason = noProbabilities();
    if (reason == null) {
      add(mean(name("log loss"), scores.loss, NATS));
      add(mean(name("brier score"), scores.brier, NUMBER));
      add(
          Measurement.sampled(
              name("expected calibration error"),
              scores.calibration.expectedError(),
              FRACTION,
              scores.calibration.total(),
              seed.isPresent()
                  ? scores.calibration.interval(resamples(), seed.getAsLong())
                  : null));
    } else {
      add(Measurement.undefined(name("log loss"), NATS, rows, reason));
      add(Measurement.undefined(name("brier score"), NUMBER, rows, reason));
      add(Measurement.undefined(name("expected calibration error"), FRACTION, rows, reason));
    }
    addAreas();
  }

  /** What would need probabilities, so that a check that expects it hears why there is none. */
  void addNoScores(List<Integer> top) {
    for (int k : top) {
      addNoScore(name("top-k accuracy", Integer.toString(k)), FRACTION);
    }
    addNoScore(name("log loss"), NATS);
    addNoScore(name("brier score"), NUMBER);
    addNoScore(name("expected calibration error"), FRACTION);
    if (positive >= 0) {
      addNoScore(name("roc auc"), FRACTION);
      return;
    }
    order.forEach(index -> addNoScore(name("roc auc", classes.name(index)), FRACTION));
    addNoScore(name("macro roc auc"), FRACTION);
  }

  private void addNoScore(String name, Unit unit) {
    add(
        Measurement.undefined(
            name, unit, counts.rows(), "the output holds labels, not probabilities"));
  }

  /** Why the rows have no probabilities that could be scored; null if they have. */
  private @Nullable String noProbabilities() {
    if (scores.brokenRows > 0) {
      return "%,d of %,d rows have outputs that are no finite numbers"
          .formatted(scores.brokenRows, counts.rows());
    }
    return scores.irregularRows > 0
        ? "%,d of %,d rows have outputs that are no probabilities summing to one, first at %s"
            .formatted(scores.irregularRows, counts.rows(), scores.irregular.list().get(0).where())
        : null;
  }

  private void addAreas() {
    if (positive >= 0) {
      add(area(name("roc auc"), positive));
      return;
    }
    if (scores.areas.length == 0) {
      add(
          Measurement.undefined(
              name("macro roc auc"),
              FRACTION,
              counts.rows(),
              "there are more than %d classes, whose scores are not kept"
                  .formatted(slice.isEmpty() ? Scores.MOST_RANKED : Scores.MOST_RANKED_IN_SLICE)));
      return;
    }
    double sum = 0;
    int defined = 0;
    for (int index : order) {
      Measurement measurement = area(name("roc auc", classes.name(index)), index);
      add(measurement);
      Double value = measurement.value();
      if (value != null) {
        sum += value;
        defined++;
      }
    }
    add(
        defined == 0
            ? Measurement.undefined(
                name("macro roc auc"),
                FRACTION,
                counts.rows(),
                "the rows have labels of one class only")
            : Measurement.sampled(
                    name("macro roc auc"),
                    sum / defined,
                    FRACTION,
                    counts.rows(),
                    MeanArea.interval(scores.areas, scores.truths))
                .note("mean over %d classes with rows of their own and others".formatted(defined)));
  }

  private Measurement area(String name, int index) {
    if (scores.brokenRows > 0) {
      return Measurement.undefined(
          name,
          FRACTION,
          counts.rows(),
          "%,d of %,d rows have outputs that are no finite numbers"
              .formatted(scores.brokenRows, counts.rows()));
    }
    RankScores ranks = scores.areas[index];
    RankScores.Area area = ranks == null ? null : ranks.area();
    if (area == null) {
      return Measurement.undefined(
          name,
          FRACTION,
          counts.rows(),
          (counts.labelled(index) == 0 ? "no row is labelled '%s'" : "all rows are labelled '%s'")
              .formatted(classes.name(index)));
    }
    Measurement measurement =
        Measurement.sampled(name, area.value(), FRACTION, counts.rows(), area.interval());
    return area.isExact()
        ? measurement
        : measurement.note(
            "from scores counted in bins; the exact value lies between %.6f and %.6f"
                .formatted(area.low(), area.high()));
  }

  /** Cohen's kappa and Matthews' correlation, from the margins of the confusion matrix. */
  void addAgreement() {
    add(
        agreement(
            "cohen kappa", measures.kappa(), "all labels and all predictions are of one class"));
    add(
        agreement(
            "matthews correlation",
            measures.matthews(),
            measures.hasOneLabel()
                ? "all labels are of one class"
                : "all predictions are of one class"));
  }

  private Measurement agreement(String metric, double value, String why) {
    return Double.isNaN(value)
        ? Measurement.undefined(name(metric), NUMBER, counts.rows(), why)
        : Measurement.sampled(
            name(metric), value, NUMBER, counts.rows(), resampled.interval(metric));
  }
}
