package org.modelvitals.checks.quality;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.data.Batch;
import org.modelvitals.data.DataException;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.probe.Accumulator;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Reading;

/**
 * Counts classified rows. Where the declaration does not say what the output holds, rows are
 * counted as logits and, as long as every row could be probabilities, as these too; so the result
 * does not depend on which rows came first. Memory does not grow with rows past a few million
 * scores, which are kept for the area under the ROC curve.
 */
final class ClassificationAccumulator implements Accumulator<ClassificationAccumulator> {
  private final Classification declaration;
  private final List<String> declared;
  private final Slicer slicer;
  private final boolean keepsRows;
  private final long seed;
  private @Nullable State state;

  /**
   * @param declared the names of the classes; empty if the output tells them
   * @param keepsRows whether the reading says what became of each row
   * @param seed of the bootstrap
   */
  ClassificationAccumulator(
      Classification declaration,
      List<String> declared,
      Slicer slicer,
      boolean keepsRows,
      long seed) {
    this.keepsRows = keepsRows;
    this.seed = seed;
    this.declaration = declaration;
    this.declared = declared;
    this.slicer = slicer;
  }

  @Override
  public void add(Batch batch, Map<String, Value> outputs) {
    State current = state;
    if (current == null) {
      current = new State(declaration, declared, slicer, keepsRows, batch, outputs);
      state = current;
    }
    current.add(batch, outputs);
  }

  @Override
  public void merge(ClassificationAccumulator other) {
    State mine = state;
    State theirs = other.state;
    if (mine == null) {
      state = theirs;
    } else if (theirs != null) {
      mine.merge(theirs);
    }
  }

  @Override
  public Reading finish() {
    State current = state;
    return current == null
        ? ClassificationReading.ofNothing()
        : current.finish(OptionalLong.of(seed));
  }

  @Override
  public Reading soFar() {
    State current = state;
    return current == null
        ? ClassificationReading.ofNothing()
        : current.finish(OptionalLong.empty());
  }

  /** What is known once the first outputs were seen. */
  private static final class State {
    private static final double TOLERANCE = 1e-3;

    private final Classification declaration;
    private final Slicer slicer;
    private final boolean keepsRows;
    private final PredictionOutput output;
    private final Classes classes;
    private final Tally others; // logits, or labels
    private @Nullable Tally probabilities;
    private final double[] scores;
    private final double[] shares;
    private final boolean pair; // one score stands for two classes

    State(
        Classification declaration,
        List<String> declared,
        Slicer slicer,
        boolean keepsRows,
        Batch batch,
        Map<String, Value> outputs) {
      this.keepsRows = keepsRows;
      this.declaration = declaration;
      this.slicer = slicer;
      this.output =
          PredictionOutput.choose(outputs, declaration.output(), declaration.kind(), batch.rows());
      this.pair = output.form() == PredictionOutput.Form.SCORES && output.width() == 1;
      this.classes = classes(declared, outputs, batch.rows());
      boolean labels = output.form() == PredictionOutput.Form.LABELS;
      int scored = labels ? 0 : classes.size();
      this.scores = new double[scored];
      this.shares = new double[scored];
      OutputKind kind = labels ? OutputKind.LABELS : declaration.kind();
      this.others = tally(scored);
      boolean possible = kind == OutputKind.PROBABILITIES || kind == OutputKind.AUTO;
      this.probabilities = possible ? tally(scored) : null;
    }

    private Tally tally(int scored) {
      List<Integer> top = ClassificationReading.top(declaration, Math.max(scored, 2));
      int deepest = top.stream().max(Comparator.naturalOrder()).orElse(1);
      return new Tally(
          slicer,
          scored,
          ClassificationReading.positive(declaration, classes),
          deepest,
          keepsRows ? new RowOutcomeLog(slicer, classes) : null);
    }

    private Classes classes(List<String> declared, Map<String, Value> outputs, int rows) {
      return switch (output.form()) {
        case LABELS -> declared.isEmpty() ? Classes.growing() : Classes.of(declared);
        case SCORES -> scored(declared, pair ? 2 : output.width());
        case MAPS -> {
          Map<Object, Double> first = output.maps(outputs, rows).get(0);
          if (declared.isEmpty()) {
            yield Classes.of(
                first.keySet().stream()
                    .sorted(Comparator.comparing(State::number).thenComparing(Object::toString))
                    .map(Classes::text)
                    .toList());
          }
          yield scored(declared, first.size());
        }
      };
    }

    private static long number(Object key) {
      return key instanceof Number number ? number.longValue() : 0;
    }

    private Classes scored(List<String> declared, int size) {
      if (!declared.isEmpty() && declared.size() != size) {
        throw new ProbeException(
            "the output '%s' tells %d classes, and %d are declared"
                .formatted(output.name(), size, declared.size()));
      }
      return declared.isEmpty() ? Classes.numbered(size) : Classes.of(declared);
    }

    void add(Batch batch, Map<String, Value> outputs) {
      switch (output.form()) {
        case LABELS -> addLabels(batch, output.tensor(outputs, batch.rows()));
        case SCORES -> addScores(batch, output.tensor(outputs, batch.rows()));
        case MAPS -> addMaps(batch, output.maps(outputs, batch.rows()));
      }
    }

