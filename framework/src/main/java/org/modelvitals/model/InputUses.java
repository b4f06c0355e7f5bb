package org.modelvitals.model;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a graph does with its inputs of whole numbers: look something up by them, or take them for
 * sizes. Follows a value through nodes that only give it another shape or type. Weights are passed
 * over while reading, so that a file of any size costs little.
 */
public final class InputUses {
  /** Operators whose first output holds the elements of their first input. */
  private static final Set<String> PASSING =
      Set.of(
          "Identity",
          "Cast",
          "Unsqueeze",
          "Squeeze",
          "Reshape",
          "Flatten",
          "Transpose",
          "Slice",
          "Expand",
          "Tile",
          "Gather",
          "Split",
          "Dropout");

  /** Weights that were only stored in another type. */
  private static final Set<String> STORED = Set.of("Identity", "Cast", "DequantizeLinear");

  private final Map<String, List<Use>> uses = new HashMap<>();
  private final Map<String, OnnxMl.NodeProto> makers = new HashMap<>();
  private final Map<String, long[]> weights = new HashMap<>();

  private InputUses() {}

  /**
   * What an input is for.
   *
   * @param rows how many rows the smallest of the tables has that it looks up; empty if none
   * @param isSize whether it becomes a shape, a count, or a place in a sequence
   */
  public record Purpose(OptionalLong rows, boolean isSize) {
    public static final Purpose UNKNOWN = new Purpose(OptionalLong.empty(), false);
  }

  private record Use(OnnxMl.NodeProto node, int argument) {}

  /**
   * What each of these inputs is for; nothing is known of a file that is not an ONNX protobuf.
   *
   * @param inputs of the main graph
   */
  public static Map<String, Purpose> of(Path model, Iterable<String> inputs) {
    InputUses graph = new InputUses();
    try (InputStream in = Files.newInputStream(model)) {
      graph.read(CodedInputStream.newInstance(in, 1 << 16));
    } catch (IOException e) {
      graph.uses.clear(); // whoever loads the file says what is wrong with it
    }
    Map<String, Purpose> purposes = new LinkedHashMap<>();
    inputs.forEach(input -> purposes.put(input, graph.purpose(input)));
    return purposes;
  }

  private void read(CodedInputStream coded) throws IOException {
    coded.setSizeLimit(Integer.MAX_VALUE);
    for (int tag = coded.readTag(); tag != 0; tag = coded.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == OnnxMl.ModelProto.GRAPH_FIELD_NUMBER
          && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int limit = coded.pushLimit(coded.readRawVarint32());
        graph(coded);
        coded.popLimit(limit);
      } else {
        coded.skipField(tag);
      }
    }
  }

  private void graph(CodedInputStream coded) throws IOException {
    for (int tag = coded.readTag(); tag != 0; tag = coded.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case OnnxMl.GraphProto.NODE_FIELD_NUMBER ->
            node(
                coded.readMessage(
                    OnnxMl.NodeProto.parser(), ExtensionRegistryLite.getEmptyRegistry()));
        case OnnxMl.GraphProto.INITIALIZER_FIELD_NUMBER -> weight(coded);
        default -> coded.skipField(tag);
      }
    }
  }

  private void node(OnnxMl.NodeProto node) {
    for (int i = 0; i < node.getInputCount(); i++) {
      uses.computeIfAbsent(node.getInput(i), name -> new ArrayList<>()).add(new Use(node, i));
    }
    node.getOutputList().forEach(output -> makers.put(output, node));
    // A subgraph sees the values of the graph around it.
    node.getAttributeList()
        .forEach(attribute -> attribute.getG().getNodeList().forEach(this::node));
  }

  private void weight(CodedInputStream coded) throws IOException {
    int limit = coded.pushLimit(coded.readRawVarint32());
    String name = "";
    List<Long> dims = new ArrayList<>();
    for (int tag = coded.readTag(); tag != 0; tag = coded.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case OnnxMl.TensorProto.NAME_FIELD_NUMBER -> name = coded.readString();
        case OnnxMl.TensorProto.DIMS_FIELD_NUMBER -> dims(coded, tag, dims);
        default -> coded.skipField(tag);
      }
    }
    coded.popLimit(limit);
    weights.put(name, dims.stream().mapToLong(Long::longValue).toArray());
  }

  private static void dims(CodedInputStream coded, int tag, List<Long> dims) throws IOException {
    if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      dims.add(coded.readInt64());
      return;
    }
    int limit = coded.pushLimit(coded.readRawVarint32());
    while (coded.getBytesUntilLimit() > 0) {
      dims.add(coded.readInt64());
    }
    coded.popLimit(limit);
  }

  private Purpose purpose(String input) {
    OptionalLong rows = OptionalLong.empty();
    boolean isSize = false;
    Set<String> seen = new HashSet<>(Set.of(input));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (Use use : uses.getOrDefault(open.remove(), List.of())) {
        OptionalLong table = table(use);
        if (table.isPresent()) {
          rows = OptionalLong.of(Math.min(rows.orElse(Long.MAX_VALUE), table.getAsLong()));
        }
        isSize |= takesSize(use);
        if (use.argument() == 0 && PASSING.contains(use.node().getOpType())) {
          use.node().getOutputList().stream().filter(seen::add).forEach(open::add);
        }
      }
    }
    return new Purpose(rows, isSize);
  }

  /** How many rows the table has that is looked up. */
  private OptionalLong table(Use use) {
    OnnxMl.NodeProto node = use.node();
    return switch (node.getOpType()) {
      case "Gather" ->
          use.argument() == 1 ? rows(node.getInput(0), axis(node)) : OptionalLong.empty();
      case "EmbedLayerNormalization" ->
          use.argument() < 2 && node.getInputCount() > 2 + 2 * use.argument()
              ? rows(node.getInput(2 + 2 * use.argument()), 0)
              : OptionalLong.empty();
      default -> OptionalLong.empty();
    };
  }

  private static long axis(OnnxMl.NodeProto node) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals("axis"))
        .mapToLong(OnnxMl.AttributeProto::getI)
        .findFirst()
        .orElse(0);
  }

  private OptionalLong rows(String table, long axis) {
    String name = table;
    while (!weights.containsKey(name)) {
      OnnxMl.NodeProto maker = makers.get(name);
      if (maker == null || !STORED.contains(maker.getOpType())) {
        return OptionalLong.empty();
      }
      name = maker.getInput(0);
    }
    long[] dims = Objects.requireNonNull(weights.get(name));
    int at = (int) (axis < 0 ? dims.length + axis : axis);
    return at >= 0 && at < dims.length ? OptionalLong.of(dims[at]) : OptionalLong.empty();
  }

  private static boolean takesSize(Use use) {
    int argument = use.argument();
    return switch (use.node().getOpType()) {
      case "ConstantOfShape", "Range", "EyeLike" -> true;
      case "Reshape", "Expand", "Tile", "Pad", "TopK", "OneHot" -> argument == 1;
      case "Split", "SplitToSequence", "SequenceAt", "SequenceErase", "CenterCropPad" ->
          argument == 1;
      case "SequenceInsert", "NonMaxSuppression" -> argument == 2;
      case "Slice", "Resize", "Upsample" -> argument >= 1;
      case "Loop" -> argument == 0;
      default -> false;
    };
  }
}
