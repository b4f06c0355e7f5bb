package org.modelvitals.checks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.data.DataSpec;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelPool;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.model.Tensor;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The file-type classifier of 214 classes, whose 76 rows are all right. */
class MagikaTest {
  private static final Classification DECLARED =
      Classification.classification(DataSpec.jsonl("basic.jsonl"));

  @TempDir Path temporary;

  private static Path folder() {
    @Nullable Path folder = null;
    for (Path at = Path.of("").toAbsolutePath();
        at != null && folder == null;
        at = at.getParent()) {
      Path candidate = at.resolveSibling("shared").resolve("models");
      folder = Files.isDirectory(candidate) ? candidate : null;
    }
    assumeTrue(folder != null, "there is no folder shared/models beside the project");
    return Objects.requireNonNull(folder).resolve("magika");
  }

  private static Reading read(Path folder, List<String> classes) throws IOException {
    List<JsonNode> lines =
        Files.readAllLines(folder.resolve("basic.jsonl")).stream()
            .map(JsonMapper.shared()::readTree)
            .toList();
    Rows rows = Rows.of(lines.stream().map(line -> line.path("label").asString()).toList());
    ClassificationAccumulator accumulator =
        new ClassificationAccumulator(
            DECLARED, classes, Slicer.of(DECLARED.slices(), survey -> {}), true, 7);
    Path file;
    try (var files = Files.list(folder)) {
      file = files.filter(path -> path.toString().endsWith(".onnx")).findFirst().orElseThrow();
    }
    try (Model model = new ModelPool().acquire(file, DeviceSpec.CPU, SessionSpec.DEFAULT)) {
      for (int from = 0; from < lines.size(); from += 16) {
        int to = Math.min(lines.size(), from + 16);
        Tensor bytes = Tensor.allocate(ElementType.INT32, to - from, 2048);
        for (int i = 0; i < bytes.size(); i++) {
          bytes.setLong(i, lines.get(from + i / 2048).path("bytes").path(i % 2048).asLong());
        }
        accumulator.add(rows.batch(from, to), model.run(Map.of("bytes", bytes)));
      }
    }
    return accumulator.finish();
  }

  @Test
  void allRowsAreRight() throws IOException {
    Path folder = folder();
    List<String> classes =
        ClassNamesFile.read(folder.resolve("config.json"), "/target_labels_space");
    assertThat(classes).hasSize(214);
    Reading reading = read(folder, classes);
    assertThat(reading.measurement("accuracy").orElseThrow().value()).isEqualTo(1);
    assertThat(reading.measurement("accuracy").orElseThrow().count()).isEqualTo(76);
    assertThat(reading.measurement("output kind").orElseThrow().text()).isEqualTo("probabilities");
    assertThat(reading.measurement("macro roc auc").orElseThrow().value()).isGreaterThan(0.999);
  }

  @Test
  void swappedLabelsAreNamed() throws IOException {
    Path folder = folder();
    List<String> classes =
        new ArrayList<>(ClassNamesFile.read(folder.resolve("config.json"), "/target_labels_space"));
    Collections.swap(classes, classes.indexOf("python"), classes.indexOf("html"));
    Reading reading = read(folder, classes);
    assertThat(reading.measurement("accuracy").orElseThrow().value()).isLessThan(1);
    assertThat(reading.evidence())
        .filteredOn(Evidence.Matrix.class::isInstance)
        .singleElement()
        .extracting(Evidence::sentence)
        .asString()
        .startsWith("labels '")
        .contains("'python'", "'html'", "look swapped");
  }

  @Test
  void classNamesAreReadFromFiles() throws IOException {
    Path text = Files.writeString(temporary.resolve("labels.txt"), "cat\n dog \n\n");
    assertThat(ClassNamesFile.read(text, null)).containsExactly("cat", "dog");
    Path json = Files.writeString(temporary.resolve("config.json"), "{\"a\": {\"b\": [\"x\", 2]}}");
    assertThat(ClassNamesFile.read(json, "/a/b")).containsExactly("x", "2");
    assertThatThrownBy(() -> ClassNamesFile.read(json, "/a/c"))
        .isInstanceOf(ProbeException.class)
        .hasMessageEndingWith("config.json has nothing at '/a/c'; expected a list of class names");
    assertThatThrownBy(() -> ClassNamesFile.read(json, "/a"))
        .hasMessageEndingWith("config.json has object at '/a'; expected a list of class names");
    assertThatThrownBy(() -> ClassNamesFile.read(json, "a"))
        .hasMessage("'a' is no JSON pointer; it begins with '/', such as /labels");
  }
}
