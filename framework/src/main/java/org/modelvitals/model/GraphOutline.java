package org.modelvitals.model;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The little that loading needs to know of an ONNX file beyond what the runtime says. Weights are
 * skipped while reading, so that a file of any size costs no memory.
 *
 * @param nodes of the main graph, before the runtime optimises it
 * @param operators that the nodes are of, those of subgraphs too
 * @param overridable inputs of the graph that have an initializer
 * @param signature as the file declares it
 * @param dimensions names of the free dimensions of all inputs
 */
record GraphOutline(
    int nodes,
    Set<String> operators,
    List<ValueInfo> overridable,
    Signature signature,
    Set<String> dimensions) {
  private static final int BUFFER = 1 << 16;

  /** More is not a model but an attack. */
  private static final int DEEPEST = 100;

  GraphOutline {
    operators = Collections.unmodifiableSet(new TreeSet<>(operators));
    overridable = List.copyOf(overridable);
    dimensions = Collections.unmodifiableSet(new LinkedHashSet<>(dimensions));
  }

  /** The outline; empty if the file is not an ONNX protobuf, for instance in the .ort format. */
  static Optional<GraphOutline> of(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      CodedInputStream coded = CodedInputStream.newInstance(in, BUFFER);
      coded.setSizeLimit(Integer.MAX_VALUE);
      for (int tag = coded.readTag(); tag != 0; tag = coded.readTag()) {
        if (WireFormat.getTagFieldNumber(tag) == OnnxMl.ModelProto.GRAPH_FIELD_NUMBER
            && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
          int limit = coded.pushLimit(coded.readRawVarint32());
          GraphOutline outline = graph(coded);
          coded.popLimit(limit);
          return Optional.of(outline);
        }
        coded.skipField(tag);
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static GraphOutline graph(CodedInputStream coded) throws IOException {
    int nodes = 0;
    Set<String> operators = new HashSet<>();
    Set<String> initializers = new HashSet<>();
    List<OnnxMl.ValueInfoProto> inputs = new ArrayList<>();
    List<OnnxMl.ValueInfoProto> outputs = new ArrayList<>();
    for (int tag = coded.readTag(); tag != 0; tag = coded.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case OnnxMl.GraphProto.NODE_FIELD_NUMBER -> {
          nodes++;
          within(coded, () -> node(coded, operators, 0));
        }
        case OnnxMl.GraphProto.INITIALIZER_FIELD_NUMBER -> initializers.add(name(coded));
        case OnnxMl.GraphProto.INPUT_FIELD_NUMBER -> inputs.add(value(coded));
        case OnnxMl.GraphProto.OUTPUT_FIELD_NUMBER -> outputs.add(value(coded));
        default -> coded.skipField(tag);
      }
    }
    Map<Boolean, List<ValueInfo>> hasInitializer =
        inputs.stream()
            .map(GraphSignatures::value)
            .collect(Collectors.partitioningBy(input -> initializers.contains(input.name())));
    List<ValueInfo> overridable = hasInitializer.getOrDefault(true, List.of());
    Signature signature =
        new Signature(
            hasInitializer.getOrDefault(false, List.of()),
            overridable,
            outputs.stream().map(GraphSignatures::value).toList());
    return new GraphOutline(nodes, operators, overridable, signature, names(inputs));
  }

  private static OnnxMl.ValueInfoProto value(CodedInputStream coded) throws IOException {
    return coded.readMessage(
        OnnxMl.ValueInfoProto.parser(), ExtensionRegistryLite.getEmptyRegistry());
  }

  private static Set<String> names(List<OnnxMl.ValueInfoProto> inputs) {
    Set<String> names = new LinkedHashSet<>();
    inputs.stream()
        .flatMap(input -> GraphSignatures.value(input).shape().stream())
        .map(Dim::name)
        .filter(Objects::nonNull)
        .forEach(names::add);
    return names;
  }

  private static void node(CodedInputStream coded, Set<String> operators, int depth)
      throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("graphs are nested too deeply");
    }
    String operator = "";
    String domain = "";
    for (int tag = coded.readTag(); tag != 0; tag = coded.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case OnnxMl.NodeProto.OP_TYPE_FIELD_NUMBER -> operator = coded.readString();
        case OnnxMl.NodeProto.DOMAIN_FIELD_NUMBER -> domain = coded.readString();
        case OnnxMl.NodeProto.ATTRIBUTE_FIELD_NUMBER ->
            within(coded, () -> attribute(coded, operators, depth));
        default -> coded.skipField(tag);
      }
    }
    operators.add(OnnxGraph.qualified(domain, operator));
  }

  private static void attribute(CodedInputStream coded, Set<String> operators, int depth)
      throws IOException {
    for (int tag = coded.readTag(); tag != 0; tag = coded.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case OnnxMl.AttributeProto.G_FIELD_NUMBER, OnnxMl.AttributeProto.GRAPHS_FIELD_NUMBER ->
            within(coded, () -> subgraph(coded, operators, depth + 1));
        default -> coded.skipField(tag);
      }
    }
  }

  private static void subgraph(CodedInputStream coded, Set<String> operators, int depth)
      throws IOException {
    for (int tag = coded.readTag(); tag != 0; tag = coded.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == OnnxMl.GraphProto.NODE_FIELD_NUMBER) {
        within(coded, () -> node(coded, operators, depth));
      } else {
        coded.skipField(tag);
      }
    }
  }

  private static String name(CodedInputStream coded) throws IOException {
    int limit = coded.pushLimit(coded.readRawVarint32());
    String name = "";
    for (int tag = coded.readTag(); tag != 0; tag = coded.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == OnnxMl.TensorProto.NAME_FIELD_NUMBER) {
        name = coded.readString();
      } else {
        coded.skipField(tag);
      }
    }
    coded.popLimit(limit);
    return name;
  }

  private interface Read {
    void run() throws IOException;
  }

  /** Reads a message that is part of another. */
  private static void within(CodedInputStream coded, Read read) throws IOException {
    int size = coded.readRawVarint32();
    int limit = coded.pushLimit(size);
    read.run();
    coded.popLimit(limit);
  }
}
