package org.modelvitals.checks.quality;

import static org.modelvitals.unit.Unit.FRACTION;
import static org.modelvitals.unit.Unit.NATS;
import static org.modelvitals.unit.Unit.NUMBER;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.Moments;
import org.modelvitals.text.Nearest;
import org.modelvitals.unit.Unit;

/** Turns what was counted into measurements. */
final class ClassificationReading {
  private static final List<Integer> USUAL_TOP = List.of(3, 5);

  private final Classification declaration;
  private final String output;
  private final OutputKind kind;
  private final Classes classes;
  private final Tally tally;
  private final Counts counts;
  private final List<Integer> order;
  private final int positive;
  private final Reading.Builder reading = Reading.builder();

  ClassificationReading(
      Classification declaration, String output, OutputKind kind, Classes classes, Tally tally) {
    this.declaration = declaration;
    this.output = output;
    this.kind = kind;
    this.classes = classes;
    this.tally = tally;
    this.counts = tally.counts;
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
    add(proportion("accuracy", counts.right(), counts.rows(), ""));
    tally.slices.forEach(
        (slice, part) -> add(proportion("accuracy[" + slice + "]", part.right(), part.rows(), "")));
    addAverages();
    if (positive >= 0) {
      addClass(counts, positive, "");
    }
    if (kind == OutputKind.LABELS) {
      addNoScores();
    } else {
      addScores();
    }
    addAgreement();
    for (int index : order) {
      addClass(counts, index, "[" + classes.name(index) + "]");
    }
    tally.slices.forEach(
        (slice, part) -> {
          for (int index : order) {
            if (part.occurs(index)) {
              addClass(part, index, "[" + classes.name(index) + ", " + slice + "]");
            }
          }
        });
    add(Measurement.exact("rows", (double) counts.rows(), NUMBER));
    add(Measurement.exact("non-finite outputs", (double) tally.brokenRows, NUMBER));
    add(Measurement.text("output kind", kind.name().toLowerCase(Locale.ROOT)));
    ClassificationEvidence evidence =
        new ClassificationEvidence(output, kind, classes, order, tally);
    evidence.all().forEach(reading::add);
    return reading.build();
  }

