package org.modelvitals.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against what ONNX's own Python package wrote and numpy read; see make_tensor_fixtures.py. */
class TensorFilesTest {
  @TempDir Path folder;

  private static Path fixture(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(TensorFilesTest.class.getResource("tensors")).toURI())
        .resolve(name);
  }

  private static JsonNode expected() throws URISyntaxException {
    return JsonMapper.shared().readTree(fixture("expected.json"));
  }

  static Stream<String> names() throws URISyntaxException {
    return expected().propertyNames().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void reads_what_onnx_wrote(String name) throws URISyntaxException {
    JsonNode expected = expected().path(name);
    Path file = fixture(name + ".pb");
    if (expected.has("sequence")) {
      JsonNode parts = expected.path("sequence");
      List<Tensor> tensors =
          ((Value.TensorSequence) TensorFiles.read(file, ValueInfo.Kind.SEQUENCE)).tensors();
      assertThat(tensors).hasSize(parts.size());
      for (int i = 0; i < tensors.size(); i++) {
        assertEqual(tensors.get(i), parts.path(i));
      }
      if (!tensors.isEmpty()) {
        assertThat(TensorFiles.read(file)).isInstanceOf(Value.TensorSequence.class);
      }
    } else if (expected.has("optional")) {
      Value value = TensorFiles.read(file, ValueInfo.Kind.OPTIONAL);
      if (expected.path("optional").isNull()) {
        assertThat(value).isEqualTo(new Value.Absent());
      } else {
        assertEqual((Tensor) value, expected.path("optional"));
      }
    } else {
      assertEqual((Tensor) TensorFiles.read(file), expected);
      assertEqual((Tensor) TensorFiles.read(file, ValueInfo.Kind.TENSOR), expected);
    }
  }

  private static void assertEqual(Tensor tensor, JsonNode expected) {
    assertThat(tensor.type()).hasToString(expected.path("type").asString());
    assertThat(tensor.shape())
        .isEqualTo(expected.path("shape").valueStream().mapToLong(JsonNode::asLong).toArray());
    assertThat(tensor.size()).isEqualTo(expected.path("values").size());
    for (int i = 0; i < tensor.size(); i++) {
      JsonNode value = expected.path("values").path(i);
      if (tensor.type() == ElementType.STRING) {
        assertThat(tensor.strings()[i]).isEqualTo(value.asString());
      } else if (tensor.type().isFloating()) {
        assertThat(tensor.getDouble(i)).isEqualTo(value.asDouble());
      } else {
        assertThat(tensor.getLong(i)).isEqualTo(value.asLong());
      }
    }
  }

  @Test
  void a_truncated_file_is_refused_with_a_sentence() throws IOException, URISyntaxException {
    byte[] bytes = Files.readAllBytes(fixture("float64-raw.pb"));
    Path cut = Files.write(folder.resolve("cut.pb"), java.util.Arrays.copyOf(bytes, 20));
    assertThatThrownBy(() -> TensorFiles.read(cut))
        .isInstanceOfSatisfying(
            ModelException.class,
            e -> assertThat(e.reason()).isEqualTo(ModelException.Reason.INVALID_MODEL))
        .hasMessageContaining("cut.pb");
  }

  @Test
  void a_missing_file_is_refused_with_a_sentence() {
    assertThatThrownBy(() -> TensorFiles.read(folder.resolve("none.pb")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("none.pb");
  }

  @Test
  void every_file_of_the_conformance_tests_is_read() throws IOException {
    try (Stream<Path> files = Files.walk(SharedModels.file("onnx-conformance"))) {
      List<Path> tensors = files.filter(file -> file.toString().endsWith(".pb")).toList();
      assertThat(tensors).hasSizeGreaterThan(100);
      assertThat(tensors).allSatisfy(file -> assertThat(TensorFiles.read(file)).isNotNull());
    }
  }
}
