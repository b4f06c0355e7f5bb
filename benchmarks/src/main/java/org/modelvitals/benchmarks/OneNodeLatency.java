package org.modelvitals.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.modelvitals.checks.budget.LatencyProbe;
import org.modelvitals.checks.budget.LatencySpec;

/**
 * What the latency probe reports for a model of one node, against the floor: the time of the
 * runtime's cheapest call (inputs and outputs bound) in a loop with nothing else in it, not even a
 * clock. The loop is timed in blocks, and the median block counts: what the machine does besides
 * hits a few of them.
 */
final class OneNodeLatency {
  private static final double BAR = 1.5e-6;
  private static final int CALLS = 100_000;
  private static final int BLOCK = 100;
  private static final String MODEL = "org/modelvitals/checks/budget/identity.onnx";

  private OneNodeLatency() {}

  static Result measure(int pairs) throws Exception {
    Path model = Projects.scratch().resolve("identity.onnx");
    try (InputStream in =
        Objects.requireNonNull(LatencyProbe.class.getClassLoader()).getResourceAsStream(MODEL)) {
      Files.copy(Objects.requireNonNull(in, MODEL), model, StandardCopyOption.REPLACE_EXISTING);
    }
    LatencySpec declaration = LatencySpec.latency().calls(CALLS).warmup(CALLS, 0.1);
    LatencyProbe probe = new LatencyProbe();
    double[] ours = new double[pairs];
    double[] floor = new double[pairs];
    try (BenchmarkContext context = new BenchmarkContext(model, 1)) {
      floor(model);
      probe.probe(declaration, context);
      for (int i = 0; i < pairs; i++) {
        floor[i] = floor(model);
        ours[i] = BenchmarkContext.value(probe.probe(declaration, context), "p50");
      }
    }
    double[] over = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      over[i] = ours[i] - floor[i];
    }
    double figure = Pairs.quantile(over, 0.5);
    return new Result(
        "p50 that the latency probe reports for a one-node model",
        Words.micros(Pairs.quantile(ours, 0.5)),
        Words.micros(Pairs.quantile(floor, 0.5)),
        Words.format("%+.2f µs", figure * 1e6),
        "≤ +1.5 µs",
        figure <= BAR);
  }

  /** Seconds of a call, as the mean over the median block. */
  private static double floor(Path model) throws OrtException, IOException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(Files.readAllBytes(model), options);
          OnnxTensor input = tensor(environment);
          OnnxTensor output = tensor(environment)) {
        Map<String, OnnxTensor> inputs = Map.of(session.getInputNames().iterator().next(), input);
        Map<String, OnnxValue> outputs = Map.of(session.getOutputNames().iterator().next(), output);
        blocks(session, inputs, outputs);
        return Pairs.quantile(blocks(session, inputs, outputs), 0.5);
      }
    }
  }

  private static OnnxTensor tensor(OrtEnvironment environment) throws OrtException {
    ByteBuffer memory = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(environment, memory.asFloatBuffer(), new long[] {1});
  }

  private static double[] blocks(
      OrtSession session, Map<String, OnnxTensor> inputs, Map<String, OnnxValue> outputs)
      throws OrtException {
    double[] seconds = new double[CALLS / BLOCK];
    for (int block = 0; block < seconds.length; block++) {
      long start = System.nanoTime();
      for (int i = 0; i < BLOCK; i++) {
        session.run(inputs, Set.of(), outputs);
      }
      seconds[block] = (System.nanoTime() - start) / 1e9 / BLOCK;
    }
    return seconds;
  }
}
