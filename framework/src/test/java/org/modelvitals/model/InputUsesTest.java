package org.modelvitals.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.model.InputUses.Purpose;

/** What a graph does with whole numbers that it is fed. */
class InputUsesTest {
  @TempDir private Path folder;

  private static OnnxMl.NodeProto node(String operator, String output, String... inputs) {
    return OnnxMl.NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static OnnxMl.TensorProto table(String name, long... dims) {
    OnnxMl.TensorProto.Builder table = OnnxMl.TensorProto.newBuilder().setName(name);
    for (long dim : dims) {
      table.addDims(dim);
    }
    return table.build();
  }

  private Map<String, Purpose> uses(OnnxMl.GraphProto.Builder graph, String... inputs)
      throws IOException {
    Path file = folder.resolve("graph.onnx");
    Files.write(file, OnnxMl.ModelProto.newBuilder().setGraph(graph).build().toByteArray());
    return InputUses.of(file, List.of(inputs));
  }

  @Test
  void theSmallestTableCountsAlsoThroughCastsAndStoredWeights() throws IOException {
    Map<String, Purpose> uses =
        uses(
            OnnxMl.GraphProto.newBuilder()
                .addInitializer(table("words", 57, 8))
                .addInitializer(table("packed", 40, 8))
                .addInitializer(table("columns", 8, 12))
                .addNode(node("Cast", "long", "ids"))
                .addNode(node("Gather", "embedded", "words", "long"))
                .addNode(node("DequantizeLinear", "unpacked", "packed"))
                .addNode(node("Gather", "other", "unpacked", "ids"))
                .addNode(
                    node("Gather", "chosen", "columns", "column").toBuilder()
                        .addAttribute(OnnxMl.AttributeProto.newBuilder().setName("axis").setI(-1))
                        .build()),
            "ids",
            "column");
    assertThat(uses)
        .containsEntry("ids", new Purpose(OptionalLong.of(40), false))
        .containsEntry("column", new Purpose(OptionalLong.of(12), false));
  }

  @Test
  void sizesAreToldFromNumbers() throws IOException {
    Map<String, Purpose> uses =
        uses(
            OnnxMl.GraphProto.newBuilder()
                .addNode(node("Unsqueeze", "more", "size"))
                .addNode(node("Expand", "wide", "x", "more"))
                .addNode(node("Gather", "y", "x", "index"))
                .addNode(node("Add", "sum", "number", "number")),
            "size",
            "index",
            "number");
    assertThat(uses)
        .containsEntry("size", new Purpose(OptionalLong.empty(), true))
        .containsEntry("index", Purpose.UNKNOWN)
        .containsEntry("number", Purpose.UNKNOWN);
  }

  @Test
  void nothingIsKnownOfOtherFiles() throws IOException {
    Path file = Files.writeString(folder.resolve("no.onnx"), "no model");
    assertThat(InputUses.of(file, List.of("x"))).containsEntry("x", Purpose.UNKNOWN);
    assertThat(InputUses.of(folder.resolve("none.onnx"), List.of("x")))
        .containsEntry("x", Purpose.UNKNOWN);
  }
}
