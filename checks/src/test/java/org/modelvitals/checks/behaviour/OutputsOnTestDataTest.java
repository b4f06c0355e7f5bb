package org.modelvitals.checks.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.budget.BudgetContext;
import org.modelvitals.checks.budget.BudgetModels;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.data.Feeds;
import org.modelvitals.data.InputSpec;
import org.modelvitals.model.Model;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;

/** y = x + 1, where x and y are float32[batch, 1], held against ONNX's own test data. */
class OutputsOnTestDataTest {
  @TempDir Path folder;

  /** Opens real data, as the engine does. */
  private static final class Context extends BudgetContext {
    Context(Path file) {
      super(file);
    }

    @Override
    public Feed feed(DataSpec data, Model fed, Set<String> reserved) {
      return Feeds.open(
          data, this::resolve, fed.signature(), session().dimensions(), seed(), reserved);
    }
  }

  @BeforeEach
  void write() throws IOException {
    BudgetModels.write(folder.resolve("model.onnx"), BudgetModels.addition(1));
  }

  private void tensor(int set, String name, float... values) throws IOException {
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder().setDataType(1).addDims(values.length).addDims(1);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    Path file = folder.resolve("data/test_data_set_" + set).resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, tensor.build().toByteArray());
  }

  private double mismatches(DataSpec data) {
    Outputs declared = Outputs.outputs(data).reference("y", InputSpec.columns("y"));
    try (Context context = new Context(folder.resolve("model.onnx"))) {
      Reading reading = new OutputsProbe().probe(declared, context);
      return reading.measurement("mismatches").map(Measurement::value).orElseThrow();
    }
  }

  @Test
  void the_reference_is_the_file_of_the_output_and_not_that_of_the_input() throws IOException {
    tensor(0, "input_0.pb", 1, 2, 3);
    tensor(0, "output_0.pb", 2, 3, 4);
    tensor(1, "input_0.pb", 10, 20, 30);
    tensor(1, "output_0.pb", 11, 21, 31);
    assertThat(mismatches(DataSpec.onnx("data"))).isZero();
    tensor(1, "output_0.pb", 10, 20, 31);
    assertThat(mismatches(DataSpec.onnx("data"))).isEqualTo(2);
  }

  @Test
  void what_an_output_should_be_is_not_fed() throws IOException {
    tensor(0, "output_0.pb", 2);
    assertThatThrownBy(() -> mismatches(DataSpec.onnx("data")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "data: there is no input_0.pb, which is what the input 'x' is fed; add it, or say with"
                + " 'inputs:' what to feed");
    DataSpec said = DataSpec.onnx("data").input("x", InputSpec.constant("1"));
    assertThat(mismatches(said)).isZero();
  }
}
