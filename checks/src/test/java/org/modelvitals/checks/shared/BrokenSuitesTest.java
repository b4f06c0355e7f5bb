package org.modelvitals.checks.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every odd and broken model, a truncated copy and a bit-flipped copy of each: all get a verdict
 * with a sentence, in one run that goes on and exits normally. The run has a process of its own,
 * because native code that crashed would take this one with it.
 */
class BrokenSuitesTest {
  private static final String CHECKS =
      """
      checks:
        loads:
          artifact: {}
      """;

  @TempDir Path folder;

  /** A verdict as JUnit was told: status, and the sentence of what is not a pass. */
  private record Told(String status, String sentence) {}

  private void write(List<Path> models) throws IOException {
    for (Path model : models) {
      Files.writeString(
          folder.resolve(model.getFileName() + ".vitals.yaml"),
          "name: " + model.getFileName() + "\nmodel: " + model + "\n" + CHECKS);
    }
  }

  private static List<Path> originals() throws IOException {
    List<Path> models = new ArrayList<>();
    for (String name : List.of("graphs", "broken", "ort-rust")) {
      try (Stream<Path> files = Files.list(SharedModels.folder().resolve(name))) {
        files
            .filter(file -> file.toString().matches(".*\\.(onnx|ort)"))
            .sorted()
            .forEach(models::add);
      }
    }
    return models;
  }

  private Path copy(Path model, String how, byte[] bytes) throws IOException {
    Path copies = Files.createDirectories(folder.resolve("models"));
    return Files.write(copies.resolve(how + "-" + model.getFileName()), bytes);
  }

  private Map<String, Told> run() throws Exception {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("crash-%p.log"),
                RunFolder.class.getName(),
                folder.toString())
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("errors.txt").toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
    int status = builder.start().waitFor();
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    assertThat(status).as("exit status; the run ended with %s", last(lines)).isZero();
    assertThat(lines).contains("END");
    Map<String, Told> verdicts = new LinkedHashMap<>();
    for (String line : lines) {
      String[] fields = line.split("\t", 3);
      if (fields[0].startsWith("VERDICT ")) {
        verdicts.put(fields[1], new Told(fields[0].substring(8), fields[2]));
      }
    }
    return verdicts;
  }

  private static List<String> last(List<String> lines) {
    return lines.subList(Math.max(0, lines.size() - 3), lines.size());
  }

  private static void assertSentences(Map<String, Told> verdicts, int count) {
    assertThat(verdicts).hasSize(count);
    verdicts.forEach(
        (name, told) -> {
          if (!told.status.equals("SUCCESSFUL")) {
            assertThat(told.sentence).as(name).matches(".{25,}").doesNotContain("the probe");
          }
        });
  }

  @Test
  void originals_get_a_verdict_with_a_sentence() throws Exception {
    List<Path> models = originals();
    write(models);
    Map<String, Told> verdicts = run();
    assertSentences(verdicts, models.size());
    assertThat(verdicts.get("lfs_pointer.onnx > loads"))
        .isNotNull()
        .extracting(Told::sentence)
        .asString()
        .contains("is a Git LFS pointer", "git lfs pull");
    assertThat(verdicts.get("qonnx_unknown_domain.onnx > loads"))
        .isNotNull()
        .extracting(Told::sentence)
        .asString()
        .contains("'Quant'", "'onnx.brevitas'");
    assertThat(verdicts.get("ext_weights.onnx > loads"))
        .isNotNull()
        .extracting(Told::sentence)
        .asString()
        .contains("external data that is not there");
    assertThat(verdicts)
        .extractingByKeys("identity.onnx > loads", "bad_graph_with_no_name.onnx > loads")
        .extracting(Told::status)
        .containsOnly("SUCCESSFUL");
    assertThat(verdicts)
        .extractingByKeys("matmul.bf16.onnx > loads", "matmul.bf16.i32data.onnx > loads")
        .extracting(Told::status)
        .containsOnly("ABORTED");
  }

  @Test
  void damaged_copies_get_a_verdict_with_a_sentence() throws Exception {
    SplittableRandom random = new SplittableRandom(20261124);
    List<Path> copies = new ArrayList<>();
    for (Path model : originals()) {
      byte[] bytes = Files.readAllBytes(model);
      copies.add(copy(model, "half", Arrays.copyOf(bytes, bytes.length / 2)));
      byte[] flipped = bytes.clone();
      if (flipped.length > 0) {
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      }
      copies.add(copy(model, "flipped", flipped));
    }
    write(copies);
    Map<String, Told> verdicts = run();
    assertSentences(verdicts, copies.size());
  }
}
