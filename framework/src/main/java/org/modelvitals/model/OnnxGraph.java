package org.modelvitals.model;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an ONNX file says of itself, read as data, without the runtime.
 *
 * @param irVersion version of the file format
 * @param opsets version of each operator set that is imported; the ONNX one is called {@code
 *     ai.onnx}
 * @param operators how many nodes of each operator there are, those in subgraphs included;
 *     operators of other domains are called {@code domain::Operator}
 * @param parameters number of elements of all initializers
 * @param nonFinite for each initializer with NaN or infinite elements, how many
 * @param externalFiles files beside the model that hold initializers
 * @param initializerInputs names of inputs that have an initializer and may be left out
 * @param signature as the graph declares it; the runtime may infer more of the outputs' shapes
 */
public record OnnxGraph(
    long irVersion,
    Map<String, Long> opsets,
    String producer,
    String producerVersion,
    String description,
    Map<String, String> metadata,
    Map<String, Long> operators,
    long parameters,
    Map<String, Long> nonFinite,
    Set<String> externalFiles,
    Set<String> initializerInputs,
    Signature signature) {

  /** ONNX files nest graphs in graphs; more than this is not a model but an attack. */
  private static final int RECURSION_LIMIT = 200;

  public OnnxGraph {
    opsets = java.util.Collections.unmodifiableMap(new TreeMap<>(opsets));
    metadata = java.util.Collections.unmodifiableMap(new TreeMap<>(metadata));
    operators = java.util.Collections.unmodifiableMap(new TreeMap<>(operators));
    nonFinite = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(nonFinite));
    externalFiles = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(externalFiles));
    initializerInputs =
        java.util.Collections.unmodifiableSet(new LinkedHashSet<>(initializerInputs));
  }

  /**
   * Reads a model file.
   *
   * @throws ModelException with reason {@code INVALID_MODEL} if it is not an ONNX protobuf
   */
  public static OnnxGraph read(Path path) {
    ModelFiles.requireModel(ModelFiles.identify(path));
    return of(parse(path), path);
  }

  /**
   * Reads a model file, unless it is in ONNX Runtime's own format ({@code .ort}).
   *
   * @throws ModelException with reason {@code INVALID_MODEL} if it is neither
   */
  public static Optional<OnnxGraph> readIfOnnx(Path path) {
    ModelFile file = ModelFiles.identify(path);
    ModelFiles.requireModel(file);
    return ModelFiles.isOrtFormat(file) ? Optional.empty() : Optional.of(read(path));
  }

  /**
   * The operators of a model file's nodes, those of subgraphs too. Weights are passed over, so that
   * this costs little for a file of any size; empty if the file is no ONNX protobuf.
   */
  public static Set<String> operators(Path path) {
    return GraphOutline.of(path).map(GraphOutline::operators).orElse(Set.of());
  }

  /**
   * The signature that a model file declares. Weights are passed over; empty if the file is no ONNX
   * protobuf.
   */
  public static Optional<Signature> signature(Path path) {
    return GraphOutline.of(path).map(GraphOutline::signature);
  }

  static String qualified(String domain, String operator) {
    return domain(domain).equals("ai.onnx") ? operator : domain + "::" + operator;
  }

  static OnnxMl.ModelProto parse(Path path) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      CodedInputStream coded = CodedInputStream.newInstance(in);
      coded.setSizeLimit(Integer.MAX_VALUE);
      coded.setRecursionLimit(RECURSION_LIMIT);
      return OnnxMl.ModelProto.parseFrom(coded);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(
          ModelException.Reason.INVALID_MODEL,
          "%s is not a valid ONNX file, it may be truncated or damaged: %s"
              .formatted(path, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new ModelException(
          ModelException.Reason.INVALID_MODEL, "%s cannot be read: %s".formatted(path, e), e);
    }
  }

  private static OnnxGraph of(OnnxMl.ModelProto model, Path path) {
    Map<String, Long> opsets = new TreeMap<>();
    model
        .getOpsetImportList()
        .forEach(opset -> opsets.put(domain(opset.getDomain()), opset.getVersion()));
    Map<String, String> metadata = new TreeMap<>();
    model.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    Walk walk = new Walk(path);
    walk.graph(model.getGraph(), 0);
    model
        .getFunctionsList()
        .forEach(function -> function.getNodeList().forEach(n -> walk.node(n, 0)));
    Set<String> initializers = new LinkedHashSet<>();
    model.getGraph().getInitializerList().forEach(tensor -> initializers.add(tensor.getName()));
    Set<String> overridable = new LinkedHashSet<>();
    model.getGraph().getInputList().stream()
        .map(OnnxMl.ValueInfoProto::getName)
        .filter(initializers::contains)
        .forEach(overridable::add);
    return new OnnxGraph(
        model.getIrVersion(),
        opsets,
        model.getProducerName(),
        model.getProducerVersion(),
        model.getDocString(),
        metadata,
        walk.operators,
        walk.parameters,
        walk.nonFinite,
        walk.externalFiles,
        overridable,
        GraphSignatures.of(model.getGraph()));
  }

  /** The file without these initializers, so that the inputs of their names must be fed. */
  static byte[] without(Path path, Set<String> initializers) {
    OnnxMl.ModelProto.Builder model = parse(path).toBuilder();
    OnnxMl.GraphProto.Builder graph = model.getGraphBuilder();
    for (int i = graph.getInitializerCount() - 1; i >= 0; i--) {
      if (initializers.contains(graph.getInitializer(i).getName())) {
        graph.removeInitializer(i);
      }
    }
    return model.build().toByteArray();
  }

  private static String domain(String written) {
    return written.isEmpty() ? "ai.onnx" : written;
  }

  /** The version of the ONNX operator set. */
  public Optional<Long> opset() {
    return Optional.ofNullable(opsets.get("ai.onnx"));
  }

  /** External files that do not lie beside the model. */
  public List<String> missingExternalFiles(Path model) {
    Path folder = model.toAbsolutePath().getParent();
    List<String> missing = new ArrayList<>();
    for (String name : externalFiles) {
      if (folder == null || !Files.isRegularFile(folder.resolve(name))) {
        missing.add(name);
      }
    }
    return missing;
  }

  private static final class Walk {
    private final Path path;
    private final Map<String, Long> operators = new TreeMap<>();
    private final Map<String, Long> nonFinite = new LinkedHashMap<>();
    private final Set<String> externalFiles = new LinkedHashSet<>();
    private long parameters;

    private Walk(Path path) {
      this.path = path;
    }

    private void graph(OnnxMl.GraphProto graph, int depth) {
      graph.getInitializerList().forEach(this::initializer);
      graph.getNodeList().forEach(node -> node(node, depth));
    }

    private void node(OnnxMl.NodeProto node, int depth) {
      String name = qualified(node.getDomain(), node.getOpType());
      operators.merge(name, 1L, Long::sum);
      for (OnnxMl.AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          graph(attribute.getG(), depth + 1);
        }
        attribute.getGraphsList().forEach(graph -> graph(graph, depth + 1));
        if (attribute.hasT() && node.getOpType().equals("Constant")) {
          initializer(attribute.getT().toBuilder().setName(node.getOutput(0)).build());
        }
      }
    }

    private void initializer(OnnxMl.TensorProto tensor) {
      long size = 1;
      for (long dim : tensor.getDimsList()) {
        size *= Math.max(0, dim);
      }
      parameters += size;
      if (tensor.getDataLocation() == OnnxMl.TensorProto.DataLocation.EXTERNAL) {
        tensor.getExternalDataList().stream()
            .filter(entry -> entry.getKey().equals("location"))
            .forEach(entry -> externalFiles.add(entry.getValue()));
      }
      long count = TensorProtos.countNonFinite(tensor, path);
      if (count > 0) {
        nonFinite.put(tensor.getName(), count);
      }
    }
  }
}
