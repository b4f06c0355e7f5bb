package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.data.InputSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.SessionSpec;

class GeneratedInputsTest {
  private static final int INT64 = 7;

  @TempDir Path folder;

  private static OnnxMl.ValueInfoProto whole(String name, boolean rows) {
    OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
    if (rows) {
      shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
      shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("length"));
    }
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder().setElemType(INT64).setShape(shape)))
        .build();
  }

  @Test
  void inputs_are_made_as_their_names_and_types_suggest() throws Exception {
    OnnxMl.ModelProto.Builder graph = BudgetModels.addition(1, 2, 3);
    graph.getGraphBuilder().addInput(whole("attention_mask", true)).addInput(whole("ids", true));
    Path file = BudgetModels.write(folder.resolve("model.onnx"), graph);
    try (BudgetContext context = new BudgetContext(file)) {
      Model model = context.model();
      assertThat(GeneratedInputs.complete(null, model, SessionSpec.DEFAULT).inputs())
          .containsEntry("x", new InputSpec.Random(List.of(1L, 1L), 0, 1, null))
          .containsEntry("attention_mask", new InputSpec.Constant(List.of("1"), List.of(1L, 1L)))
          .containsEntry("ids", new InputSpec.Random(List.of(1L, 1L), 0, 2, null));
      assertThat(
              GeneratedInputs.batched(null, model, SessionSpec.DEFAULT, 8).orElseThrow().inputs())
          .containsEntry("x", new InputSpec.Random(List.of(8L, 1L), 0, 1, null))
          .containsEntry("ids", new InputSpec.Random(List.of(8L, 1L), 0, 2, null));
    }
  }

  @Test
  void what_has_no_rows_is_not_batched() throws Exception {
    OnnxMl.ModelProto.Builder graph = BudgetModels.addition(1, 2, 3);
    graph.getGraphBuilder().addInput(whole("sr", false));
    Path file = BudgetModels.write(folder.resolve("model.onnx"), graph);
    try (BudgetContext context = new BudgetContext(file)) {
      Model model = context.model();
      assertThat(GeneratedInputs.complete(null, model, SessionSpec.DEFAULT).inputs())
          .containsEntry("sr", new InputSpec.Constant(List.of("16000"), List.of()));
      assertThat(GeneratedInputs.batched(null, model, SessionSpec.DEFAULT, 8)).isEmpty();
    }
  }
}
