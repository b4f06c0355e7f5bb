package org.modelvitals.checks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.data.DataSpec;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

/**
 * How often an interval at 95 % holds the true value, over samples of a population that is known:
 * three classes of unequal size and a model whose logits are the class and noise; a line with noise
 * for regression. What is true is what comes out for very many rows.
 */
class CoverageTest {
  private static final int SAMPLES = 200;
  private static final int ROWS = 300;
  private static final int POPULATION = 150_000;
  private static final Reading CLASSES = classified(new Random(1), POPULATION);
  private static final Reading LINE = regressed(new Random(1), POPULATION);
  private static final List<Reading> CLASSIFIED = new ArrayList<>();
  private static final List<Reading> REGRESSED = new ArrayList<>();

  static {
    Random random = new Random(20261125);
    for (int i = 0; i < SAMPLES; i++) {
      CLASSIFIED.add(classified(random, ROWS));
      REGRESSED.add(regressed(random, ROWS));
    }
  }

  private static Reading classified(Random random, int size) {
    List<Object> labels = new ArrayList<>();
    List<double[]> outputs = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double draw = random.nextDouble();
      int label = draw < 0.5 ? 0 : draw < 0.8 ? 1 : 2;
      double[] logits = new double[3];
      for (int j = 0; j < 3; j++) {
        logits[j] = (j == label ? 3 : 0) + 1.5 * random.nextGaussian();
      }
      labels.add(label);
      outputs.add(logits);
    }
    return Classified.read(Classified.DECLARED, rows(labels, outputs));
  }

  private static Reading regressed(Random random, int size) {
    List<Object> targets = new ArrayList<>();
    List<double[]> outputs = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double truth = random.nextGaussian();
      targets.add(truth + 0.5 * random.nextGaussian());
      outputs.add(new double[] {truth});
    }
    Regression declared = Regression.regression(DataSpec.csv("rows.csv")).target("label");
    return rows(targets, outputs)
        .feed(new RegressionAccumulator(declared, Slicer.of(declared.slices(), given -> {})))
        .finish();
  }

  private static Rows rows(List<Object> labels, List<double[]> outputs) {
    return new Rows(labels, labels.stream().map(label -> "all").toList(), outputs);
  }

  private static double coverage(Reading population, List<Reading> samples, String name) {
    double truth = Classified.value(population, name);
    int held = 0;
    for (Reading sample : samples) {
      Interval interval = sample.measurement(name).map(Measurement::interval).orElseThrow();
      held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    return (double) held / samples.size();
  }

  /** Of 200 samples, 91 % to 99 % is what 95 % may come to (three standard errors). */
  @ParameterizedTest
  @CsvSource({
    "accuracy",
    "balanced accuracy",
    "macro f1",
    "weighted f1",
    "macro precision",
    "recall[2]",
    "f1[2]",
    "cohen kappa",
    "matthews correlation",
    "log loss",
    "brier score",
    "roc auc[1]",
    "macro roc auc"
  })
  void of_classification(String name) {
    assertThat(coverage(CLASSES, CLASSIFIED, name)).isBetween(0.905, 0.995);
  }

  /** Its bootstrap takes off the bias of a sample, but not all: 90 % of these hold the truth. */
  @Test
  void of_the_calibration_error() {
    assertThat(coverage(CLASSES, CLASSIFIED, "expected calibration error")).isBetween(0.88, 0.995);
  }

  @ParameterizedTest
  @CsvSource({"mae", "rmse", "r2"})
  void of_regression(String name) {
    assertThat(coverage(LINE, REGRESSED, name)).isBetween(0.905, 0.995);
  }
}
