package org.modelvitals.checks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.data.DataSpec;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelPool;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.ValueInfo;
import org.modelvitals.probe.Accumulator;
import org.modelvitals.reading.Reading;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The example models, against what scikit-learn computed of their outputs in PyTorch. */
class ExampleModelsTest {
  // Outputs of ONNX Runtime and PyTorch differ by rounding of float32.
  private static final double ROUNDING = 1e-5;

  private static Path examples() {
    @Nullable Path found = null;
    for (Path at = Path.of("").toAbsolutePath(); at != null && found == null; at = at.getParent()) {
      Path candidate = at.resolve("example-suites");
      found = Files.exists(candidate.resolve("training/reference.json")) ? candidate : null;
    }
    assumeTrue(found != null, "there is no example-suites/training/reference.json");
    return Objects.requireNonNull(found);
  }

  private static JsonNode reference(String name) {
    return JsonMapper.shared().readTree(examples().resolve("training/reference.json")).path(name);
  }

  /** Runs a model over the first columns of a CSV, seven rows at a time. */
  private static <A extends Accumulator<A>> Reading read(
      String name, String label, @Nullable String group, A accumulator) throws IOException {
    List<String[]> lines =
        Files.readAllLines(examples().resolve("data/" + name + "-test.csv")).stream()
            .map(line -> line.split(",", -1))
            .toList();
    List<String> columns = Arrays.asList(lines.get(0));
    List<String[]> cells = lines.subList(1, lines.size());
    int labels = columns.indexOf(label);
    int groups = group == null ? labels : columns.indexOf(group);
    Rows rows =
        new Rows(
            cells.stream().map(row -> row[labels]).toList(),
            cells.stream().map(row -> row[groups]).toList(),
            List.of());
    try (Model model =
        new ModelPool()
            .acquire(
                examples().resolve("models/" + name + ".onnx"),
                DeviceSpec.CPU,
                SessionSpec.DEFAULT)) {
      ValueInfo input = model.signature().inputs().get(0);
      for (int from = 0; from < cells.size(); from += 7) {
        int to = Math.min(cells.size(), from + 7);
        long[] shape = input.shape().stream().mapToLong(Dim::size).toArray();
        shape[0] = (long) to - from;
        Tensor tensor = Tensor.allocate(ElementType.FLOAT32, shape);
        int width = tensor.size() / (to - from);
        for (int i = 0; i < tensor.size(); i++) {
          tensor.setDouble(i, Double.parseDouble(cells.get(from + i / width)[i % width]));
        }
        accumulator.add(rows.batch(from, to), model.run(Map.of(input.name(), tensor)));
      }
    }
    return accumulator.finish();
  }

  private static void assertValue(Reading reading, String name, JsonNode expected) {
    assertThat(expected.isNumber()).as(name).isTrue();
    assertThat(reading.measurement(name).orElseThrow().value())
        .as(name)
        .isCloseTo(expected.asDouble(), within(ROUNDING * Math.max(1, expected.asDouble())));
  }

  private static void assertCommon(Reading reading, JsonNode expected) {
    assertValue(reading, "rows", expected.path("rows"));
    assertValue(reading, "accuracy", expected.path("accuracy"));
    assertValue(reading, "balanced accuracy", expected.path("balanced_accuracy"));
    assertValue(reading, "cohen kappa", expected.path("cohen_kappa"));
    assertValue(reading, "matthews correlation", expected.path("matthews"));
    assertValue(reading, "log loss", expected.path("log_loss"));
    assertValue(reading, "expected calibration error", expected.path("ece"));
    for (String average : List.of("macro", "micro", "weighted")) {
      for (String what : List.of("precision", "recall", "f1")) {
        assertValue(reading, average + " " + what, expected.path(average).path(what));
      }
    }
    expected
        .path("per_class")
        .properties()
        .forEach(
            each -> {
              for (String what : List.of("precision", "recall", "f1")) {
                assertValue(reading, what + "[" + each.getKey() + "]", each.getValue().path(what));
              }
            });
  }

  @Test
  void digits() throws IOException {
    JsonNode expected = reference("digits");
    Classification declared = Classification.classification(DataSpec.csv("")).topK(3);
    Reading reading =
        read(
            "digits",
            "digit",
            null,
            new ClassificationAccumulator(
                declared, List.of(), Slicer.of(declared.slices(), rows -> {}), true, 7));
    assertCommon(reading, expected);
    assertThat(reading.measurement("output kind").orElseThrow().text()).isEqualTo("logits");
    assertValue(reading, "brier score", expected.path("brier_multiclass"));
    assertValue(reading, "top-k accuracy[3]", expected.path("top3_accuracy"));
    assertValue(reading, "macro roc auc", expected.path("roc_auc_macro"));
  }

  @Test
  void breastCancer() throws IOException {
    JsonNode expected = reference("breast-cancer");
    Classification declared =
        Classification.classification(DataSpec.csv("")).positive("malignant").slices("group");
    Reading reading =
        read(
            "breast-cancer",
            "diagnosis",
            "size",
            new ClassificationAccumulator(
                declared,
                List.of("malignant", "benign"),
                Slicer.of(declared.slices(), rows -> {}),
                true,
                7));
    assertCommon(reading, expected);
    assertThat(reading.measurement("output kind").orElseThrow().text()).isEqualTo("probabilities");
    assertValue(reading, "brier score", expected.path("brier_binary"));
    assertValue(reading, "roc auc", expected.path("roc_auc"));
    assertValue(reading, "recall", expected.path("per_class").path("malignant").path("recall"));
    JsonNode slices = expected.path("slices").path("size");
    assertThat(slices.size()).isEqualTo(3);
    slices
        .properties()
        .forEach(
            slice -> {
              String part = "group=" + slice.getKey();
              assertValue(reading, "accuracy[" + part + "]", slice.getValue().path("accuracy"));
              assertValue(
                  reading,
                  "recall[malignant, " + part + "]",
                  slice.getValue().path("recall_malignant"));
            });
  }

  @Test
  void diabetes() throws IOException {
    JsonNode expected = reference("diabetes");
    Regression declared = Regression.regression(DataSpec.csv("")).target("label");
    Reading reading =
        read(
            "diabetes",
            "progression",
            null,
            new RegressionAccumulator(declared, Slicer.of(declared.slices(), rows -> {})));
    assertValue(reading, "mae", expected.path("mae"));
    assertValue(reading, "rmse", expected.path("rmse"));
    assertValue(reading, "r2", expected.path("r2"));
    assertValue(reading, "median absolute error", expected.path("median_absolute_error"));
    assertValue(reading, "max error", expected.path("max_error"));
    assertValue(reading, "mean error", expected.path("bias"));
  }
}