  private void add(Measurement measurement) {
    reading.add(measurement);
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

  /** Precision, recall and F1 of one class among some rows. */
  private void addClass(Counts part, int index, String brackets) {
    String name = classes.name(index);
    long labelled = part.labelled(index);
    long predicted = part.predicted(index);
    long hits = part.hits(index);
    add(proportion("recall" + brackets, hits, labelled, "no row is labelled '" + name + "'"));
    add(proportion("precision" + brackets, hits, predicted, "the model never says '" + name + "'"));
    add(
        labelled + predicted == 0
            ? Measurement.undefined(
                "f1" + brackets,
                FRACTION,
                0,
                "no row is labelled '%s' and the model never says it".formatted(name))
            : Measurement.sampled("f1" + brackets, f1(part, index), FRACTION, labelled, null));
  }

  private static double f1(Counts part, int index) {
    return ratio(2 * part.hits(index), part.labelled(index) + part.predicted(index));
  }

  private static double recall(Counts part, int index) {
    return ratio(part.hits(index), part.labelled(index));
  }

  private static double precision(Counts part, int index) {
    return ratio(part.hits(index), part.predicted(index));
  }

  /** A share, and 0 where it is undefined. */
  private static double ratio(long some, long all) {
    return all == 0 ? 0 : (double) some / (double) all;
  }

  /** Averages over classes, as scikit-learn defines them. */
  private void addAverages() {
    long rows = counts.rows();
    int[] labelled = order.stream().mapToInt(i -> i).filter(i -> counts.labelled(i) > 0).toArray();
    add(average("balanced accuracy", labelled, index -> recall(counts, index)));
    int[] occurring = order.stream().mapToInt(i -> i).filter(counts::occurs).toArray();
    add(average("macro recall", occurring, index -> recall(counts, index)));
    add(average("macro precision", occurring, index -> precision(counts, index)));
    add(average("macro f1", occurring, index -> f1(counts, index)));
    long said = rows - tally.brokenRows;
    add(proportion("micro recall", counts.right(), rows, ""));
    add(proportion("micro precision", counts.right(), said, "the model never says a class"));
    add(
        Measurement.sampled(
            "micro f1", ratio(2 * counts.right(), rows + said), FRACTION, rows, null));
    add(proportion("weighted recall", counts.right(), rows, ""));
    add(weighted("weighted precision", occurring, index -> precision(counts, index)));
    add(weighted("weighted f1", occurring, index -> f1(counts, index)));
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

  private void addScores() {
    long rows = counts.rows();
    for (int k : top(declaration, classes.size())) {
      long within = 0;
      for (int rank = 0; rank < Math.min(k, tally.ranks.length); rank++) {
        within += tally.ranks[rank];
      }
      add(proportion("top-k accuracy[" + k + "]", within, rows, ""));
    }
    String reason = noProbabilities();
    if (reason == null) {
      add(mean("log loss", tally.loss, NATS));
      add(mean("brier score", tally.brier, NUMBER));
      add(
          Measurement.sampled(
              "expected calibration error",
              tally.calibration.expectedError(),
              FRACTION,
              tally.calibration.total(),
              null));
    } else {
      add(Measurement.undefined("log loss", NATS, rows, reason));
      add(Measurement.undefined("brier score", NUMBER, rows, reason));
      add(Measurement.undefined("expected calibration error", FRACTION, rows, reason));
    }
    addAreas();
  }

  /** What would need probabilities, so that a check that expects it hears why there is none. */
  private void addNoScores() {
    for (int k : top(declaration, classes.size())) {
      addNoScore("top-k accuracy[" + k + "]", FRACTION);
    }
    addNoScore("log loss", NATS);
    addNoScore("brier score", NUMBER);
    addNoScore("expected calibration error", FRACTION);
    if (positive >= 0) {
      addNoScore("roc auc", FRACTION);
      return;
    }
    order.forEach(index -> addNoScore("roc auc[" + classes.name(index) + "]", FRACTION));
    addNoScore("macro roc auc", FRACTION);
  }

  private void addNoScore(String name, Unit unit) {
    add(
        Measurement.undefined(
            name, unit, counts.rows(), "the output holds labels, not probabilities"));
  }

  /** Why the rows have no probabilities that could be scored; null if they have. */
  private @Nullable String noProbabilities() {
    if (tally.brokenRows > 0) {
      return "%,d of %,d rows have outputs that are no finite numbers"
          .formatted(tally.brokenRows, counts.rows());
    }
    return tally.irregularRows > 0
        ? "%,d of %,d rows have outputs that are no probabilities summing to one, first at %s"
            .formatted(tally.irregularRows, counts.rows(), tally.irregular.list().get(0).where())
        : null;
  }

  private void addAreas() {
    if (positive >= 0) {
      add(area("roc auc", positive));
      return;
    }
    if (tally.areas.length == 0) {
      add(
          Measurement.undefined(
              "macro roc auc",
              FRACTION,
              counts.rows(),
              "there are more than %d classes, whose scores are not kept"
                  .formatted(Tally.MOST_RANKED)));
      return;
    }
    double sum = 0;
    int defined = 0;
    for (int index : order) {
      Measurement measurement = area("roc auc[" + classes.name(index) + "]", index);
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
                "macro roc auc", FRACTION, counts.rows(), "the rows have labels of one class only")
            : Measurement.sampled("macro roc auc", sum / defined, FRACTION, counts.rows(), null)
                .note("mean over %d classes with rows of their own and others".formatted(defined)));
  }

  private Measurement area(String name, int index) {
    if (tally.brokenRows > 0) {
      return Measurement.undefined(
          name,
          FRACTION,
          counts.rows(),
          "%,d of %,d rows have outputs that are no finite numbers"
              .formatted(tally.brokenRows, counts.rows()));
    }
    RankScores scores = tally.areas[index];
    RankScores.Area area = scores == null ? null : scores.area();
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
  private void addAgreement() {
    double rows = (double) counts.rows();
    double right = counts.right() / rows;
    double chance = 0;
    double labelled = 0;
    double predicted = Math.pow(tally.brokenRows / rows, 2);
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
                "cohen kappa",
                NUMBER,
                counts.rows(),
                "all labels and all predictions are of one class")
            : Measurement.sampled(
                "cohen kappa", (right - chance) / (1 - chance), NUMBER, counts.rows(), null));
    double spread = Math.sqrt((1 - labelled) * (1 - predicted));
    add(
        !(spread > 1e-12)
            ? Measurement.undefined(
                "matthews correlation",
                NUMBER,
                counts.rows(),
                labelled >= 1 - 1e-12
                    ? "all labels are of one class"
                    : "all predictions are of one class")
            : Measurement.sampled(
                "matthews correlation", (right - chance) / spread, NUMBER, counts.rows(), null));
  }
}
