package org.modelvitals.checks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.checks.quality.Classified.DECLARED;
import static org.modelvitals.checks.quality.Classified.accumulator;
import static org.modelvitals.checks.quality.Classified.evidence;
import static org.modelvitals.checks.quality.Classified.note;
import static org.modelvitals.checks.quality.Classified.read;
import static org.modelvitals.checks.quality.Classified.value;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelvitals.data.DataException;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

class ClassificationAccumulatorTest {
  @ParameterizedTest
  @ValueSource(strings = {"two-classes", "four-classes"})
  void agreesWithScikitLearnOnLogits(String name) throws Exception {
    Fixture fixture = Fixture.read(name);
    Reading reading = read(DECLARED.topK(2, 3), fixture.rows());
    assertThat(reading.measurement("output kind").orElseThrow().text()).isEqualTo("logits");
    fixture
        .values()
        .forEach(
            (measurement, expected) ->
                assertThat(value(reading, measurement))
                    .as(measurement)
                    .isCloseTo(expected, within(1e-12)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"two-classes", "four-classes"})
  void agreesWithScikitLearnOnProbabilities(String name) throws Exception {
    Fixture fixture = Fixture.read(name);
    double[][] probabilities =
        fixture.logits().stream()
            .map(
                logits -> {
                  double[] shares = new double[logits.length];
                  Softmax.apply(logits, shares);
                  return shares;
                })
            .toArray(double[][]::new);
    Reading reading = read(DECLARED.topK(2, 3), Rows.of(fixture.labels(), probabilities));
    assertThat(reading.measurement("output kind").orElseThrow().text()).isEqualTo("probabilities");
    // Probabilities were rounded to float32.
    fixture
        .values()
        .forEach(
            (measurement, expected) ->
                assertThat(value(reading, measurement))
                    .as(measurement)
                    .isCloseTo(expected, within(1e-4)));
  }

  /** The examples of scikit-learn's documentation. */
  @Test
  void agreesWithDocumentedExamples() {
    Reading spam =
        read(
            DECLARED.classes("ham", "spam"),
            Rows.of(
                List.of("spam", "ham", "ham", "spam"),
                new double[] {.1, .9},
                new double[] {.9, .1},
                new double[] {.8, .2},
                new double[] {.35, .65}));
    assertThat(value(spam, "log loss")).isCloseTo(0.21616, within(5e-6));
    Reading binary =
        read(
            DECLARED,
            Rows.of(
                List.of(0, 0, 1, 1),
                new double[] {.1},
                new double[] {.4},
                new double[] {.35},
                new double[] {.8}));
    assertThat(value(binary, "roc auc")).isEqualTo(0.75);
    Reading brier =
        read(
            DECLARED,
            Rows.of(
                List.of(0, 1, 1, 0),
                new double[] {.1},
                new double[] {.9},
                new double[] {.8},
                new double[] {.3}));
    assertThat(value(brier, "brier score")).isCloseTo(0.0375, within(1e-7));
    assertThat(value(said(List.of(1, 1, 1, -1), List.of(1, -1, 1, 1)), "matthews correlation"))
        .isCloseTo(-1 / 3.0, within(1e-12));
    assertThat(
            value(said(List.of(0, 1, 0, 0, 1, 0), List.of(0, 1, 0, 0, 0, 1)), "balanced accuracy"))
        .isEqualTo(0.625);
    assertThat(
            value(
                said(
                    List.of("negative", "positive", "negative", "neutral", "positive"),
                    List.of("negative", "positive", "negative", "neutral", "negative")),
                "cohen kappa"))
        .isCloseTo(0.6875, within(1e-12));
  }

  private static Reading said(List<?> labels, List<?> predictions) {
    ClassificationAccumulator accumulator = accumulator(DECLARED);
    Value output =
        predictions.get(0) instanceof String
            ? Tensor.ofStrings(predictions.toArray(String[]::new), predictions.size())
            : Tensor.ofLongs(
                predictions.stream().mapToLong(p -> ((Number) p).longValue()).toArray(),
                predictions.size());
    accumulator.add(Rows.of(labels).batch(0, labels.size()), Map.of("label", output));
    return accumulator.finish();
  }

  @Test
  void labelsHaveNoProbabilitiesToScore() {
    Reading two = said(List.of("a", "b"), List.of("a", "a"));
    for (String name :
        List.of("log loss", "brier score", "expected calibration error", "roc auc")) {
      assertThat(two.measurement(name).orElseThrow().value()).as(name).isNull();
      assertThat(note(two, name)).isEqualTo("the output holds labels, not probabilities");
    }
    Reading three = said(List.of("a", "b", "c"), List.of("a", "a", "c"));
    for (String name : List.of("roc auc[c]", "macro roc auc")) {
      assertThat(note(three, name)).isEqualTo("the output holds labels, not probabilities");
    }
  }

  /** Bins by hand: one row at 0.6 that is right, two at 0.9 of which one is. */
  @Test
  void calibrationErrorByHand() {
    Reading reading =
        read(
            DECLARED,
            Rows.of(
                List.of(0, 0, 1),
                new double[] {.6, .4},
                new double[] {.9, .1},
                new double[] {.9, .1}));
    double expected = (Math.abs(1 - 0.6) + Math.abs(1 - 1.8)) / 3;
    assertThat(value(reading, "expected calibration error")).isCloseTo(expected, within(1e-6));
    assertThat(evidence(reading, Evidence.Curve.class).points())
        .extracting(Evidence.Curve.Point::count)
        .containsExactly(1L, 2L);
  }

  @Test
  void proportionsCarryWilsonIntervals() throws Exception {
    Reading reading = read(DECLARED, Fixture.read("four-classes").rows());
    Measurement accuracy = reading.measurement("accuracy").orElseThrow();
    assertThat(accuracy.count()).isEqualTo(300);
    assertThat(accuracy.interval()).extracting("method").isEqualTo("Wilson");
    assertThat(reading.measurement("log loss").orElseThrow().interval())
        .extracting("method")
        .isEqualTo("t");
  }

  @Test
  void sequencesOfMapsAreProbabilities() {
    ClassificationAccumulator accumulator = accumulator(DECLARED);
    Map<Object, Double> first = new LinkedHashMap<>();
    first.put(2L, 0.1);
    first.put(0L, 0.7);
    first.put(10L, 0.2);
    Map<Object, Double> second = Map.of(0L, 0.1, 2L, 0.2, 10L, 0.7000001);
    accumulator.add(
        Rows.of(List.of("0", 10)).batch(0, 2),
        Map.of(
            "label",
            Tensor.ofLongs(new long[] {0, 0}, 2),
            "probabilities",
            new Value.MapSequence(List.of(first, second))));
    Reading reading = accumulator.finish();
    assertThat(value(reading, "accuracy")).isEqualTo(1);
    assertThat(evidence(reading, Evidence.Matrix.class).labels()).containsExactly("0", "2", "10");
    assertThat(note(reading, "recall[2]")).isEqualTo("no row is labelled '2'");
    assertThat(note(reading, "precision[2]")).isEqualTo("the model never says '2'");
    assertThat(note(reading, "roc auc[2]")).isEqualTo("no row is labelled '2'");
    assertThat(value(reading, "log loss")).isCloseTo(-Math.log(0.7), within(1e-6));
  }

  @Test
  void outputsThatAreNoNumbersAreCountedAsWrong() {
    Reading reading =
        read(
            DECLARED,
            Rows.of(
                List.of(0, 0, 1, 1),
                new double[] {2, 1},
                new double[] {Double.NaN, 0},
                new double[] {0, Double.POSITIVE_INFINITY},
                new double[] {-1, 1}));
    assertThat(value(reading, "non-finite outputs")).isEqualTo(2);
    assertThat(value(reading, "accuracy")).isEqualTo(0.5);
    assertThat(value(reading, "recall[0]")).isEqualTo(0.5);
    assertThat(value(reading, "precision[0]")).isEqualTo(1);
    assertThat(note(reading, "log loss")).contains("2 of 4 rows");
    assertThat(note(reading, "roc auc")).contains("2 of 4 rows");
    assertThat(reading.evidence().get(0).sentence())
        .isEqualTo(
            "the output 'output' is NaN or infinite in 2 of 4 rows, first at rows.csv:3,"
                + " rows.csv:4");
    assertThat(new ClassificationProbe().implied(DECLARED))
        .singleElement()
        .hasToString("non-finite outputs = 0");
  }

  @Test
  void allOutputsNotANumberStillGiveAReading() {
    Reading reading =
        read(
            DECLARED,
            Rows.of(List.of(0, 1), new double[] {Double.NaN, 1}, new double[] {0, Double.NaN}));
    assertThat(value(reading, "accuracy")).isZero();
    assertThat(value(reading, "non-finite outputs")).isEqualTo(2);
    assertThat(note(reading, "micro precision")).isEqualTo("the model never says a class");
  }

  @Test
  void swappedLabelsAreNamed() {
    Reading reading =
        read(
            DECLARED.classes("cat", "dog", "cow"),
            Rows.of(
                List.of("cat", "cat", "dog", "cow"),
                new double[] {0, 3, 1},
                new double[] {0, 2, 1},
                new double[] {4, 0, 1},
                new double[] {0, 0, 5}));
    assertThat(evidence(reading, Evidence.Matrix.class).sentence())
        .isEqualTo(
            "labels 'cat' and 'dog' look swapped; the model says 'dog' for 'cat' in 2 of 2 rows;"
                + " the worst class is 'cat', right in 0 of 2 rows");
    assertThat(evidence(reading, Evidence.Table.class).rows().get(0))
        .containsExactly("rows.csv:2", "cat", "dog", "0.8438");
  }

  @Test
  void slicesRepeatTheMeasurements() {
    Rows rows =
        new Rows(
            List.of("benign", "malignant", "malignant", "benign"),
            List.of("large", "large", "small", "small"),
            List.of(new double[] {-1}, new double[] {2}, new double[] {-3}, new double[] {-1}));
    Reading reading = read(DECLARED.classes("benign", "malignant").slices("group"), rows);
    assertThat(value(reading, "accuracy[group=large]")).isEqualTo(1);
    assertThat(value(reading, "accuracy[group=small]")).isEqualTo(0.5);
    assertThat(value(reading, "recall[malignant, group=small]")).isZero();
    assertThat(value(reading, "recall[malignant]")).isEqualTo(0.5);
    assertThat(value(reading, "recall")).isEqualTo(0.5);
    // One score a row is the second class's logit.
    double expected =
        (Math.log1p(Math.exp(-1)) * 2 + Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(3))) / 4;
    assertThat(value(reading, "log loss")).isCloseTo(expected, within(1e-12));
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    Reading reading =
        read(DECLARED, Rows.of(List.of(0, 1), new double[] {1e30, -1e30}, new double[] {5e4, 4e4}));
    assertThat(value(reading, "log loss")).isCloseTo(5000, within(1e-6));
    assertThat(value(reading, "non-finite outputs")).isZero();
  }

