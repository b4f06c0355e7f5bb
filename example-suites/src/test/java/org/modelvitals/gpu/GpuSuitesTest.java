package org.modelvitals.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.model.Device;
import org.modelvitals.reading.Evidence;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.RunRecordJson;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

/** What a suite is told of the device that it asks for, on a GPU in software. */
class GpuSuitesTest {
  private static final Path EXAMPLES = Path.of("").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void a_suite_that_is_sent_to_the_gpu_from_outside_runs_there() throws Exception {
    SuiteRecord suite =
        run(EXAMPLES.resolve("suites/grammar.vitals.yaml"), "-Dmodelvitals.device=webgpu");
    assertThat(suite.device().asked()).isEqualTo("webgpu");
    assertThat(suite.device().nodes().get(Device.WEBGPU.provider())).isGreaterThan(50);
    assertThat(suite.checks())
        .allSatisfy(check -> assertThat(check.verdict().status()).isEqualTo(Status.PASSED));
  }

  /** In softmax and its neighbours everything is on the GPU; shapes are computed on the CPU. */
  @Test
  void what_falls_back_to_the_cpu_is_counted_timed_and_named() throws Exception {
    Path model = EXAMPLES.resolve("models/grammar-lm/model.onnx");
    Path suite =
        Files.writeString(
            folder.resolve("placement.vitals.yaml"),
            """
            model: '%s'
            device: webgpu
            checks:
              on the gpu:
                placement: {calls: 5}
                expect:
                  nodes[webgpu]: "> 50"
                  operators[webgpu]: contains MatMul, Softmax
                  operators[cpu]: none of MatMul, Softmax
                  time outside: <= 20 %%
              nothing beside:
                placement: {calls: 5}
                expect: {nodes outside: 0}
            """
                .formatted(model));
    List<CheckRecord> checks = run(suite).checks();
    assertThat(checks.get(0).verdict().status())
        .as(checks.get(0).verdict().toString())
        .isEqualTo(Status.PASSED);
    assertThat(checks.get(1).verdict().status()).isEqualTo(Status.FAILED);
    assertThat(checks.get(1).evidence())
        .filteredOn(Evidence.Table.class::isInstance)
        .singleElement()
        .satisfies(
            table -> {
              assertThat(table.sentence()).contains("nodes ran outside webgpu; the slowest is the");
              assertThat(((Evidence.Table) table).rows())
                  .extracting(row -> row.get(2))
                  .containsOnly("cpu");
            });
    assertThat(checks.get(0).measurements())
        .filteredOn(measured -> measured.name().equals("time outside"))
        .singleElement()
        .satisfies(
            measured ->
                assertThat(java.util.Objects.requireNonNull(measured.interval()).level())
                    .isEqualTo(0.95));
  }

  @Test
  void a_model_that_runs_elsewhere_than_it_was_asked_to_is_a_verdict() throws Exception {
    Path suite = folder.resolve("indices.vitals.yaml");
    writeModelWithoutGpuKernels(folder.resolve("indices.onnx"));
    Files.writeString(
        suite,
        """
        model: indices.onnx
        device: webgpu
        checks:
          answers:
            latency: {calls: 10, data: {inputs: {x: {constant: [1, 0, 2, 0]}}}}
        """);
    SuiteRecord record = run(suite);
    Verdict verdict = record.checks().get(0).verdict();
    assertThat(verdict.status()).isEqualTo(Status.FAILED);
    assertThat(verdict.reason())
        .contains("asked for webgpu, but none of the model's 1 nodes ran there")
        .contains(Device.CPU.provider());
    assertThat(record.device().nodes()).containsOnlyKeys(Device.CPU.provider());
  }

