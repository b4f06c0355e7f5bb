package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;
import tools.jackson.databind.JsonNode;

/** IDX, WAV and ONNX test data, against files and values of others; see make_data_fixtures.py. */
class BinaryFeedTest {
  @TempDir Path folder;

  private static double[] all(Feed feed, String input) {
    List<Double> values = new ArrayList<>();
    for (Optional<Batch> next = feed.next(); next.isPresent(); next = feed.next()) {
      Tensor tensor = Fed.input(next.get(), input);
      for (int i = 0; i < tensor.size(); i++) {
        values.add(tensor.getDouble(i));
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  static Stream<String> idx() {
    return Stream.of("u1.idx", "i1.idx", "i2.idx", "i4.idx", "f4.idx", "f8.idx");
  }

  @ParameterizedTest
  @MethodSource("idx")
  void idx_of_every_type(String file) {
    JsonNode expected = Fixtures.json("idx.json").path(file);
    Fed fed = new Fed(Fixtures.folder()).input("x", ElementType.FLOAT64, "n", 2, 2);
    try (Feed feed = fed.open(DataSpec.file(file))) {
      assertThat(feed.totalRows()).isEqualTo(3);
      assertThat(all(feed, "x"))
          .isEqualTo(
              expected
                  .valueStream()
                  .flatMap(JsonNode::valueStream)
                  .mapToDouble(JsonNode::asDouble)
                  .toArray());
    }
  }

  @Test
  void idx_with_labels() {
    Fed fed =
        new Fed(Fixtures.folder()).input("x", ElementType.FLOAT32, 1, 1, 4, 5).reserved("label");
    DataSpec spec = DataSpec.idx("images-idx3-ubyte.gz", "labels-idx1-ubyte.gz");
    List<Object> labels = new ArrayList<>();
    try (Feed feed = fed.open(spec)) {
      for (Optional<Batch> next = feed.next(); next.isPresent(); next = feed.next()) {
        labels.add(next.get().value(0, "label"));
        assertThat(Fed.input(next.get(), "x").shape()).containsExactly(1, 1, 4, 5);
        assertThat(next.get().where(0))
            .isEqualTo("images-idx3-ubyte.gz, row " + (labels.size() - 1));
      }
    }
    assertThat(labels).containsExactly(7L, 0L, 9L);
  }

  @Test
  void a_damaged_idx_file_is_named() throws IOException {
    byte[] bytes = Files.readAllBytes(Fixtures.folder().resolve("i4.idx"));
    Files.write(folder.resolve("cut.idx"), Arrays.copyOf(bytes, bytes.length - 5));
    Files.write(folder.resolve("head.idx"), Arrays.copyOf(bytes, 9));
    Files.writeString(folder.resolve("text.idx"), "p,q\n1,2\n");
    Fed fed = new Fed(folder).input("x", ElementType.FLOAT64, "n", 2, 2);
    assertThatThrownBy(() -> fed.batches(DataSpec.file("cut.idx")))
        .isInstanceOf(DataException.class)
        .hasMessage("cut.idx is cut off in row 2; its header promises 3 rows");
    assertThatThrownBy(() -> fed.batches(DataSpec.file("head.idx")))
        .hasMessage("head.idx is no IDX file: its header is cut off");
    assertThatThrownBy(() -> fed.batches(DataSpec.file("text.idx")))
        .hasMessageStartingWith("text.idx is no IDX file: it begins with 0x702c710a");
  }

  static Stream<String> sounds() {
    return Fixtures.json("sounds.json").propertyNames().stream();
  }

  @ParameterizedTest
  @MethodSource("sounds")
  void sounds_are_those_that_python_reads(String file) {
    double[] expected = Fixtures.doubles(Fixtures.json("sounds.json").path(file));
    Fed fed = new Fed(Fixtures.folder()).input("x", ElementType.FLOAT64, 1, "samples");
    try (Feed feed = fed.open(DataSpec.file(file))) {
      assertThat(feed.totalRows()).isEqualTo(1);
      assertThat(all(feed, "x")).isEqualTo(expected);
    }
  }

  @Test
  void windows_follow_each_other_with_context() {
    double[] samples = Fixtures.doubles(Fixtures.json("sounds.json").path("mono16.wav"));
    Fed fed = new Fed(Fixtures.folder()).input("x", ElementType.FLOAT64, "n", 5);
    try (Feed feed = fed.open(DataSpec.wav("mono16.wav", 3).context(2).batch(1))) {
      assertThat(feed.totalRows()).isEqualTo(4);
      double[] padded = new double[2 + 12];
      System.arraycopy(samples, 0, padded, 2, samples.length);
      for (int row = 0; row < 4; row++) {
        Batch batch = feed.next().orElseThrow();
        double[] expected = Arrays.copyOfRange(padded, row * 3, row * 3 + 5);
        for (int i = 0; i < 5; i++) {
          assertThat(Fed.input(batch, "x").getDouble(i)).isEqualTo(expected[i]);
        }
        assertThat(batch.where(0)).isEqualTo("mono16.wav at %.3f s".formatted(row * 3 / 8000.0));
      }
      assertThat(feed.next()).isEmpty();
    }
  }

  @Test
  void a_damaged_sound_is_named() throws IOException {
    byte[] bytes = Files.readAllBytes(Fixtures.folder().resolve("mono16.wav"));
    Files.write(folder.resolve("cut.wav"), Arrays.copyOf(bytes, bytes.length - 3));
    Files.writeString(folder.resolve("text.wav"), "p,q\n1,2\n");
    Fed fed = new Fed(folder).input("x", ElementType.FLOAT64, "n", 2);
    assertThatThrownBy(() -> fed.batches(DataSpec.wav("cut.wav", 2)))
        .isInstanceOf(DataException.class)
        .hasMessage("cut.wav is cut off after 8 samples; its header promises 10");
    assertThatThrownBy(() -> fed.batches(DataSpec.wav("text.wav", 2)))
        .hasMessageStartingWith("text.wav is no WAV file that can be read");
    assertThatThrownBy(() -> fed.batches(DataSpec.wav("cut.wav", 2).context(3)))
        .hasMessageContaining("window: 2 and context: 3");
  }

  private Path tensors() {
    return Fixtures.folder().resolve("../../model/tensors").normalize();
  }

  @Test
  void onnx_test_data_are_fed_whole() throws IOException {
    for (int set : new int[] {10, 2}) {
      Path to = Files.createDirectories(folder.resolve("case/test_data_set_" + set));
      Files.copy(tensors().resolve("float32-raw.pb"), to.resolve("input_0.pb"));
      Files.copy(
          tensors().resolve(set == 2 ? "sequence.pb" : "sequence-empty.pb"),
          to.resolve("output_0.pb"));
    }
    Fed fed =
        new Fed(folder)
            .input("x", ElementType.FLOAT32, "n", 3)
            .outputInfo(Fed.sequence("y", ElementType.INT64));
    try (Feed feed = fed.open(DataSpec.file("case"))) {
      assertThat(feed.batch()).isEqualTo(1);
      assertThat(feed.totalRows()).isEqualTo(2);
      Batch first = feed.next().orElseThrow();
      assertThat(first.where(0)).isEqualTo("case/test_data_set_2");
      assertThat(first.rows()).isEqualTo(1);
      assertThat(Fed.input(first, "x").shape()).containsExactly(2, 3);
      assertThat(Fed.input(first, "x").getDouble(1)).isEqualTo(-2.25);
      assertThat(first.value(0, "y"))
          .isInstanceOfSatisfying(
              org.modelvitals.model.Value.TensorSequence.class,
              sequence -> assertThat(sequence.tensors()).hasSize(2));
      assertThat(feed.next().orElseThrow().where(0)).isEqualTo("case/test_data_set_10");
      assertThat(feed.next()).isEmpty();
    }
    Fed other = new Fed(folder).input("x", ElementType.FLOAT64, "n", 3);
    assertThatThrownBy(() -> other.open(DataSpec.onnx("case")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'x' is a tensor of float32[2, 3]; input 'x' float64[n, 3] takes");
  }

  @Test
  void an_idx_file_that_goes_on_after_its_rows_is_refused() throws IOException {
    Files.write(folder.resolve("long.idx"), new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 5, 6, 7});
    Fed fed = new Fed(folder).input("x", ElementType.INT64, "n");
    assertThatThrownBy(() -> fed.batches(DataSpec.file("long.idx")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "long.idx goes on after the last of its rows; its header promises 2 rows of shape []");
    assertThat(fed.batches(DataSpec.file("long.idx").limit(2))).containsExactly("[2][5, 6]");
  }
}
