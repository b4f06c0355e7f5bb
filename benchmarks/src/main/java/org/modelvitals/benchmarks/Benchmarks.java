package org.modelvitals.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs every benchmark, prints the table, and writes it into {@code benchmarks/README.md} with the
 * machine and the date. Words in the system property {@code modelvitals.benchmarks} choose among
 * them by a part of their names; then nothing is written.
 */
public final class Benchmarks {
  private static final String BEGIN = "<!-- figures: written by benchmarks/run -->";
  private static final String END = "<!-- end of figures -->";

  private record Benchmark(String name, Callable<List<Result>> run) {}

  private static final List<Benchmark> ALL =
      List.of(
          new Benchmark("classification-time", () -> ClassificationTime.measure(31)),
          new Benchmark("classification-memory", () -> List.of(ClassificationMemory.measure())),
          new Benchmark("shared-passes", () -> List.of(SharedPasses.measure(3))),
          new Benchmark("parallel-batches", () -> ParallelBatches.measure(9)),
          new Benchmark("early-decision", () -> List.of(EarlyDecision.measure(5))),
          new Benchmark("whole-runs", () -> List.of(WholeRuns.measure(7))),
          new Benchmark("node-binding", () -> List.of(NodeBinding.measure(15))),
          new Benchmark("one-node-latency", () -> List.of(OneNodeLatency.measure(9))),
          new Benchmark("perplexity-time", () -> List.of(PerplexityTime.measure(31))),
          new Benchmark("decoding-time", () -> DecodingTime.measure(31)),
          new Benchmark("decoding-allocation", DecodingAllocation::measure),
          new Benchmark("trivial-checks", TrivialChecks::measure),
          new Benchmark("suite-discovery", () -> List.of(SuiteDiscovery.measure())),
          new Benchmark("million-rows", () -> List.of(MillionRows.measure())));

  private Benchmarks() {}

  public static void main(String[] arguments) throws Exception {
    List<String> chosen =
        Arrays.stream(System.getProperty("modelvitals.benchmarks", "").split(" "))
            .filter(word -> !word.isEmpty())
            .toList();
    List<Result> results = new ArrayList<>();
    System.out.print(Result.HEADER);
    for (Benchmark benchmark : ALL) {
      if (!chosen.isEmpty() && chosen.stream().noneMatch(benchmark.name::contains)) {
        continue;
      }
      for (Result result : benchmark.run.call()) {
        System.out.println(result.line());
        results.add(result);
      }
    }
    if (chosen.isEmpty()) {
      write(results);
    }
    if (!results.stream().allMatch(Result::holds)) {
      throw new IllegalStateException("a bar was missed");
    }
  }

  private static void write(List<Result> results) throws IOException {
    Path readme = Projects.root().resolve("benchmarks/README.md");
    String text = Files.readString(readme);
    StringBuilder figures = new StringBuilder();
    figures.append(BEGIN).append("\n").append(machine()).append("\n\n").append(Result.HEADER);
    results.forEach(result -> figures.append(result.line()).append("\n"));
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    Files.writeString(readme, text.substring(0, begin) + figures + text.substring(end));
  }

  private static String machine() throws IOException {
    return String.format(
        Locale.ROOT,
        "%s: %s, %d cores, %s %s, JDK %s, ONNX Runtime %s.",
        LocalDate.now(ZoneOffset.UTC),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.version(),
        version());
  }

  private static @Nullable String version() {
    return ai.onnxruntime.OrtEnvironment.class.getPackage().getImplementationVersion();
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    return Files.isReadable(info)
        ? Files.readAllLines(info).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown processor")
        : "unknown processor";
  }
}
