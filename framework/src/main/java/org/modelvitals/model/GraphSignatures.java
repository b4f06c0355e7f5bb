package org.modelvitals.model;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TypeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.modelvitals.model.ValueInfo.Kind;

/** Reads the signature that a graph declares, in the words in which the runtime's is told. */
final class GraphSignatures {
  private GraphSignatures() {}

  static Signature of(OnnxMl.GraphProto graph) {
    Set<String> initializers =
        graph.getInitializerList().stream()
            .map(OnnxMl.TensorProto::getName)
            .collect(Collectors.toSet());
    List<ValueInfo> inputs = new ArrayList<>();
    List<ValueInfo> overridable = new ArrayList<>();
    for (OnnxMl.ValueInfoProto input : graph.getInputList()) {
      (initializers.contains(input.getName()) ? overridable : inputs).add(value(input));
    }
    return new Signature(
        inputs, overridable, graph.getOutputList().stream().map(GraphSignatures::value).toList());
  }

  static ValueInfo value(OnnxMl.ValueInfoProto proto) {
    TypeProto type = proto.getType();
    if (type.getValueCase() == TypeProto.ValueCase.TENSOR_TYPE) {
      return ValueInfo.tensor(
          proto.getName(), element(type.getTensorType().getElemType()), dims(type.getTensorType()));
    }
    Kind kind =
        switch (type.getValueCase()) {
          case SEQUENCE_TYPE -> Kind.SEQUENCE;
          case MAP_TYPE -> Kind.MAP;
          case SPARSE_TENSOR_TYPE -> Kind.SPARSE;
          default -> Kind.OPTIONAL;
        };
    return new ValueInfo(proto.getName(), kind, ElementType.OTHER, List.of(), words(type));
  }

  private static List<Dim> dims(TypeProto.Tensor type) {
    return type.getShape().getDimList().stream()
        .map(
            dim ->
                dim.hasDimValue()
                    ? Dim.fixed(dim.getDimValue())
                    : Dim.free(dim.getDimParam().isEmpty() ? null : dim.getDimParam()))
        .toList();
  }

  private static String words(TypeProto type) {
    return switch (type.getValueCase()) {
      case TENSOR_TYPE -> "tensor(" + element(type.getTensorType().getElemType()) + ")";
      case SPARSE_TENSOR_TYPE ->
          "sparse_tensor(" + element(type.getSparseTensorType().getElemType()) + ")";
      case SEQUENCE_TYPE -> "seq(" + words(type.getSequenceType().getElemType()) + ")";
      case OPTIONAL_TYPE -> "optional(" + words(type.getOptionalType().getElemType()) + ")";
      case MAP_TYPE -> {
        TypeProto value = type.getMapType().getValueType();
        yield "map(%s, %s)"
            .formatted(
                element(type.getMapType().getKeyType()),
                value.hasTensorType()
                    ? element(value.getTensorType().getElemType())
                    : words(value));
      }
      default -> "undeclared";
    };
  }

  private static ElementType element(int onnx) {
    return TensorProtos.type(onnx);
  }
}
