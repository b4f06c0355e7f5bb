package org.modelvitals.model;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.modelvitals.model.ValueInfo.Kind;

/** Reads the signature of a loaded model. */
final class Signatures {
  private Signatures() {}

  static Signature of(ModelFile file, OrtSession session) throws OrtException {
    List<ValueInfo> inputs = values(session.getInputInfo().values());
    List<ValueInfo> outputs = values(session.getOutputInfo().values());
    Set<String> fed = session.getInputNames();
    return new Signature(inputs, overridable(file, fed), outputs);
  }

  private static List<ValueInfo> values(Iterable<NodeInfo> nodes) {
    List<ValueInfo> values = new ArrayList<>();
    nodes.forEach(node -> values.add(value(node.getName(), node.getInfo())));
    return values;
  }

  private static ValueInfo value(String name, ai.onnxruntime.ValueInfo info) {
    if (info instanceof TensorInfo tensor) {
      return ValueInfo.tensor(name, OrtValues.type(tensor), dims(tensor));
    }
    if (info instanceof SequenceInfo sequence) {
      String element =
          sequence.sequenceOfMaps
              ? map(sequence.mapInfo)
              : "tensor(" + word(sequence.sequenceType) + ")";
      return new ValueInfo(
          name, Kind.SEQUENCE, ElementType.OTHER, List.of(), "seq(" + element + ")");
    }
    if (info instanceof MapInfo map) {
      return new ValueInfo(name, Kind.MAP, ElementType.OTHER, List.of(), map(map));
    }
    return new ValueInfo(name, Kind.OPTIONAL, ElementType.OTHER, List.of(), info.toString());
  }

  private static String map(MapInfo map) {
    return "map(%s, %s)".formatted(word(map.keyType), word(map.valueType));
  }

  private static String word(Object javaType) {
    String word = javaType.toString().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "float" -> "float32";
      case "double" -> "float64";
      default -> word;
    };
  }

  private static List<Dim> dims(TensorInfo tensor) {
    long[] shape = tensor.getShape();
    String[] names = tensor.getDimensionNames();
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < shape.length; i++) {
      String name = i < names.length ? names[i] : "";
      dims.add(shape[i] >= 0 ? Dim.fixed(shape[i]) : Dim.free(name.isEmpty() ? null : name));
    }
    return dims;
  }

  /** Initializers that are inputs of the graph as well; the Java binding does not list them. */
  private static List<ValueInfo> overridable(ModelFile file, Set<String> fed) {
    try {
      return OnnxGraph.overridable(file.path(), fed);
    } catch (ModelException e) {
      return List.of(); // not an ONNX protobuf, for instance the .ort format
    }
  }
}
