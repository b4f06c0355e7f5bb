package org.modelvitals.benchmarks;

import static org.modelvitals.checks.budget.Budget.latency;
import static org.modelvitals.checks.budget.Budget.latencyRatio;
import static org.modelvitals.checks.budget.Budget.p50;
import static org.modelvitals.checks.budget.Budget.ratio;
import static org.modelvitals.unit.Quantity.percent;
import static org.modelvitals.unit.Quantity.seconds;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.run.Base;
import org.modelvitals.run.CheckResult;
import org.modelvitals.run.CheckRunner;
import org.modelvitals.run.RunnableSuite;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.SuiteSpec;

/**
 * How often gates on latency are wrong on a busy machine, and how long they take: a model against
 * itself, which should pass, and one with a tenth more of the same work, which should not. Gates of
 * all kinds take turns in random order while a process keeps each core busy. Each gate is a whole
 * run: models are loaded, warmed up, timed and judged.
 *
 * <p>Words in the system property {@code modelvitals.benchmarks} say how many gates of ratios there
 * are over either model (and a fourth as many absolute ones of each kind, for comparison), how many
 * cores are kept busy, and into which file the figures go.
 */
final class GateExperiment {
  private static final double LIMIT = 1.05;
  private static final String HEADER =
      "gate,model,verdict,value,low,high,count,seconds,interference\n";

  private final Path same;
  private final Path slower;
  private double absolute;

  private GateExperiment() throws IOException {
    this.same = copy("layers-20.onnx");
    this.slower = copy("layers-22.onnx");
  }

  /** A kind of gate, over one of the models. */
  private record Gate(String name, boolean slowed) {}

  public static void main(String[] arguments) throws Exception {
    String[] words = System.getProperty("modelvitals.benchmarks", "").split(" ", -1);
    int each = Integer.parseInt(words[0]);
    int busy = Integer.parseInt(words[1]);
    Path file = Projects.root().resolve(words[2]);
    GateExperiment experiment = new GateExperiment();
    List<Process> load = new ArrayList<>();
    try {
      for (int core = 0; core < busy; core++) {
        load.add(busyCore(core));
      }
      experiment.run(each, file);
    } finally {
      load.forEach(Process::destroyForcibly);
    }
    System.out.print(GateTable.of(Files.readAllLines(file)));
  }

  private static Process busyCore(int seed) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                BusyCore.class.getName(),
                Integer.toString(seed))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.start();
  }

  private void run(int each, Path file) throws IOException {
    List<Gate> gates = new ArrayList<>();
    add(gates, "ratio", each);
    add(gates, "absolute", Math.max(1, each / 4));
    add(gates, "absolute, quiet only", Math.max(1, each / 4));
    Collections.shuffle(gates, new Random(1));
    calibrate();
    Files.writeString(file, HEADER);
    long seed = 0;
    for (Gate gate : gates) {
      Files.writeString(file, line(gate, seed++), StandardOpenOption.APPEND);
    }
  }

  private static void add(List<Gate> gates, String name, int each) {
    for (int i = 0; i < each; i++) {
      gates.add(new Gate(name, false));
      gates.add(new Gate(name, true));
    }
  }

  /** What absolute gates allow: 5 % more than the median of eleven runs under the same load. */
  private void calibrate() {
    double[] medians = new double[11];
    for (int i = 0; i < medians.length; i++) {
      CheckResult result = judge(same, latency().check(), i);
      medians[i] = value(result, "p50");
    }
    absolute = LIMIT * Pairs.quantile(medians, 0.5);
  }

  private String line(Gate gate, long seed) {
    HealthCheck check =
        switch (gate.name) {
          case "ratio" -> latencyRatio(same.toString()).expect(ratio().isAtMost(LIMIT));
          case "absolute" ->
              latency()
                  .seconds(10)
                  .interference(percent(100))
                  .expect(p50().isAtMost(seconds(absolute)));
          default -> latency().seconds(10).expect(p50().isAtMost(seconds(absolute)));
        };
    long start = System.nanoTime();
    CheckResult result = judge(gate.slowed ? slower : same, check, seed);
    double seconds = (System.nanoTime() - start) / 1e9;
    Measurement measured =
        result.reading().measurement(gate.name.equals("ratio") ? "ratio" : "p50").orElseThrow();
    Interval interval = Objects.requireNonNull(measured.interval());
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%.6g,%.6g,%.6g,%d,%.2f,%.3f%n",
        gate.name.replace(",", ""),
        gate.slowed ? "slower" : "same",
        result.verdict().status().name().toLowerCase(Locale.ROOT),
        measured.value(),
        interval.low(),
        interval.high(),
        measured.count(),
        seconds,
        value(result, "interference"));
  }

  private static double value(CheckResult result, String measurement) {
    return Objects.requireNonNull(result.reading().measurement(measurement).orElseThrow().value());
  }

  private static CheckResult judge(Path model, HealthCheck check, long seed) {
    CheckSpec named = new CheckSpec("gate", check);
    SuiteSpec suite =
        new SuiteSpec(
            "gates",
            model.toString(),
            DeviceSpec.CPU,
            SessionSpec.DEFAULT,
            Set.of(),
            List.of(named));
    RunnableSuite runnable =
        new RunnableSuite("gates", suite, Base.workingDirectory(), "the experiment");
    ProbeRegistry registry = ProbeRegistry.load(GateExperiment.class.getClassLoader());
    try (CheckRunner runner = new CheckRunner(registry, seed, Optional.empty(), () -> false)) {
      return runner.run(runnable, named);
    }
  }

  private static Path copy(String name) throws IOException {
    Path file = Projects.scratch().resolve(name);
    try (InputStream in =
        Objects.requireNonNull(GateExperiment.class.getResourceAsStream(name), name)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
