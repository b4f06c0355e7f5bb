package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.data.Perturbation.Case.Letters;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Signature;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.ValueInfo;

class PerturbationsTest {
  private static final ValueInfo IMAGE = Fed.info("x", ElementType.FLOAT32, "n", 1, 3, 3);

  @TempDir Path folder;

  private List<Double> fed(ValueInfo input, DataSpec data, long seed, Perturbation... steps) {
    List<Double> values = new ArrayList<>();
    try (Feed feed =
        Feeds.open(
            data,
            folder::resolve,
            new Signature(List.of(input), List.of(), List.of()),
            Map.of(),
            1,
            "t.csv".equals(data.file()) ? Set.of("label") : Set.of(),
            RowOrder.AS_THEY_COME,
            new Perturbations(List.of(steps), seed))) {
      for (Optional<Batch> next = feed.next(); next.isPresent(); next = feed.next()) {
        Tensor tensor = Fed.input(next.get(), "x");
        for (int i = 0; i < tensor.size(); i++) {
          values.add(tensor.getDouble(i));
        }
      }
    }
    return values;
  }

  private void write(String name, String... lines) {
    new Fed(folder).file(name, String.join("\n", lines) + "\n");
  }

  /** The image 1 2 3 / 4 5 6 / 7 8 9, twice. */
  private List<Double> image(Perturbation... steps) {
    write("image.jsonl", "{\"x\": [1,2,3,4,5,6,7,8,9]}", "{\"x\": [1,2,3,4,5,6,7,8,9]}");
    List<Double> both = fed(IMAGE, DataSpec.jsonl("image.jsonl"), 1, steps);
    assertThat(both).hasSize(18);
    return both.subList(9, 18);
  }

  @Test
  void images_are_moved_and_the_edge_repeats() {
    assertThat(image(Perturbation.shift(1, 0)))
        .containsExactly(1.0, 1.0, 2.0, 4.0, 4.0, 5.0, 7.0, 7.0, 8.0);
    assertThat(image(Perturbation.shift(0, -1)))
        .containsExactly(4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 7.0, 8.0, 9.0);
  }

  @Test
  void images_are_mirrored() {
    assertThat(image(Perturbation.mirror()))
        .containsExactly(3.0, 2.0, 1.0, 6.0, 5.0, 4.0, 9.0, 8.0, 7.0);
    assertThat(image(new Perturbation.Flip(Perturbation.Flip.Axis.VERTICAL, null)))
        .containsExactly(7.0, 8.0, 9.0, 4.0, 5.0, 6.0, 1.0, 2.0, 3.0);
  }

  @Test
  void images_are_turned_counter_clockwise() {
    List<Double> turned = image(Perturbation.rotate(90));
    double[] expected = {3, 6, 9, 2, 5, 8, 1, 4, 7}; // numpy.rot90
    for (int i = 0; i < 9; i++) {
      assertThat(turned.get(i)).isCloseTo(expected[i], within(1e-5));
    }
    assertThat(image(Perturbation.rotate(0)).get(3)).isEqualTo(4);
  }

  @Test
  void brightness_and_contrast_stay_within_bounds() {
    assertThat(image(Perturbation.brightness(2, 0, 9)))
        .containsExactly(3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 9.0, 9.0);
    assertThat(image(Perturbation.contrast(2, 0, 12)))
        .containsExactly(0.0, 0.0, 1.0, 3.0, 5.0, 7.0, 9.0, 11.0, 12.0);
  }

  /**
   * scipy.ndimage.gaussian_filter(x, 0.8, mode='nearest', truncate=3.75), which reaches 3 pixels.
   */
  @Test
  void images_are_blurred_as_scipy_does() {
    List<Double> blurred = image(Perturbation.blur(0.8));
    double[] expected = BLURRED;
    for (int i = 0; i < 9; i++) {
      assertThat(blurred.get(i)).as("pixel %d", i).isCloseTo(expected[i], within(1e-5));
    }
  }

  private static final double[] BLURRED = {
    2.0920513, 2.8190385, 3.5460257, 4.2730128, 5.0, 5.7269872, 6.4539743, 7.1809615, 7.9079487
  };

  @Test
  void channels_may_come_last() {
    write("rgb.jsonl", "{\"x\": [" + "0,".repeat(5 * 6 * 3 - 3) + "1,2,3]}");
    ValueInfo nhwc = Fed.info("x", ElementType.FLOAT32, "n", 5, 6, 3);
    List<Double> mirrored = fed(nhwc, DataSpec.jsonl("rgb.jsonl"), 1, Perturbation.mirror());
    // The last pixel comes to the beginning of the last row, its channels in their order.
    assertThat(mirrored.subList(4 * 6 * 3, 4 * 6 * 3 + 3)).containsExactly(1.0, 2.0, 3.0);
    assertThat(mirrored.get(5 * 6 * 3 - 1)).isZero();
  }

  @Test
  void noise_follows_from_the_seed_and_the_row_and_not_from_the_batch() {
    String[] rows = IntStream.range(0, 400).mapToObj(i -> "{\"x\": 5}").toArray(String[]::new);
    write("n.jsonl", rows);
    ValueInfo one = Fed.info("x", ElementType.FLOAT64, "n", 1);
    DataSpec data = DataSpec.jsonl("n.jsonl");
    List<Double> noisy = fed(one, data.batch(32), 3, Perturbation.noise(2));
    assertThat(fed(one, data.batch(7), 3, Perturbation.noise(2))).isEqualTo(noisy);
    assertThat(fed(one, data.batch(32), 4, Perturbation.noise(2))).isNotEqualTo(noisy);
    double mean = noisy.stream().mapToDouble(v -> v).average().orElseThrow();
    double variance = noisy.stream().mapToDouble(v -> (v - 5) * (v - 5)).average().orElseThrow();
    assertThat(mean).isCloseTo(5, within(4 * 2 / 20.0));
    assertThat(variance).isCloseTo(4, within(4 * 4 * Math.sqrt(2 / 400.0)));
    assertThat(fed(one, data, 3, Perturbation.noise(2, 4, 6))).allMatch(v -> v >= 4 && v <= 6);
  }

