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
import java.util.Optional;
import java.util.Set;
import org.modelvitals.model.ValueInfo.Kind;

/** Reads the signature of a loaded model. */
final class Signatures {
  private Signatures() {}

  /**
   * The signature of a session.
   *
   * @param outline tells the initializers that may be fed, which the Java binding does not list
   */
  static Signature of(OrtSession session, SessionSpec spec, Optional<GraphOutline> outline)
      throws OrtException {
    Set<String> fed = session.getInputNames();
    List<ValueInfo> overridable =
        outline.map(GraphOutline::overridable).orElse(List.of()).stream()
            .filter(info -> !fed.contains(info.name()))
            .toList();
    return new Signature(
        values(session.getInputInfo().values(), spec),
        overridable,
        values(session.getOutputInfo().values(), spec));
  }

  private static List<ValueInfo> values(Iterable<NodeInfo> nodes, SessionSpec spec) {
    List<ValueInfo> values = new ArrayList<>();
    nodes.forEach(node -> values.add(value(node.getName(), node.getInfo(), spec)));
    return values;
  }

  private static ValueInfo value(String name, ai.onnxruntime.ValueInfo info, SessionSpec spec) {
    if (info instanceof TensorInfo tensor) {
      return ValueInfo.tensor(name, OrtValues.type(tensor), dims(tensor, spec));
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

  private static List<Dim> dims(TensorInfo tensor, SessionSpec spec) {
    long[] shape = tensor.getShape();
    String[] names = tensor.getDimensionNames();
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < shape.length; i++) {
      String name = i < names.length ? names[i] : "";
      long size = shape[i] >= 0 ? shape[i] : spec.dimensions().getOrDefault(name, -1L);
      dims.add(size >= 0 ? Dim.fixed(size) : Dim.free(name.isEmpty() ? null : name));
    }
    return dims;
  }
}
