package org.modelvitals.checks.budget;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small graphs for tests: y = x + w, where w has as many elements as asked for. */
public final class BudgetModels {
  private BudgetModels() {}

  public static OnnxMl.ModelProto.Builder addition(float... weights) {
    ByteBuffer raw = ByteBuffer.allocate(weights.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float weight : weights) {
      raw.putFloat(weight);
    }
    OnnxMl.TensorProto initializer =
        OnnxMl.TensorProto.newBuilder()
            .setName("w")
            .setDataType(1)
            .addDims(weights.length)
            .setRawData(ByteString.copyFrom(raw.array()))
            .build();
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("by hand")
        .setProducerVersion("3")
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
        .addMetadataProps(
            OnnxMl.StringStringEntryProto.newBuilder().setKey("owner").setValue("nobody"))
        .setGraph(
            OnnxMl.GraphProto.newBuilder()
                .setName("graph")
                .addInput(value("x", "batch", 1))
                .addOutput(value("y", "batch", weights.length))
                .addInitializer(initializer)
                .addNode(
                    OnnxMl.NodeProto.newBuilder()
                        .setOpType("Add")
                        .addAllInput(List.of("x", "w"))
                        .addOutput("y")));
  }

  /** The same with a state that gets y as one more row in every call, and that nobody empties. */
  public static OnnxMl.ModelProto.Builder hoarding(float... weights) {
    OnnxMl.ModelProto.Builder model = addition(weights);
    model
        .getGraphBuilder()
        .addInput(value("state", "remembered", weights.length))
        .addOutput(value("state_out", "more", weights.length))
        .addNode(
            OnnxMl.NodeProto.newBuilder()
                .setOpType("Concat")
                .addAllInput(List.of("state", "y"))
                .addOutput("state_out")
                .addAttribute(
                    OnnxMl.AttributeProto.newBuilder()
                        .setName("axis")
                        .setType(OnnxMl.AttributeProto.AttributeType.INT)
                        .setI(0)));
    return model;
  }

  private static OnnxMl.ValueInfoProto value(String name, String free, long size) {
    OnnxMl.TensorShapeProto shape =
        OnnxMl.TensorShapeProto.newBuilder()
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam(free))
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size))
            .build();
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape)))
        .build();
  }

  public static Path write(Path file, OnnxMl.ModelProto.Builder model) throws IOException {
    return Files.write(file, model.build().toByteArray());
  }
}
