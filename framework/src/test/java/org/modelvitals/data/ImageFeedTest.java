package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;
import tools.jackson.databind.JsonNode;

/** Against the values that Pillow reads and resizes to; see make_data_fixtures.py. */
class ImageFeedTest {
  private static final InputSpec.Image PLAIN = image(null, "rgb.png");

  private static InputSpec.Image image(@Nullable String column, @Nullable String file) {
    return new InputSpec.Image(
        column,
        file,
        List.of(),
        List.of(),
        InputSpec.Image.Color.RGB,
        1,
        List.of(),
        List.of(),
        InputSpec.Image.Layout.NCHW);
  }

  static Stream<JsonNode> cases() {
    return Fixtures.json("images.json").valueStream();
  }

  private static InputSpec.Image declared(JsonNode expected) {
    return new InputSpec.Image(
        null,
        expected.path("file").asString(),
        expected.path("resize").valueStream().map(JsonNode::asInt).toList(),
        expected.path("crop").valueStream().map(JsonNode::asInt).toList(),
        InputSpec.Image.Color.valueOf(expected.path("color").asString()),
        expected.path("scale").asDouble(),
        expected.path("mean").valueStream().map(JsonNode::asDouble).toList(),
        expected.path("std").valueStream().map(JsonNode::asDouble).toList(),
        InputSpec.Image.Layout.valueOf(expected.path("layout").asString()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pixels_are_those_of_pillow(JsonNode expected) {
    Fed fed = new Fed(Fixtures.folder()).input("x", ElementType.FLOAT64, "n", "?", "?", "?");
    try (Feed feed = fed.open(DataSpec.generated().input("x", declared(expected)))) {
      Tensor tensor = Fed.input(feed.next().orElseThrow(), "x");
      JsonNode shape = expected.path("shape");
      assertThat(tensor.shape())
          .containsExactly(
              1, shape.path(0).asLong(), shape.path(1).asLong(), shape.path(2).asLong());
      double[] values = Fixtures.doubles(expected.path("values"));
      double tolerance = expected.path("tolerance").asDouble() + 1e-8;
      for (int i = 0; i < values.length; i++) {
        assertThat(tensor.getDouble(i)).as("element %d", i).isCloseTo(values[i], within(tolerance));
      }
    }
  }

  @Test
  void a_manifest_names_one_image_a_row() {
    Fed fed =
        new Fed(Fixtures.folder()).input("x", ElementType.UINT8, "n", 3, 23, 37).reserved("label");
    DataSpec spec = DataSpec.jsonl("manifest.jsonl").input("x", image("file", null));
    try (Feed feed = fed.open(spec)) {
      Batch batch = feed.next().orElseThrow();
      assertThat(batch.value(1, "label")).isEqualTo("b");
      Tensor tensor = Fed.input(batch, "x");
      assertThat(tensor.shape()).containsExactly(2, 3, 23, 37);
      double[] png = Fixtures.doubles(Fixtures.json("images.json").path(0).path("values"));
      for (int i = 0; i < png.length; i++) {
        assertThat(tensor.getLong(i)).isEqualTo((long) png[i]);
        assertThat(tensor.getLong(png.length + i)).isEqualTo((long) png[i]);
      }
    }
  }

  private static void assertRefused(InputSpec.Image spec, String sentence) {
    Fed fed = new Fed(Fixtures.folder()).input("x", ElementType.FLOAT32, "n", 3, 23, 37);
    assertThatThrownBy(() -> fed.batches(DataSpec.generated().input("x", spec)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void what_does_not_fit_is_said() {
    assertRefused(image(null, "cut.png"), "cut.png, which cannot be decoded");
    assertRefused(image(null, "none.png"), "none.png, which does not exist");
    assertRefused(image(null, "mono16.wav"), "mono16.wav, which is no image");
    assertRefused(
        image(null, "gray.png"), "takes [1, 3, 23, 37], and the image gray.png has [3, 9, 14]");
    assertRefused(
        new InputSpec.Image(
            null,
            "rgb.png",
            List.of(),
            List.of(99, 5),
            PLAIN.color(),
            1,
            List.of(),
            List.of(),
            PLAIN.layout()),
        "an image of 37 x 23 pixels, from which 5 x 99 cannot be cropped");
    assertRefused(
        new InputSpec.Image(
            null,
            "rgb.png",
            List.of(),
            List.of(),
            PLAIN.color(),
            1,
            List.of(0.5),
            List.of(),
            PLAIN.layout()),
        "mean has 1 value; color: rgb makes 3 channels");
    Fed fed = new Fed(Fixtures.folder()).input("x", ElementType.FLOAT32, "n", 3, 23, 37);
    assertThatThrownBy(
            () ->
                fed.open(DataSpec.jsonl("mixed.jsonl").batch(2).input("x", image("file", null)))
                    .next())
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "mixed.jsonl:2: the image is 14 x 9 pixels, which are 378 values; input 'x'"
                + " float32[n, 3, 23, 37] takes 2553 values in a row");
    assertThatThrownBy(
            () -> fed.open(DataSpec.jsonl("mixed.jsonl").input("x", image("label", null))))
        .hasMessageStartingWith("mixed.jsonl:1: column 'label' names ");
  }

  @Test
  void whole_numbers_are_not_scaled_down_to_nothing() {
    Fed fed = new Fed(Fixtures.folder()).input("x", ElementType.UINT8, "n", 3, 23, 37);
    InputSpec.Image scaled =
        new InputSpec.Image(
            null,
            "rgb.png",
            List.of(),
            List.of(),
            PLAIN.color(),
            1 / 255.0,
            List.of(),
            List.of(),
            PLAIN.layout());
    assertThatThrownBy(() -> fed.open(DataSpec.generated().input("x", scaled)))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("would leave only 0 and 1; say scale: 1");
  }

  @Test
  void what_cannot_become_an_input_is_refused_in_words(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("images"));
    Files.copy(Fixtures.folder().resolve("rgb.png"), folder.resolve("rgb.png"));
    writeCmyk(folder.resolve("print.jpg"));
    Fed fed = new Fed(folder).input("x", ElementType.FLOAT32, "n", 3, "h", "w");
    assertRefused(fed, steps("images", List.of(), List.of()), "images, which is a folder");
    assertRefused(fed, steps("print.jpg", List.of(), List.of()), "which is a JPEG in CMYK");
    assertRefused(
        fed,
        steps("rgb.png", List.of(100_000, 100_000), List.of()),
        "an image of 37 x 23 pixels, which would be resized to 100000 x 100000");
    assertRefused(
        fed, steps("rgb.png", List.of(Integer.MAX_VALUE), List.of()), "which would be resized to ");
    assertRefused(fed, steps("rgb.png", List.of(), List.of(0.0, 1.0, 1.0)), "std: [0.0, 1.0, 1.0]");
  }

  private static InputSpec steps(String file, List<Integer> resize, List<Double> std) {
    return new InputSpec.Image(
        null, file, resize, List.of(), PLAIN.color(), 1, List.of(), std, PLAIN.layout());
  }

  private static void assertRefused(Fed fed, InputSpec image, String part) {
    assertThatThrownBy(() -> fed.batches(DataSpec.generated().input("x", image)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(part);
  }

  private static void writeCmyk(Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(
          null,
          new IIOImage(
              Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null), null, null),
          null);
    } finally {
      writer.dispose();
    }
  }
}
