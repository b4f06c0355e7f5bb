package org.modelvitals.model;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small graphs made for tests. */
public final class Graphs {
  private Graphs() {}

  public static OnnxMl.ValueInfoProto value(String name, Object... dims) {
    OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
    for (Object dim : dims) {
      OnnxMl.TensorShapeProto.Dimension.Builder built =
          OnnxMl.TensorShapeProto.Dimension.newBuilder();
      shape.addDim(
          dim instanceof String free
              ? built.setDimParam(free)
              : built.setDimValue(((Number) dim).longValue()));
    }
    OnnxMl.TypeProto.Tensor tensor =
        OnnxMl.TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape).build();
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  public static OnnxMl.NodeProto node(String operator, List<String> inputs, String output) {
    return OnnxMl.NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(inputs)
        .addOutput(output)
        .build();
  }

  public static OnnxMl.TensorProto floats(String name, float... values) {
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder().setName(name).setDataType(1).addDims(values.length);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  public static OnnxMl.ModelProto.Builder model(OnnxMl.GraphProto.Builder graph) {
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("tests")
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
        .setGraph(graph.setName("graph"));
  }

  public static Path write(Path file, OnnxMl.ModelProto.Builder model) throws IOException {
    return Files.write(file, model.build().toByteArray());
  }

  /** y = x + b, where b has a value and may be fed. */
  public static OnnxMl.ModelProto.Builder addition() {
    return model(
        OnnxMl.GraphProto.newBuilder()
            .addInput(value("x", "n"))
            .addInput(value("b", 1))
            .addInitializer(floats("b", 10))
            .addOutput(value("y", "n"))
            .addNode(node("Add", List.of("x", "b"), "y")));
  }

  public static OnnxMl.ModelProto.Builder unary(String operator, Object... dims) {
    return model(
        OnnxMl.GraphProto.newBuilder()
            .addInput(value("x", dims))
            .addOutput(value("y", dims))
            .addNode(node(operator, List.of("x"), "y")));
  }

  /** Indices of the elements that are not zero: a shape that follows from the data. */
  public static OnnxMl.ModelProto.Builder nonZero() {
    OnnxMl.ValueInfoProto output =
        OnnxMl.ValueInfoProto.newBuilder()
            .setName("y")
            .setType(
                OnnxMl.TypeProto.newBuilder()
                    .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder().setElemType(7)))
            .build();
    return model(
        OnnxMl.GraphProto.newBuilder()
            .addInput(value("x", 4))
            .addOutput(output)
            .addNode(node("NonZero", List.of("x"), "y")));
  }

  /** x, multiplied {@code times} times by itself: takes long if x is large. */
  public static OnnxMl.ModelProto.Builder power(int times) {
    OnnxMl.GraphProto.Builder graph =
        OnnxMl.GraphProto.newBuilder()
            .addInput(value("x", "n", "n"))
            .addOutput(value("y", "n", "n"));
    String before = "x";
    for (int i = 1; i <= times; i++) {
      String after = i == times ? "y" : "t" + i;
      graph.addNode(node("MatMul", List.of(before, "x"), after));
      before = after;
    }
    return model(graph);
  }
}