  @Test
  void unknownLabelsAreRefusedWithTheNearestClass() {
    assertThatThrownBy(
            () ->
                read(
                    DECLARED.classes("benign", "malignant"),
                    Rows.of(
                        List.of("benign", "malignent"), new double[] {1, 0}, new double[] {1, 0})))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "rows.csv:3: the label 'malignent' is none of the 2 classes benign, malignant; did you"
                + " mean 'malignant'?");
  }

  @Test
  void declarationsThatDoNotFitAreRefused() {
    Rows rows = Rows.of(List.of(0), new double[] {1, 0, 2});
    assertThatThrownBy(() -> read(DECLARED.classes("a", "b"), rows))
        .isInstanceOf(ProbeException.class)
        .hasMessage("the output 'output' tells 3 classes, and 2 are declared");
    assertThatThrownBy(() -> read(DECLARED.output("outputs"), rows))
        .isInstanceOf(ProbeException.class)
        .hasMessage("the model has no output 'outputs'; did you mean 'output'?");
    assertThatThrownBy(() -> read(DECLARED.positive("1"), rows))
        .hasMessageContaining("there are 3");
    assertThatThrownBy(() -> read(DECLARED.classes("a", "a", "b"), rows))
        .hasMessageContaining("'a' is declared twice");
    assertThatThrownBy(() -> read(DECLARED.topK(0), rows))
        .hasMessage("top must be at least 1, not 0");
  }

  @Test
  void probabilitiesThatAreNoneMakeScoresUndefined() {
    Rows rows = Rows.of(List.of(0, 1), new double[] {.5, .5}, new double[] {.5, .9});
    Reading declared = read(DECLARED.outputKind(OutputKind.PROBABILITIES), rows);
    assertThat(note(declared, "log loss"))
        .isEqualTo(
            "1 of 2 rows have outputs that are no probabilities summing to one, first at"
                + " rows.csv:3");
    assertThat(value(declared, "accuracy")).isEqualTo(1);
    assertThat(read(DECLARED, rows).measurement("output kind").orElseThrow().text())
        .isEqualTo("logits");
  }

  @Test
  void everyMeasurementIsAnnounced() throws Exception {
    List<String> announced =
        new ClassificationProbe().measurements().stream().map(info -> info.name()).toList();
    for (String fixture : List.of("two-classes", "four-classes")) {
      Reading reading = read(DECLARED.slices("group"), Fixture.read(fixture).rows());
      assertThat(reading.measurements())
          .extracting(measurement -> measurement.name().replaceFirst("\\[.*", ""))
          .isSubsetOf(announced);
      assertThat(reading.measurements()).extracting(Measurement::name).doesNotHaveDuplicates();
    }
    assertThat(Arrays.asList("accuracy", "macro recall")).isSubsetOf(announced);
  }
}
