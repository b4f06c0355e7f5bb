package org.modelvitals.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.modelvitals.checks.quality.Regression;
import org.modelvitals.checks.quality.RegressionProbe;
import org.modelvitals.data.DataSpec;
import org.modelvitals.reading.Reading;

/**
 * A CSV of a million rows through the regression of the examples, in a heap of 128 MiB: rows a
 * second, against a loop that splits lines by hand.
 */
final class MillionRows {
  private static final int ROWS = 1_000_000;
  private static final int BATCH = 1024;
  private static final List<String> OPTIONS = List.of("-Xmx128m");

  private MillionRows() {}

  static Result measure() throws Exception {
    Path data = data();
    try {
      double[] ours = new double[3];
      double[] bare = new double[3];
      for (int i = 0; i < ours.length; i++) {
        Child.Said suite = Child.run(MillionRows.class, OPTIONS, "ours", data.toString());
        Child.Said loop = Child.run(MillionRows.class, OPTIONS, "bare", data.toString());
        if (Math.abs(suite.number("mae") - loop.number("mae")) > 1e-3) {
          throw new IllegalStateException("the two disagree: " + suite + " and " + loop);
        }
        ours[i] = ROWS / suite.number("seconds");
        bare[i] = ROWS / loop.number("seconds");
      }
      double suite = Pairs.quantile(ours, 0.5);
      double loop = Pairs.quantile(bare, 0.5);
      return new Result(
          "a CSV of a million rows through a tiny model, -Xmx128m",
          Words.format("%,.0f rows/s", suite),
          Words.format("%,.0f rows/s", loop),
          Words.format("%.2f of the time", loop / suite),
          "finishes in 128 MiB",
          true);
    } finally {
      Files.delete(data);
    }
  }

  private static Path data() throws IOException {
    Path file = Projects.scratch().resolve("million.csv");
    List<String> example =
        Files.readAllLines(Projects.examples().resolve("data/diabetes-test.csv"));
    SplittableRandom random = new SplittableRandom(42);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(example.get(0) + "\n");
      for (int row = 0; row < ROWS; row++) {
        for (int column = 0; column < 10; column++) {
          out.write(String.format(Locale.ROOT, "%.6f,", random.nextDouble(-0.1, 0.1)));
        }
        out.write(random.nextInt(25, 346) + "\n");
      }
    }
    return file;
  }

  public static void main(String[] arguments) throws Exception {
    Path model = Projects.examples().resolve("models/diabetes.onnx");
    Path data = Path.of(arguments[1]);
    long start = System.nanoTime();
    double mae = arguments[0].equals("ours") ? ours(model, data) : bare(model, data);
    Child.say("seconds", (System.nanoTime() - start) / 1e9);
    Child.say("mae", mae);
  }

  private static double ours(Path model, Path data) {
    Regression declaration =
        Regression.regression(DataSpec.csv(data.toString()).batch(BATCH)).target("progression");
    try (BenchmarkContext context = new BenchmarkContext(model, 1)) {
      Reading reading = new RegressionProbe().probe(declaration, context);
      return BenchmarkContext.value(reading, "mae");
    }
  }

  /** Mean absolute and squared error, and R², as the probe; the rest of its figures it lacks. */
  private static double bare(Path model, Path data) throws OrtException, IOException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    ByteBuffer memory = ByteBuffer.allocateDirect(4 * 10 * BATCH).order(ByteOrder.nativeOrder());
    FloatBuffer features = memory.asFloatBuffer();
    double[] targets = new double[BATCH];
    double[] sums = new double[4];
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        BufferedReader lines = Files.newBufferedReader(data)) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(model.toString(), options)) {
        lines.readLine();
        int pending = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          int from = 0;
          for (int column = 0; column < 10; column++) {
            int to = line.indexOf(',', from);
            features.put(Float.parseFloat(line.substring(from, to)));
            from = to + 1;
          }
          targets[pending++] = Double.parseDouble(line.substring(from));
          if (pending == BATCH) {
            run(environment, session, features.flip(), targets, pending, sums);
            features.clear();
            pending = 0;
          }
        }
        if (pending > 0) {
          run(environment, session, features.flip(), targets, pending, sums);
        }
      }
    }
    Child.say("r2", 1 - sums[1] / (sums[3] - sums[2] * sums[2] / ROWS));
    return sums[0] / ROWS;
  }

  private static void run(
      OrtEnvironment environment,
      OrtSession session,
      FloatBuffer features,
      double[] targets,
      int rows,
      double[] sums)
      throws OrtException {
    String name = session.getInputNames().iterator().next();
    try (OnnxTensor input = OnnxTensor.createTensor(environment, features, new long[] {rows, 10});
        OrtSession.Result result = session.run(Map.of(name, input))) {
      FloatBuffer outputs = ((OnnxTensor) result.get(0)).getFloatBuffer();
      for (int i = 0; i < rows; i++) {
        double error = outputs.get(i) - targets[i];
        sums[0] += Math.abs(error);
        sums[1] += error * error;
        sums[2] += targets[i];
        sums[3] += targets[i] * targets[i];
      }
    }
  }
}