  @Test
  void what_is_the_same_in_all_rows_is_not_changed_twice() {
    ValueInfo image = Fed.info("x", ElementType.FLOAT32, "n", 2, 2);
    DataSpec data = DataSpec.generated().input("x", InputSpec.constant("1")).batch(1).limit(3);
    assertThat(fed(image, data, 1, Perturbation.brightness(1, 0, 9))).hasSize(12).containsOnly(2.0);
  }

  private List<Double> table(Perturbation... steps) {
    write("t.csv", "a,b,label", "1,10,p", "2,20,q", "3.5,30,r");
    return fed(Fed.info("x", ElementType.FLOAT32, "n", 2), DataSpec.csv("t.csv"), 1, steps);
  }

  @Test
  void columns_are_changed_before_they_are_fed() {
    assertThat(table()).containsExactly(1.0, 10.0, 2.0, 20.0, 3.5, 30.0);
    assertThat(table(Perturbation.add("a", 0.5))).containsExactly(1.5, 10.0, 2.5, 20.0, 4.0, 30.0);
    assertThat(table(Perturbation.scale("b", 2), Perturbation.set("a", "7")))
        .containsExactly(7.0, 20.0, 7.0, 40.0, 7.0, 60.0);
    assertThat(table(Perturbation.jitter("a", 0.1)))
        .satisfies(values -> assertThat(values.get(0)).isNotEqualTo(1).isCloseTo(1, within(0.6)));
  }

  @Test
  void columns_take_the_values_of_other_rows_together() {
    StringBuilder rows = new StringBuilder("a,b\n");
    for (int i = 0; i < 200; i++) {
      rows.append(i).append(',').append(1000 + i).append('\n');
    }
    new Fed(folder).file("p.csv", rows.toString());
    ValueInfo two = Fed.info("x", ElementType.FLOAT32, "n", 2);
    List<Double> both = fed(two, DataSpec.csv("p.csv"), 1, Perturbation.permute("a", "b"));
    int moved = 0;
    for (int i = 0; i < 200; i++) {
      assertThat(both.get(2 * i + 1)).isEqualTo(1000 + both.get(2 * i));
      moved += both.get(2 * i) == i ? 0 : 1;
    }
    assertThat(moved).isGreaterThan(180);
  }

  @Test
  void values_go_missing() {
    write("m.jsonl", "{\"x\": 1}", "{\"x\": 2.5}");
    DataSpec data =
        DataSpec.jsonl("m.jsonl")
            .input("x", new InputSpec.Columns(List.of("x"), List.of(), 1, "-1"));
    ValueInfo one = Fed.info("x", ElementType.FLOAT32, "n", 1);
    assertThat(fed(one, data, 1, Perturbation.missing("x"))).containsExactly(-1.0, -1.0);
    // Whole numbers and arrays of a JSON can be changed too.
    assertThat(fed(one, data, 1, Perturbation.add("x", 1))).containsExactly(2.0, 3.5);
  }

  private static String text(Perturbation step, String text) {
    return TextChange.apply(step, text, new SplittableRandom(1));
  }

  @Test
  void texts_are_written_otherwise() {
    assertThat(text(Perturbation.letters("t", Letters.UPPER), "über Ihn")).isEqualTo("ÜBER IHN");
    assertThat(text(Perturbation.letters("t", Letters.TITLE), "über ihn")).isEqualTo("Über Ihn");
    assertThat(text(Perturbation.punctuation("t"), "So be it!")).isEqualTo("So be it");
    assertThat(text(Perturbation.punctuation("t"), "So be it")).isEqualTo("So be it.");
    assertThat(text(Perturbation.whitespace("t"), "a b")).isEqualTo(" a  b ");
    assertThat(
            text(Perturbation.replace("t", Map.of("he", "she", "his", "her")), "He saw his other."))
        .isEqualTo("She saw her other.");
  }

  @Test
  void typos_swap_letters_of_a_word() {
    String text = "the quick brown fox";
    String wrong = text(Perturbation.typo("t", 1), text);
    assertThat(wrong).isNotEqualTo(text).hasSameSizeAs(text);
    assertThat(wrong.split(" ")).hasSize(4);
    assertThat(sorted(wrong)).isEqualTo(sorted(text));
    assertThat(text(Perturbation.typo("t", 3), "1 a 2")).isEqualTo("1 a 2");
  }

  private static String sorted(String text) {
    char[] letters = text.toCharArray();
    Arrays.sort(letters);
    return new String(letters);
  }

  @Test
  void mistakes_are_told() {
    assertThatThrownBy(() -> table(Perturbation.add("c", 1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("there is no column 'c'");
    assertThatThrownBy(() -> table(Perturbation.add("label", 1)))
        .hasMessageEndingWith("t.csv:2: column 'label' holds 'p'; 'add' needs a number");
    assertThatThrownBy(() -> table(Perturbation.rotate(3)))
        .hasMessage("rotate: no input is an image");
    assertThatThrownBy(() -> image(new Perturbation.Rotate(3, "y")))
        .hasMessage("rotate: the input 'y' is none that is an image");
  }
}
