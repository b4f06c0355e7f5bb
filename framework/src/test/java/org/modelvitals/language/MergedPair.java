package org.modelvitals.language;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Merges two decoders behind {@code use_cache_branch}, as Optimum does: the branch with a cache
 * gives nothing of use for the encoder's keys and values, so that whoever carried those would be
 * wrong from the third call on.
 */
final class MergedPair {
  private MergedPair() {}

  /** Writes {@code decoder_model_merged.onnx} with all that it needs into a folder. */
  static Path write(Path from, Path folder) throws IOException {
    OnnxMl.ModelProto first = read(from.resolve("decoder_model.onnx"));
    OnnxMl.ModelProto later = read(from.resolve("decoder_with_past_model.onnx"));
    List<OnnxMl.ValueInfoProto> outputs = first.getGraph().getOutputList();
    OnnxMl.GraphProto.Builder graph =
        OnnxMl.GraphProto.newBuilder()
            .setName("merged")
            .addAllInput(first.getGraph().getInputList())
            .addInput(
                OnnxMl.ValueInfoProto.newBuilder()
                    .setName("use_cache_branch")
                    .setType(
                        OnnxMl.TypeProto.newBuilder()
                            .setTensorType(
                                OnnxMl.TypeProto.Tensor.newBuilder()
                                    .setElemType(OnnxMl.TensorProto.DataType.BOOL_VALUE)
                                    .setShape(
                                        OnnxMl.TensorShapeProto.newBuilder()
                                            .addDim(
                                                OnnxMl.TensorShapeProto.Dimension.newBuilder()
                                                    .setDimValue(1))))))
            .addAllOutput(outputs);
    Set<String> known = new HashSet<>();
    first.getGraph().getInputList().forEach(input -> known.add(input.getName()));
    later.getGraph().getInputList().stream()
        .filter(input -> known.add(input.getName()))
        .forEach(graph::addInput);
    OnnxMl.NodeProto.Builder choice = OnnxMl.NodeProto.newBuilder().setOpType("If");
    choice.addInput("use_cache_branch");
    outputs.forEach(output -> choice.addOutput(output.getName()));
    choice.addAttribute(branch("then_branch", later.getGraph(), outputs));
    choice.addAttribute(branch("else_branch", first.getGraph(), outputs));
    OnnxMl.ModelProto merged = first.toBuilder().setGraph(graph.addNode(choice)).build();
    for (String file : List.of("encoder_model.onnx", "weights.data", "config.json")) {
      Files.copy(from.resolve(file), folder.resolve(file));
    }
    return Files.write(folder.resolve("decoder_model_merged.onnx"), merged.toByteArray());
  }

  private static OnnxMl.ModelProto read(Path file) throws IOException {
    return OnnxMl.ModelProto.parseFrom(Files.readAllBytes(file));
  }

  private static OnnxMl.AttributeProto branch(
      String name, OnnxMl.GraphProto graph, List<OnnxMl.ValueInfoProto> outputs) {
    String prefix = name + "/";
    Set<String> given = new HashSet<>();
    graph.getOutputList().forEach(output -> given.add(output.getName()));
    OnnxMl.GraphProto.Builder branch =
        OnnxMl.GraphProto.newBuilder()
            .setName(name)
            .addAllInitializer(graph.getInitializerList())
            .addAllNode(graph.getNodeList());
    for (OnnxMl.NodeProto.Builder node : branch.getNodeBuilderList()) {
      for (int i = 0; i < node.getOutputCount(); i++) {
        if (given.contains(node.getOutput(i))) {
          node.setOutput(i, prefix + node.getOutput(i));
        }
      }
      for (int i = 0; i < node.getInputCount(); i++) {
        if (given.contains(node.getInput(i))) {
          node.setInput(i, prefix + node.getInput(i));
        }
      }
    }
    for (OnnxMl.ValueInfoProto output : outputs) {
      if (!given.contains(output.getName())) {
        branch.addNode(useless(prefix + output.getName()));
      }
      branch.addOutput(output.toBuilder().setName(prefix + output.getName()).clearType());
    }
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.GRAPH)
        .setG(branch)
        .build();
  }

  private static OnnxMl.NodeProto.Builder useless(String output) {
    return OnnxMl.NodeProto.newBuilder()
        .setOpType("Constant")
        .addOutput(output)
        .addAttribute(
            OnnxMl.AttributeProto.newBuilder()
                .setName("value")
                .setType(OnnxMl.AttributeProto.AttributeType.TENSOR)
                .setT(
                    OnnxMl.TensorProto.newBuilder()
                        .setDataType(OnnxMl.TensorProto.DataType.FLOAT_VALUE)
                        .addAllDims(List.of(1L, 1L, 1L, 1L))
                        .addFloatData(0)));
  }
}