  @Test
  void a_language_model_says_on_the_gpu_what_it_says_on_the_processor() throws Exception {
    Path suite = folder.resolve("parity.vitals.yaml");
    Files.writeString(
        suite,
        """
        model: %s
        device: webgpu
        checks:
          says what the processor says:
            language-parity: {device: cpu}
            expect: {top-1 agreement: 100 %%, max difference: "<= 0.01"}
        """
            .formatted(EXAMPLES.resolve("models/grammar-lm/model_with_past.onnx")));
    SuiteRecord record = run(suite);
    assertThat(record.device().nodes().get(Device.WEBGPU.provider())).isGreaterThan(50);
    assertThat(record.checks().get(0).verdict().status()).isEqualTo(Status.PASSED);
  }

  /** Without data: inputs are drawn from the signature, and what rounding explains is allowed. */
  @Test
  void any_model_is_held_against_the_processor_without_labels() throws Exception {
    Path suite = folder.resolve("any-parity.vitals.yaml");
    Files.writeString(
        suite,
        """
        model: %s
        device: webgpu
        checks:
          says what the processor says:
            parity: {device: cpu, rows: 16}
            expect: {'arg max agreement[logits]': = 100 %%}
        """
            .formatted(EXAMPLES.resolve("models/digits.onnx")));
    SuiteRecord record = run(suite);
    assertThat(record.device().nodes().get(Device.WEBGPU.provider())).isPositive();
    assertThat(record.checks().get(0).verdict().status()).isEqualTo(Status.PASSED);
    assertThat(record.checks().get(0).measurements())
        .filteredOn(measured -> measured.name().equals("rows"))
        .extracting(measured -> measured.value())
        .containsExactly(16.0);
  }

  /** Indices of the elements that are not zero: WebGPU has no kernel for that. */
  private static void writeModelWithoutGpuKernels(Path file) throws IOException {
    OnnxMl.GraphProto graph =
        OnnxMl.GraphProto.newBuilder()
            .setName("indices")
            .addInput(value("x", OnnxMl.TensorProto.DataType.FLOAT_VALUE, 4))
            .addOutput(value("y", OnnxMl.TensorProto.DataType.INT64_VALUE))
            .addNode(
                OnnxMl.NodeProto.newBuilder().setOpType("NonZero").addInput("x").addOutput("y"))
            .build();
    Files.write(
        file,
        OnnxMl.ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph)
            .build()
            .toByteArray());
  }

  private static OnnxMl.ValueInfoProto value(String name, int type, long... dims) {
    OnnxMl.TypeProto.Tensor.Builder tensor = OnnxMl.TypeProto.Tensor.newBuilder().setElemType(type);
    for (long dim : dims) {
      tensor
          .getShapeBuilder()
          .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
    }
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** Runs a suite in a process of its own, whose native library has WebGPU. */
  private SuiteRecord run(Path suite, String... options) throws Exception {
    List<String> settings = settings();
    Path reports = folder.resolve("reports");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    settings.stream().filter(setting -> setting.startsWith("-D")).forEach(command::add);
    command.addAll(List.of(options));
    command.add("-Dmodelvitals.report.dir=" + reports);
    command.add(RunSuites.class.getName());
    command.add(suite.toString());
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    for (String setting : settings) {
      if (!setting.startsWith("-D")) {
        String[] pair = setting.split("=", 2);
        builder.environment().put(pair[0], pair[1]);
      }
    }
    Process process = builder.start();
    try {
      assertThat(process.waitFor(300, TimeUnit.SECONDS)).as("it ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    Path file = reports.resolve("run-record.json");
    assertThat(file).as(() -> "reports of a process that said " + read(output)).exists();
    RunRecord record = RunRecordJson.read(file);
    assertThat(record.suites()).hasSize(1);
    return record.suites().get(0);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<String> settings() throws IOException {
    String cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(path -> !path.isEmpty())
            .orElse(System.getProperty("user.home") + "/.cache");
    String version =
        String.valueOf(ai.onnxruntime.OrtEnvironment.class.getPackage().getImplementationVersion());
    Path settings = Path.of(cache, "modelvitals", "software-gpu-" + version, "settings");
    assumeTrue(Files.exists(settings), "there is no software GPU; prepare it: .ci/software-gpu");
    return Files.readAllLines(settings);
  }
}
