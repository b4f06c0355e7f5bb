package org.modelvitals.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.modelvitals.checks.quality.Classification;
import org.modelvitals.checks.quality.ClassificationProbe;
import tools.jackson.databind.json.JsonMapper;

/**
 * The time of a classification pass against a loop over the runtime's binding for Node, in turns,
 * each in a process that stays. The loop keeps the accuracy and nothing else.
 */
final class NodeBinding {
  private static final int BATCH = 16;
  private static final int THREADS = 1;

  private NodeBinding() {}

  static Result measure(int pairs) throws Exception {
    Workload workload = Workload.choose();
    String what =
        "classification of the %s, batch %d; the other is a loop in Node"
            .formatted(workload.name(), BATCH);
    Said installed = installed();
    if (!installed.well()) {
      return new Result(what, "", "", "skipped: " + installed.text(), "", true);
    }
    Classification declaration = workload.declaration(BATCH);
    ClassificationProbe probe = new ClassificationProbe();
    try (BenchmarkContext context = new BenchmarkContext(workload.model(), THREADS);
        Loop node = new Loop(Path.of(installed.text()), workload)) {
      double accuracy = BenchmarkContext.value(probe.probe(declaration, context), "accuracy");
      if (Math.abs(accuracy - node.pass()) > 1e-9) {
        throw new IllegalStateException("the two disagree on the accuracy " + accuracy);
      }
      Pairs times = Pairs.time(2, pairs, () -> probe.probe(declaration, context), node::pass);
      return new Result(
          what,
          Words.millis(times.ours()),
          Words.millis(times.bare()),
          Words.format("%.3f (%s)", times.ratio(), times.spread()),
          "",
          true);
    }
  }

  /**
   * What the script says that installs the binding.
   *
   * @param text its folder, or why there is none
   */
  private record Said(boolean well, String text) {}

  private static Said installed() throws IOException, InterruptedException {
    Process script =
        new ProcessBuilder("bash", Projects.root().resolve("benchmarks/node-binding").toString())
            .redirectErrorStream(true)
            .start();
    String text =
        new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Said(script.waitFor() == 0, text.substring(text.lastIndexOf('\n') + 1));
  }

  /** A process of Node that makes a pass for every line that it is sent. */
  private static final class Loop implements AutoCloseable {
    private final Process process;
    private final Writer to;
    private final BufferedReader from;

    Loop(Path folder, Workload workload) throws IOException {
      Path script = Projects.scratch().resolve("loop.cjs");
      try (var source = Objects.requireNonNull(NodeBinding.class.getResourceAsStream("loop.cjs"))) {
        Files.write(script, source.readAllBytes());
      }
      Map<String, Object> work = new LinkedHashMap<>();
      work.put("binding", folder.toString());
      work.put("model", workload.model().toString());
      work.put("data", workload.data().toString());
      work.put("input", workload.input());
      work.put("classes", workload.classes());
      work.put("batch", BATCH);
      work.put("threads", THREADS);
      process =
          new ProcessBuilder(
                  "node", script.toString(), JsonMapper.shared().writeValueAsString(work))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      to = process.outputWriter(StandardCharsets.UTF_8);
      from = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Makes a pass; returns its accuracy. */
    double pass() throws IOException {
      to.write("pass\n");
      to.flush();
      String answer = from.readLine();
      if (answer == null) {
        throw new IllegalStateException("the loop in Node ended");
      }
      return Double.parseDouble(answer);
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
