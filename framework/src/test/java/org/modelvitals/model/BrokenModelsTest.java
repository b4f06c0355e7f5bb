package org.modelvitals.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that are no models, and models that were damaged: each is loaded or refused with a
 * sentence. They are tried in a process of their own, because the runtime itself may crash on some.
 */
class BrokenModelsTest {
  private static final int FLIPPED_COPIES = 4;

  @TempDir Path folder;

  @Test
  void odd_and_broken_files_load_or_are_refused_with_a_sentence() throws Exception {
    assertSentences(tried(originals()));
  }

  @Test
  void truncated_copies_load_or_are_refused_with_a_sentence() throws Exception {
    List<Path> copies = new ArrayList<>();
    for (Path file : originals()) {
      byte[] bytes = Files.readAllBytes(file);
      for (double part : new double[] {0.1, 0.5, 0.99}) {
        copies.add(copy(file, "cut-" + part, Arrays.copyOf(bytes, (int) (bytes.length * part))));
      }
    }
    assertSentences(tried(copies));
  }

  @Test
  void bit_flipped_copies_load_or_are_refused_with_a_sentence() throws Exception {
    List<Path> copies = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(20261124);
    for (Path file : originals()) {
      for (int i = 0; i < FLIPPED_COPIES; i++) {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length > 0) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        copies.add(copy(file, "flipped-" + i, bytes));
      }
    }
    assertSentences(tried(copies));
  }

  private static List<Path> originals() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("graphs", "broken", "ort-rust")) {
      try (Stream<Path> list = Files.list(SharedModels.file(folder))) {
        list.filter(file -> file.toString().matches(".*\\.(onnx|ort)"))
            .sorted()
            .forEach(files::add);
      }
    }
    assertThat(files).hasSizeGreaterThan(25);
    return files;
  }

  private Path copy(Path file, String how, byte[] bytes) throws IOException {
    Path copy = folder.resolve(how + "-" + file.getFileName());
    Files.write(copy, bytes);
    return copy;
  }

  private static void assertSentences(List<String> outcomes) {
    assertThat(outcomes).isNotEmpty();
    for (String outcome : outcomes) {
      assertThat(outcome).matches("(?s).*(GRAPH|MODEL) (fine|refused [A-Z_]+ .{20,})");
    }
  }

  private String lastWords() throws IOException {
    List<String> errors = Files.readAllLines(folder.resolve("errors"), StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>(errors.subList(0, Math.min(5, errors.size())));
    Files.readAllLines(folder.resolve("output"), StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith("#"))
        .limit(12)
        .forEach(all::add);
    return String.join(" | ", all);
  }

  /** What came of each file; the process is started again after a crash of the native runtime. */
  private List<String> tried(List<Path> files) throws Exception {
    List<String> outcomes = new ArrayList<>();
    List<String> left = new ArrayList<>(files.stream().map(Path::toString).toList());
    while (!left.isEmpty()) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx512m",
                  "-XX:-CreateCoredumpOnCrash",
                  "-XX:ErrorFile=" + folder.resolve("crash-%p.log"),
                  LoadEach.class.getName()));
      command.addAll(left);
      Path output = folder.resolve("output");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(folder.resolve("errors").toFile());
      builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      builder.environment().put(NativeStart.OPT_OUT, "1");
      Process process = builder.start();
      int status = process.waitFor();
      String current = "";
      for (String line : Files.readAllLines(output, StandardCharsets.UTF_8)) {
        if (line.startsWith("TRY ")) {
          current = line.substring(4);
          left.remove(current);
        } else if (line.startsWith("GRAPH ") || line.startsWith("MODEL ")) {
          outcomes.add(Path.of(current).getFileName() + " " + line);
        }
      }
      if (status != 0) {
        assertThat(current).as("the process started").isNotEmpty();
        outcomes.add(
            "%s MODEL ended its process with status %d: %s"
                .formatted(Path.of(current).getFileName(), status, lastWords()));
      }
    }
    return outcomes;
  }
}
