package org.modelvitals.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.quality.Classification;
import org.modelvitals.data.DataSpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * A classifier with labelled rows in JSON Lines: the file-type classifier where the shared models
 * lie beside the project, else the digits of the example suites.
 *
 * @param name for people
 * @param input the model's input, and the column that it is fed from
 * @param classes names of the classes, in the order of the output
 * @param classesFile where the declaration finds them; null where it lists them
 * @param logits whether the output holds logits instead of probabilities
 */
record Workload(
    String name,
    Path model,
    Path data,
    String input,
    List<String> classes,
    @Nullable Path classesFile,
    boolean logits) {

  static Workload choose() throws IOException {
    Path magika = Projects.shared().resolve("magika");
    return Files.isDirectory(magika) ? magika(magika) : digits();
  }

  private static Workload magika(Path folder) throws IOException {
    Path config = folder.resolve("config.json");
    List<String> classes = new ArrayList<>();
    JsonMapper.shared()
        .readTree(Files.readString(config))
        .path("target_labels_space")
        .forEach(label -> classes.add(label.asString()));
    return new Workload(
        "file types",
        folder.resolve("model.onnx"),
        folder.resolve("basic.jsonl"),
        "bytes",
        List.copyOf(classes),
        config,
        false);
  }

  private static Workload digits() throws IOException {
    Path examples = Projects.examples();
    List<String> lines = new ArrayList<>();
    for (String line :
        Files.readAllLines(examples.resolve("data/digits-test.csv")).subList(1, 541)) {
      int last = line.lastIndexOf(',');
      lines.add(
          "{\"label\":\"%s\",\"image\":[%s]}"
              .formatted(line.substring(last + 1), line.substring(0, last)));
    }
    Path data = Projects.scratch().resolve("digits.jsonl");
    return new Workload(
        "digits",
        examples.resolve("models/digits.onnx"),
        Files.write(data, lines),
        "image",
        List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
        null,
        true);
  }

  /** The declaration of the pass. */
  Classification declaration(int batch) {
    return declaration(batch, 1);
  }

  /** The declaration of the pass, with so many batches at once. */
  Classification declaration(int batch, int workers) {
    Classification declared = Classification.classification(rows().batch(batch).workers(workers));
    return classesFile == null
        ? declared.classes(classes.toArray(String[]::new))
        : declared.classesFile(classesFile.toString(), "/target_labels_space");
  }

  private DataSpec rows() {
    return DataSpec.jsonl(data.toString()).ignore("file");
  }

  /** The same in YAML, with {@code checks} on one pass, or each on a pass of its own. */
  String yaml(int batch, List<String> expectations, boolean shared) {
    StringBuilder yaml = new StringBuilder("model: " + model + "\nchecks:\n");
    for (int i = 0; i < expectations.size(); i++) {
      String names =
          classesFile == null
              ? "[" + String.join(", ", classes.stream().map(c -> "'" + c + "'").toList()) + "]"
              : "{file: " + classesFile + ", pointer: /target_labels_space}";
      // Another list of k makes another probe of the same cost.
      String top = shared ? "" : "\n      top: [%d]".formatted(3 + i);
      yaml.append(
          """
            check %d:
              classification:
                data: {file: %s, ignore: [file], batch: %d}
                classes: %s%s
              expect: {%s}
          """
              .formatted(i, data, batch, names, top, expectations.get(i)));
    }
    return yaml.toString();
  }
}
