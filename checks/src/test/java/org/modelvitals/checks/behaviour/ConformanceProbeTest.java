package org.modelvitals.checks.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.budget.BudgetContext;
import org.modelvitals.checks.budget.BudgetModels;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

/** y = x + w, where w is 1, 2, 3, and x and y are float32[batch, 1] and [batch, 3]. */
class ConformanceProbeTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1, 2, 3));
  }

  private void set(String name, float x, float... y) throws IOException {
    Path set = Files.createDirectories(folder.resolve(name));
    tensor(set.resolve("input_0.pb"), 1, x);
    tensor(set.resolve("output_0.pb"), y.length, y);
  }

  private static void tensor(Path file, long width, float... values) throws IOException {
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder().setDataType(1).addDims(1).addDims(width);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    Files.write(file, tensor.build().toByteArray());
  }

  private Reading read(Conformance declared) throws Exception {
    try (BudgetContext context = new BudgetContext(folder.resolve("model.onnx"))) {
      return new ConformanceProbe().probe(declared, context);
    }
  }

  private static double value(Reading reading, String name) {
    Measurement measurement = reading.measurement(name).orElseThrow();
    return Objects.requireNonNull(measurement.value(), name);
  }

  @Test
  void all_sets_beside_the_model_are_compared() throws Exception {
    set("test_data_set_0", 1, 2, 3, 4);
    set("test_data_set_1", 10, 11, 12, 13);
    set("test_data_set_10", Float.NaN, Float.NaN, Float.NaN, Float.NaN);
    Reading reading = read(Conformance.conformance());
    assertThat(value(reading, "data sets")).isEqualTo(3);
    assertThat(value(reading, "failed data sets")).isZero();
    assertThat(value(reading, "mismatches[y]")).isZero();
    assertThat(value(reading, "max difference")).isZero();
    assertThat(value(reading, "nan[y]")).isEqualTo(3);
  }

  @Test
  void damaged_files_are_the_fault_of_the_data() throws Exception {
    set("test_data_set_0", 1, 2, 3, 4);
    Path file = folder.resolve("test_data_set_0/output_0.pb");
    OnnxMl.TensorProto.Builder floats = OnnxMl.TensorProto.newBuilder().setDataType(1);
    Map<String, byte[]> damage = new LinkedHashMap<>();
    damage.put("is no tensor in ONNX's format, or is cut off", new byte[] {1, 2, 3});
    damage.put("it has no element type", new byte[0]);
    damage.put(
        "it has 2 elements for float32[1, 3]",
        floats.clone().addDims(1).addDims(3).addFloatData(1).addFloatData(2).build().toByteArray());
    damage.put(
        "it has 5 bytes for float32[1, 3]",
        floats
            .clone()
            .addDims(1)
            .addDims(3)
            .setRawData(ByteString.copyFrom(new byte[5]))
            .build()
            .toByteArray());
    damage.put(
        "negative dimension in [-1, 3]",
        floats.clone().addDims(-1).addDims(3).build().toByteArray());
    damage.put(
        "its shape [9223372036854775807, 3] is too large",
        floats.clone().addDims(Long.MAX_VALUE).addDims(3).build().toByteArray());
    for (Map.Entry<String, byte[]> one : damage.entrySet()) {
      Files.write(file, one.getValue());
      assertThatThrownBy(() -> read(Conformance.conformance()))
          .isInstanceOf(ProbeException.class)
          .hasMessageContaining("output_0.pb")
          .hasMessageContaining(one.getKey())
          .hasMessageNotContaining("Exception");
    }
  }

  @Test
  void a_failed_set_is_named_with_its_first_wrong_element() throws Exception {
    set("test_data_set_0", 1, 2, 3, 4);
    set("test_data_set_1", 10, 11, 12.5f, 13);
    Reading reading = read(Conformance.conformance());
    assertThat(value(reading, "failed data sets")).isEqualTo(1);
    assertThat(value(reading, "mismatches")).isEqualTo(1);
    assertThat(value(reading, "max difference")).isEqualTo(0.5);
    assertThat(value(reading, "max relative difference")).isEqualTo(0.04);
    assertThat(reading.evidence())
        .extracting(Evidence::sentence)
        .contains(
            "the output 'y' is 12.0 at test_data_set_1 [1], expected 12.5 (rtol 0.001, atol 1e-7)");
    assertThat(value(read(Conformance.conformance().tolerance(0, 0.5)), "mismatches")).isZero();
    assertThat(value(read(Conformance.conformance().tolerance(0.04, 0)), "mismatches")).isZero();
  }

  @Test
  void a_set_may_lie_elsewhere_and_be_named_itself() throws Exception {
    set("sets/test_data_set_3", 1, 2, 3, 4);
    assertThat(value(read(Conformance.conformance("sets")), "data sets")).isEqualTo(1);
    assertThat(value(read(Conformance.conformance("sets/test_data_set_3")), "data sets"))
        .isEqualTo(1);
  }

  @Test
  void another_shape_fails() throws Exception {
    set("test_data_set_0", 1, 2, 3);
    Reading reading = read(Conformance.conformance());
    assertThat(value(reading, "failed data sets")).isEqualTo(1);
    assertThat(reading.evidence())
        .extracting(Evidence::sentence)
        .contains(
            "the output 'y' is float32[1, 3] at test_data_set_0, expected float32[1, 2] (rtol"
                + " 0.001, atol 1e-7)");
  }

  @Test
  void a_folder_without_data_is_refused() {
    assertThatThrownBy(() -> read(Conformance.conformance()))
        .isInstanceOf(ProbeException.class)
        .hasMessageContaining("there is no ONNX test data in")
        .hasMessageContaining("expected folders test_data_set_0");
  }

  @Test
  void a_file_without_an_output_is_refused() throws Exception {
    set("test_data_set_0", 1, 2, 3, 4);
    Files.copy(
        folder.resolve("test_data_set_0/output_0.pb"),
        folder.resolve("test_data_set_0/output_1.pb"));
    assertThatThrownBy(() -> read(Conformance.conformance()))
        .isInstanceOf(ProbeException.class)
        .hasMessageEndingWith(
            "output_1.pb has no counterpart; the model's outputs, numbered from 0, are y");
  }

  @Test
  void every_measurement_is_announced() throws Exception {
    set("test_data_set_0", 1, 2, 3, 4);
    var announced =
        new ConformanceProbe().measurements().stream().map(info -> info.name()).toList();
    assertThat(read(Conformance.conformance()).measurements())
        .extracting(measurement -> measurement.name().replaceAll("\\[.*", ""))
        .isSubsetOf(announced);
  }
}
