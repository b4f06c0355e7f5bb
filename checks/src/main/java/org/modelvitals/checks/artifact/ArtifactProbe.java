package org.modelvitals.checks.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.ModelPool;
import org.modelvitals.model.OnnxGraph;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.model.Signature;
import org.modelvitals.model.ValueInfo;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;

/**
 * Reads the model file as data. Loads it too, without running it, but measures first what needs no
 * loading: a model that does not load is told as such, beside everything else that is known of it.
 */
public final class ArtifactProbe implements ProbeType<ArtifactSpec> {
  private static final String LOADS = "yes";

  @Override
  public String keyword() {
    return "artifact";
  }

  @Override
  public Class<ArtifactSpec> specification() {
    return ArtifactSpec.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        new MeasurementInfo(
            "opset",
            "domain",
            false,
            Unit.NUMBER,
            false,
            "Version of the ONNX operator set, or of the set of another domain."),
        MeasurementInfo.number("ir version", Unit.NUMBER, "Version of the ONNX file format."),
        MeasurementInfo.number(
            "size", Unit.BYTES, "Size of the file on disk, with its external data."),
        MeasurementInfo.text("sha256", "SHA-256 of the file, in lower-case hexadecimal."),
        MeasurementInfo.text("producer", "The tool that wrote the file."),
        MeasurementInfo.text("producer version", "Version of the tool that wrote the file."),
        MeasurementInfo.text("description", "What the model's own documentation string says."),
        MeasurementInfo.textOfParts("metadata", "key", "An entry of the model's metadata."),
        MeasurementInfo.text("inputs", "Names of the inputs that must be fed, comma-separated."),
        MeasurementInfo.text("outputs", "Names of the outputs, comma-separated."),
        MeasurementInfo.textOfParts(
            "input", "name", "Type and shape of an input, such as float32[batch, 10]."),
        MeasurementInfo.textOfParts(
            "output", "name", "Type and shape of an output, such as float32[batch, 10]."),
        MeasurementInfo.text("operators", "The operators that the model uses, comma-separated."),
        MeasurementInfo.countOfParts(
            "operator",
            "operator",
            "How many nodes of this operator there are, in subgraphs too; 0 if none."),
        MeasurementInfo.number("nodes", Unit.NUMBER, "How many nodes there are, in subgraphs too."),
        MeasurementInfo.number("parameters", Unit.NUMBER, "Elements of all weights."),
        MeasurementInfo.number(
            "non-finite weights",
            Unit.NUMBER,
            "Elements of the weights that are NaN or infinite; must be 0. A single infinity, and a"
                + " mask of 0 and -infinity, are constants and not counted."),
        MeasurementInfo.number(
            "missing external data",
            Unit.NUMBER,
            "Files with weights that do not lie beside the model; must be 0."),
        MeasurementInfo.text(
            "loads",
            "Whether the runtime loads the model, on the CPU: yes, or no and why; must be yes."));
  }

  @Override
  public List<Expectation> implied(ArtifactSpec specification) {
    return List.of(
        Artifact.loads().is(LOADS),
        Artifact.nonFiniteWeights().isEqualTo(0),
        Artifact.missingExternalData().isEqualTo(0));
  }

  @Override
  public Reading probe(ArtifactSpec specification, ProbeContext context) throws IOException {
    ModelFile file = context.modelFile();
    Optional<OnnxGraph> graph = OnnxGraph.readIfOnnx(file.path());
    Loaded loaded = load(context, graph);
    Reading.Builder reading = Reading.builder();
    graph.ifPresentOrElse(
        known -> format(known, reading), () -> unknownFormat(reading, "opset", "ir version"));
    reading.add(Measurement.exact("size", size(file, graph), Unit.BYTES));
    reading.add(Measurement.text("sha256", file.sha256()));
    graph.ifPresent(known -> origin(known, reading));
    signature(loaded.signature(), reading);
    graph.ifPresentOrElse(
        known -> content(known, file.path(), reading),
        () ->
            unknownFormat(
                reading, "nodes", "parameters", "non-finite weights", "missing external data"));
    reading.add(Measurement.text("loads", loaded.outcome()));
    return reading.build();
  }

  private record Loaded(Signature signature, String outcome) {}

  /**
   * The signature as the runtime infers it, or as the graph declares it where the runtime does not
   * load the model. What the runtime lacks, and not the model, is a reason to skip, unless there is
   * a failure that needs no runtime.
   */
  private static Loaded load(ProbeContext context, Optional<OnnxGraph> graph) {
    try {
      return new Loaded(signature(context), LOADS);
    } catch (ModelException e) {
      boolean fault =
          e.reason() == ModelException.Reason.INVALID_MODEL
              || (e.reason() == ModelException.Reason.NOT_IMPLEMENTED
                  && graph.filter(known -> isSick(known, context.modelFile())).isPresent());
      if (!fault || graph.isEmpty()) {
        throw e;
      }
      return new Loaded(graph.get().signature(), "no: " + e.getMessage());
    }
  }

  private static boolean isSick(OnnxGraph graph, ModelFile file) {
    return !graph.nonFinite().isEmpty() || !graph.missingExternalFiles(file.path()).isEmpty();
  }

  /** What the file is does not depend on the device that the suite asks for. */
  private static Signature signature(ProbeContext context) {
    if (context.device().name() == Device.CPU) {
      return context.model().signature();
    }
    SessionSpec asked = context.session();
    SessionSpec session =
        new SessionSpec(
            null,
            null,
            SessionSpec.Optimization.NONE,
            SessionSpec.Execution.SEQUENTIAL,
            false,
            asked.dimensions(),
            Map.of());
    try (Model model =
        new ModelPool().acquire(context.modelFile().path(), DeviceSpec.CPU, session)) {
      return model.signature();
    }
  }

  private static void unknownFormat(Reading.Builder reading, String... names) {
    for (String name : names) {
      reading.add(
          Measurement.undefined(
              name, Unit.NUMBER, 0, "the file is in ONNX Runtime's own format, which hides it"));
    }
  }

  private static double size(ModelFile file, Optional<OnnxGraph> graph) throws IOException {
    double size = file.size();
    if (graph.isPresent()) {
      for (String name : graph.get().externalFiles()) {
        Path beside = file.path().resolveSibling(name);
        size += Files.isRegularFile(beside) ? Files.size(beside) : 0;
      }
    }
    return size;
  }

  private static void format(OnnxGraph graph, Reading.Builder reading) {
    graph
        .opset()
        .ifPresentOrElse(
            version -> reading.add(Measurement.exact("opset", (double) version, Unit.NUMBER)),
            () ->
                reading.add(
                    Measurement.undefined(
                        "opset", Unit.NUMBER, 0, "the model imports no ONNX operator set")));
    graph
        .opsets()
        .forEach(
            (domain, version) ->
                reading.add(
                    Measurement.exact("opset[" + domain + "]", (double) version, Unit.NUMBER)));
    reading.add(Measurement.exact("ir version", (double) graph.irVersion(), Unit.NUMBER));
  }

  private static void origin(OnnxGraph graph, Reading.Builder reading) {
    reading.add(Measurement.text("producer", graph.producer()));
    reading.add(Measurement.text("producer version", graph.producerVersion()));
    reading.add(Measurement.text("description", graph.description()));
    graph
        .metadata()
        .forEach((key, value) -> reading.add(Measurement.text("metadata[" + key + "]", value)));
  }

  private static void signature(Signature signature, Reading.Builder reading) {
    reading.add(Measurement.text("inputs", names(signature.inputs())));
    reading.add(Measurement.text("outputs", names(signature.outputs())));
    List<List<String>> rows = new ArrayList<>();
    Stream.concat(signature.inputs().stream(), signature.overridable().stream())
        .forEach(info -> value("input", info, reading, rows));
    signature.outputs().forEach(info -> value("output", info, reading, rows));
    reading.add(new Evidence.Table("Signature", "", List.of("", "name", "type"), rows));
  }

  private static void value(
      String direction, ValueInfo info, Reading.Builder reading, List<List<String>> rows) {
    reading.add(Measurement.text(direction + "[" + info.name() + "]", info.description()));
    rows.add(List.of(direction, info.name(), info.description()));
  }

  private static String names(List<ValueInfo> values) {
    return values.stream().map(ValueInfo::name).collect(Collectors.joining(", "));
  }

  private static void content(OnnxGraph graph, Path file, Reading.Builder reading) {
    Map<String, Long> operators = graph.operators();
    reading.add(Measurement.text("operators", String.join(", ", operators.keySet())));
    operators.forEach(
        (name, count) ->
            reading.add(Measurement.exact("operator[" + name + "]", (double) count, Unit.NUMBER)));
    double nodes = operators.values().stream().mapToLong(Long::longValue).sum();
    reading.add(Measurement.exact("nodes", nodes, Unit.NUMBER));
    reading.add(Measurement.exact("parameters", (double) graph.parameters(), Unit.NUMBER));
    Map<String, Long> bad = graph.nonFinite();
    reading.add(
        Measurement.exact(
            "non-finite weights",
            (double) bad.values().stream().mapToLong(Long::longValue).sum(),
            Unit.NUMBER));
    List<String> missing = graph.missingExternalFiles(file);
    reading.add(Measurement.exact("missing external data", missing.size(), Unit.NUMBER));
    reading.add(
        new Evidence.Bars(
            "Operators",
            "",
            Unit.NUMBER,
            operators.entrySet().stream()
                .map(e -> new Evidence.Bars.Bar(e.getKey(), (double) e.getValue(), null))
                .toList()));
    if (!bad.isEmpty()) {
      reading.add(nonFiniteTable(bad));
    }
    if (!missing.isEmpty()) {
      reading.add(
          new Evidence.Note(
              "Missing external data", "not beside the model: " + String.join(", ", missing)));
    }
  }

  private static Evidence nonFiniteTable(Map<String, Long> bad) {
    List<List<String>> rows =
        bad.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue().toString())).toList();
    String first =
        rows.stream()
            .limit(3)
            .map(row -> "%s (%s)".formatted(row.get(0), row.get(1)))
            .collect(Collectors.joining(", "));
    return new Evidence.Table(
        "Weights that are NaN or infinite",
        "NaN or infinite elements are in %s%s"
            .formatted(
                first, rows.size() > 3 ? " and %d more tensors".formatted(rows.size() - 3) : ""),
        List.of("tensor", "elements"),
        rows);
  }
}