    private void addLabels(Batch batch, Tensor tensor) {
      ElementType type = tensor.type();
      for (int row = 0; row < batch.rows(); row++) {
        int truth = truth(batch, row);
        if (type.isFloating() && !Double.isFinite(tensor.getDouble(row))) {
          others.addBroken(batch, row, truth);
          continue;
        }
        Object said =
            type == ElementType.STRING
                ? tensor.strings()[row]
                : type == ElementType.BOOL
                    ? (Object) (tensor.getLong(row) != 0)
                    : type.isFloating()
                        ? (Object) tensor.getDouble(row)
                        : (Object) tensor.getLong(row);
        int index = classes.find(said);
        if (index < 0) {
          throw new ProbeException(
              "%s: the model says '%s', which %s"
                  .formatted(batch.where(row), said, classes.noneOf(said)));
        }
        others.addLabel(batch, row, truth, index);
      }
    }

    private void addScores(Batch batch, Tensor tensor) {
      int width = output.width();
      double least = least(tensor.type());
      for (int row = 0; row < batch.rows(); row++) {
        if (pair) {
          scores[1] = tensor.getDouble(row);
          scores[0] = 1 - scores[1];
        } else {
          for (int i = 0; i < width; i++) {
            scores[i] = tensor.getDouble(row * width + i);
          }
        }
        addRow(batch, row, least);
      }
    }

    private void addMaps(Batch batch, List<Map<Object, Double>> maps) {
      for (int row = 0; row < batch.rows(); row++) {
        Map<Object, Double> map = maps.get(row);
        if (map.size() != classes.size()) {
          throw new ProbeException(
              "%s: the output '%s' tells %d classes, and %d before"
                  .formatted(batch.where(row), output.name(), map.size(), classes.size()));
        }
        for (Map.Entry<Object, Double> entry : map.entrySet()) {
          int index = classes.find(entry.getKey());
          if (index < 0) {
            throw new ProbeException(
                "%s: the output '%s' tells of a class '%s', which %s"
                    .formatted(
                        batch.where(row),
                        output.name(),
                        entry.getKey(),
                        classes.noneOf(entry.getKey())));
          }
          scores[index] = entry.getValue();
        }
        addRow(batch, row, least(ElementType.FLOAT32));
      }
    }

    /** Probabilities are not taken as smaller than what their type can tell from zero beside 1. */
    private static double least(ElementType type) {
      return switch (type) {
        case FLOAT64 -> Math.ulp(1.0);
        case FLOAT16 -> 0x1p-10;
        case BFLOAT16 -> 0x1p-7;
        default -> Math.ulp(1f);
      };
    }

    private void addRow(Batch batch, int row, double least) {
      int truth = truth(batch, row);
      boolean finite = true;
      boolean regular = true;
      double sum = 0;
      for (double score : scores) {
        finite &= Double.isFinite(score);
        regular &= score >= -TOLERANCE && score <= 1 + TOLERANCE;
        sum += score;
      }
      regular &= Math.abs(sum - 1) <= TOLERANCE;
      boolean logits = declaration.kind() != OutputKind.PROBABILITIES;
      Tally asProbabilities = probabilities;
      if (!finite) {
        others.addBroken(batch, row, truth);
        if (asProbabilities != null) {
          asProbabilities.addBroken(batch, row, truth);
        }
        return;
      }
      if (asProbabilities != null && !regular && declaration.kind() == OutputKind.AUTO) {
        probabilities = null;
        asProbabilities = null;
      }
      if (asProbabilities != null) {
        double loss = -Math.log(Math.min(1, Math.max(least, scores[truth])));
        asProbabilities.addProbabilities(batch, row, truth, scores, loss, regular);
      }
      if (logits) {
        others.addProbabilities(batch, row, truth, shares, logLoss(truth), true);
      }
    }

    /** Fills {@link #shares} from {@link #scores}, taken as logits. */
    private double logLoss(int truth) {
      if (pair) {
        shares[1] = Softmax.sigmoid(scores[1]);
        shares[0] = Softmax.sigmoid(-scores[1]);
        return Softmax.softplus(truth == 1 ? -scores[1] : scores[1]);
      }
      return Softmax.apply(scores, shares) - scores[truth];
    }

    private int truth(Batch batch, int row) {
      Object value = batch.value(row, declaration.label());
      if (value == null || value.toString().isBlank()) {
        throw new DataException(
            "%s: there is no label in column '%s'"
                .formatted(batch.where(row), declaration.label()));
      }
      int index = classes.find(value);
      if (index < 0) {
        throw new DataException(
            "%s: the label '%s' %s"
                .formatted(batch.where(row), Classes.text(value), classes.noneOf(value)));
      }
      return index;
    }

    void merge(State other) {
      if (!output.equals(other.output)) {
        throw new IllegalArgumentException(
            "%s and %s cannot be counted together".formatted(output, other.output));
      }
      int[] place = classes.numbersOf(other.classes);
      others.merge(other.others, place);
      Tally mine = probabilities;
      Tally theirs = other.probabilities;
      if (mine != null && theirs != null) {
        mine.merge(theirs, place);
      } else {
        probabilities = null;
      }
    }

    /** The reading; without a seed, without what is resampled. */
    Reading finish(OptionalLong seed) {
      Tally asProbabilities = probabilities;
      OutputKind kind =
          output.form() == PredictionOutput.Form.LABELS
              ? OutputKind.LABELS
              : asProbabilities != null ? OutputKind.PROBABILITIES : OutputKind.LOGITS;
      return new ClassificationReading(
              declaration,
              slicer,
              output.name(),
              kind,
              classes,
              asProbabilities == null ? others : asProbabilities,
              seed)
          .make();
    }
  }
}
