package org.modelvitals.checks.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.budget.BudgetContext;
import org.modelvitals.checks.budget.BudgetModels;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

class ArtifactProbeTest {
  @TempDir Path folder;

  private Reading read(OnnxMl.ModelProto.Builder model) throws Exception {
    Path file = BudgetModels.write(folder.resolve("model.onnx"), model);
    try (BudgetContext context = new BudgetContext(file)) {
      return new ArtifactProbe().probe(Artifact.artifact(), context);
    }
  }

  private static double number(Reading reading, String name) {
    Double value = reading.measurement(name).map(Measurement::value).orElse(null);
    return value == null ? Double.NaN : value;
  }

  private static String text(Reading reading, String name) {
    return reading.measurement(name).map(Measurement::text).orElse("(none)");
  }

  @Test
  void says_what_the_file_is() throws Exception {
    Reading reading = read(BudgetModels.addition(1, 2, 3));
    assertThat(number(reading, "opset")).isEqualTo(17);
    assertThat(number(reading, "opset[ai.onnx]")).isEqualTo(17);
    assertThat(number(reading, "ir version")).isEqualTo(8);
    assertThat(number(reading, "size"))
        .isEqualTo((double) Files.size(folder.resolve("model.onnx")));
    assertThat(text(reading, "sha256")).matches("[0-9a-f]{64}");
    assertThat(text(reading, "producer")).isEqualTo("by hand");
    assertThat(text(reading, "producer version")).isEqualTo("3");
    assertThat(text(reading, "metadata[owner]")).isEqualTo("nobody");
    assertThat(text(reading, "inputs")).isEqualTo("x");
    assertThat(text(reading, "input[x]")).isEqualTo("float32[batch, 1]");
    assertThat(text(reading, "output[y]")).isEqualTo("float32[batch, 3]");
    assertThat(text(reading, "operators")).isEqualTo("Add");
    assertThat(number(reading, "operator[Add]")).isEqualTo(1);
    assertThat(number(reading, "nodes")).isEqualTo(1);
    assertThat(number(reading, "parameters")).isEqualTo(3);
    assertThat(number(reading, "non-finite weights")).isZero();
    assertThat(number(reading, "missing external data")).isZero();
  }

  @Test
  void the_hash_is_the_one_that_sha256sum_prints() throws Exception {
    Path file = BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1));
    byte[] digest =
        java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertThat(text(read(BudgetModels.addition(1)), "sha256"))
        .isEqualTo(java.util.HexFormat.of().formatHex(digest));
  }

  @Test
  void weights_that_are_not_finite_are_counted_and_named() throws Exception {
    Reading reading = read(BudgetModels.addition(1, Float.NaN, Float.POSITIVE_INFINITY, Float.NaN));
    assertThat(number(reading, "non-finite weights")).isEqualTo(3);
    assertThat(reading.evidence())
        .extracting(Evidence::sentence)
        .contains("NaN or infinite elements are in w (3)");
  }

  @Test
  void a_bound_and_a_mask_are_meant_to_be_infinite() throws Exception {
    assertThat(number(read(BudgetModels.addition(Float.NEGATIVE_INFINITY)), "non-finite weights"))
        .isZero();
    assertThat(
            number(
                read(BudgetModels.addition(0, Float.NEGATIVE_INFINITY, 0)), "non-finite weights"))
        .isZero();
    assertThat(
            number(
                read(BudgetModels.addition(1, Float.NEGATIVE_INFINITY, 0)), "non-finite weights"))
        .isEqualTo(1);
    assertThat(number(read(BudgetModels.addition(Float.NaN)), "non-finite weights")).isEqualTo(1);
  }

  @Test
  void a_missing_file_with_weights_is_named_and_the_rest_is_measured() throws Exception {
    OnnxMl.ModelProto.Builder model = BudgetModels.addition(1, 2);
    OnnxMl.TensorProto.Builder weights = model.getGraphBuilder().getInitializerBuilder(0);
    weights
        .clearRawData()
        .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)
        .addExternalData(
            OnnxMl.StringStringEntryProto.newBuilder().setKey("location").setValue("gone.bin"));
    Reading reading = read(model);
    assertThat(number(reading, "missing external data")).isEqualTo(1);
    assertThat(text(reading, "loads")).startsWith("no: ").contains("gone.bin");
    assertThat(text(reading, "input[x]")).isEqualTo("float32[batch, 1]");
    assertThat(Judge.judge(reading, new ArtifactProbe().implied(Artifact.artifact())))
        .matches(verdict -> verdict.status() == Status.FAILED)
        .extracting(Verdict::reason)
        .asString()
        .contains("missing external data is 1", "loads is no: ");
  }

  @Test
  void a_model_with_an_operator_that_the_runtime_does_not_know_is_measured_too() throws Exception {
    OnnxMl.ModelProto.Builder model = BudgetModels.addition(1, 2, Float.NaN);
    model.addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setDomain("house").setVersion(1));
    model.getGraphBuilder().getNodeBuilder(0).setDomain("house").setOpType("Add2");
    Reading reading = read(model);
    assertThat(text(reading, "loads")).startsWith("no: ").contains("'Add2'", "'house'");
    assertThat(text(reading, "operators")).isEqualTo("house::Add2");
    assertThat(text(reading, "inputs")).isEqualTo("x");
    assertThat(text(reading, "output[y]")).isEqualTo("float32[batch, 3]");
    assertThat(number(reading, "non-finite weights")).isEqualTo(1);
  }

  @Test
  void the_device_of_the_suite_is_not_needed() throws Exception {
    Path file = BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1));
    try (BudgetContext context = new BudgetContext(file, DeviceSpec.of(Device.DIRECTML))) {
      Reading reading = new ArtifactProbe().probe(Artifact.artifact(), context);
      assertThat(text(reading, "loads")).isEqualTo("yes");
      assertThat(text(reading, "inputs")).isEqualTo("x");
    }
  }

  @Test
  void every_measurement_is_announced() throws Exception {
    var announced = new ArtifactProbe().measurements().stream().map(info -> info.name()).toList();
    assertThat(read(BudgetModels.addition(1)).measurements())
        .extracting(measurement -> measurement.name().replaceAll("\\[.*", ""))
        .isSubsetOf(announced);
  }
}
