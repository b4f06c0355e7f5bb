package org.modelvitals.checks.quality;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NATS;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
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
  private final Reading.Builder reading;

  /**
   * @param order the classes in the order for people
   * @param positive the class that binary measurements are about; -1 if there are not two
   * @param slice {@code size=large}; empty for all rows
   * @param unsaid why nothing is said of these rows; null if something is
   * @param reading what is added to
   */
  ScoreMeasurements(
      Scores scores,
      Classes classes,
      List<Integer> order,
      int positive,
      String slice,
      @Nullable String unsaid,
      Reading.Builder reading) {
    this.scores = scores;
    this.counts = scores.counts;
    this.classes = classes;
    this.order = order;
    this.positive = positive;
    this.slice = slice;
    this.unsaid = unsaid;
    this.reading = reading;
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
            : Measurement.sampled(name("f1", part), f1(index), FRACTION, labelled, null));
  }

  private double f1(int index) {
    return ratio(2 * counts.hits(index), counts.labelled(index) + counts.predicted(index));
  }

  private double recall(int index) {
    return ratio(counts.hits(index), counts.labelled(index));
  }

  private double precision(int index) {
    return ratio(counts.hits(index), counts.predicted(index));
  }

  /** A share, and 0 where it is undefined. */
  private static double ratio(long some, long all) {
    return all == 0 ? 0 : (double) some / (double) all;
  }

  /** Averages over classes, as scikit-learn defines them. */
  void addAverages() {
    long rows = counts.rows();
    int[] labelled = order.stream().mapToInt(i -> i).filter(i -> counts.labelled(i) > 0).toArray();
    add(average(name("balanced accuracy"), labelled, this::recall));
    int[] occurring = order.stream().mapToInt(i -> i).filter(counts::occurs).toArray();
    add(average(name("macro recall"), occurring, this::recall));
    add(average(name("macro precision"), occurring, this::precision));
    add(average(name("macro f1"), occurring, this::f1));
    long said = rows - scores.brokenRows;
    add(proportion(name("micro recall"), counts.right(), rows, ""));
    add(proportion(name("micro precision"), counts.right(), said, "the model never says a class"));
    add(
        Measurement.sampled(
            name("micro f1"), ratio(2 * counts.right(), rows + said), FRACTION, rows, null));
    add(proportion(name("weighted recall"), counts.right(), rows, ""));
    add(weighted(name("weighted precision"), occurring, this::precision));
    add(weighted(name("weighted f1"), occurring, this::f1));
  }

  private Measurement average(String name, int[] indices, ToDoubleFunction<Integer> value) {
    double mean =
        IntStream.of(indices).mapToDouble(value::applyAsDouble).average().orElse(Double.NaN);
    return Measurement.sampled(name, mean, FRACTION, counts.rows(), null);
  }

  private Measurement weighted(String name, int[] indices, ToDoubleFunction<Integer> value) {
    double sum = 0;
    for (int index : indices) {
      sum += value.applyAsDouble(index) * counts.labelled(index);
    }
    return Measurement.sampled(name, sum / counts.rows(), FRACTION, counts.rows(), null);
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
              null));
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
                    name("macro roc auc"), sum / defined, FRACTION, counts.rows(), null)
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
    double rows = (double) counts.rows();
    double right = counts.right() / rows;
    double chance = 0;
    double labelled = 0;
    double predicted = Math.pow(scores.brokenRows / rows, 2);
    for (int index : order) {
      double a = counts.labelled(index) / rows;
      double b = counts.predicted(index) / rows;
      chance += a * b;
      labelled += a * a;
      predicted += b * b;
    }
    add(
        chance >= 1
            ? Measurement.undefined(
                name("cohen kappa"),
                NUMBER,
                counts.rows(),
                "all labels and all predictions are of one class")
            : Measurement.sampled(
                name("cohen kappa"), (right - chance) / (1 - chance), NUMBER, counts.rows(), null));
    double spread = Math.sqrt((1 - labelled) * (1 - predicted));
    add(
        !(spread > 1e-12)
            ? Measurement.undefined(
                name("matthews correlation"),
                NUMBER,
                counts.rows(),
                labelled >= 1 - 1e-12
                    ? "all labels are of one class"
                    : "all predictions are of one class")
            : Measurement.sampled(
                name("matthews correlation"),
                (right - chance) / spread,
                NUMBER,
                counts.rows(),
                null));
  }
}
