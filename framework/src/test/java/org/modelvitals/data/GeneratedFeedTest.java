package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;

class GeneratedFeedTest {
  @TempDir Path folder;

  private Fed fed(ElementType type, Object... dims) {
    return new Fed(folder).input("x", type, dims);
  }

  private static DataSpec x(InputSpec input) {
    return DataSpec.generated().input("x", input);
  }

  private static InputSpec.Random random(Long... shape) {
    return new InputSpec.Random(List.of(shape), 0, 1, null);
  }

  @Test
  void a_constant_is_repeated() {
    assertThat(fed(ElementType.INT64).batches(x(InputSpec.constant("16000"))))
        .containsExactly("[][16000]");
    assertThat(fed(ElementType.STRING, "n", 2).batches(x(InputSpec.constant("a", "b")).batch(2)))
        .containsExactly("[2, 2][a, b, a, b]");
    assertThat(fed(ElementType.BOOL, 3).batches(x(InputSpec.constant("true"))))
        .containsExactly("[3][1, 1, 1]");
    assertThatThrownBy(() -> fed(ElementType.INT8, "n", 3).batches(x(InputSpec.constant("1", "2"))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'constant' has 2 values, the tensor [1, 3] has 3");
    assertThatThrownBy(() -> fed(ElementType.INT8, "n").batches(x(InputSpec.constant("1000"))))
        .hasMessage(
            "input 'x' int8[n]: 'constant' holds 1000, which is out of range; expected whole numbers of int8");
  }

  @Test
  void a_ramp_divides_by_the_number_of_elements() {
    assertThat(fed(ElementType.FLOAT32, 1, "?", 2).batches(x(InputSpec.ramp(1L, 2L, 2L))))
        .containsExactly("[1, 2, 2][0.0, 0.25, 0.5, 0.75]");
    assertThatThrownBy(() -> fed(ElementType.FLOAT32, 1, 3).batches(x(InputSpec.ramp(1L, 4L))))
        .hasMessage("input 'x' float32[1, 3] cannot have the shape [1, 4]");
  }

  @Test
  void a_limit_makes_rows() {
    assertThat(fed(ElementType.INT64, "n").batches(x(InputSpec.constant("1")).limit(3).batch(2)))
        .containsExactly("[2][1, 1]", "[1][1]");
    assertThat(fed(ElementType.INT64, "n").batches(x(InputSpec.constant("1")).limit(2)))
        .containsExactly("[1][1]", "[1][1]");
  }

  @Test
  void an_axis_of_unknown_size_is_asked_for() {
    assertThatThrownBy(() -> fed(ElementType.FLOAT32, "Dim1", "Dim2", 5).batches(x(random())))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "input 'x' float32[Dim1, Dim2, 5]: the size of dimension 'Dim2' is not known; give the"
                + " whole shape, or set the dimension");
  }

  @Test
  void random_values_follow_from_seed_name_and_row_and_not_from_the_batch() {
    DataSpec one = x(random()).limit(6).batch(1);
    DataSpec three = x(random()).limit(6).batch(3);
    List<String> single = flat(one, 7);
    assertThat(flat(three, 7)).isEqualTo(single);
    assertThat(flat(one, 8)).isNotEqualTo(single);
    assertThat(single).doesNotHaveDuplicates().hasSize(12);
    assertThat(single).allSatisfy(v -> assertThat(Double.parseDouble(v)).isBetween(0.0, 1.0));
  }

  private List<String> flat(DataSpec spec, long seed) {
    List<String> values = new java.util.ArrayList<>();
    try (Feed feed = fed(ElementType.FLOAT32, "n", 2).open(spec, seed)) {
      for (var next = feed.next(); next.isPresent(); next = feed.next()) {
        Tensor tensor = Fed.input(next.get(), "x");
        for (int i = 0; i < tensor.size(); i++) {
          values.add(Double.toString(tensor.getDouble(i)));
        }
      }
    }
    return values;
  }

  @Test
  void random_integers_lie_in_their_bounds() {
    Fed fed = fed(ElementType.INT32, 1000);
    try (Feed feed = fed.open(x(new InputSpec.Random(List.of(), -2, 3, 5L)))) {
      Tensor tensor = Fed.input(feed.next().orElseThrow(), "x");
      assertThat(java.util.stream.IntStream.range(0, 1000).mapToLong(tensor::getLong).distinct())
          .containsExactlyInAnyOrder(-2L, -1L, 0L, 1L, 2L);
    }
  }

  @Test
  void a_tone_has_its_frequency_and_goes_on_in_the_next_row() {
    DataSpec spec = x(new InputSpec.Sine(1000, 1, 16000, 0.5)).limit(2);
    try (Feed feed = fed(ElementType.FLOAT32, 1, 10).open(spec)) {
      for (int row = 0; row < 2; row++) {
        Tensor tensor = Fed.input(feed.next().orElseThrow(), "x");
        for (int i = 0; i < 10; i++) {
          assertThat((float) tensor.getDouble(i))
              .isEqualTo((float) (0.5 * Math.sin(2 * Math.PI * 1000 * (row * 10 + i) / 16000)));
        }
      }
    }
    assertThat(fed(ElementType.FLOAT32, "n", "samples").batches(x(InputSpec.sine(440))))
        .singleElement()
        .asString()
        .startsWith("[1, 16000][0.0, ");
  }

  @Test
  void generated_inputs_follow_the_rows_of_the_dataset() {
    assertThat(
            new Fed(folder)
                .input("ids", ElementType.INT64, "batch", "seq")
                .input("mask", ElementType.INT64, "batch", "seq")
                .input("rate", ElementType.INT64)
                .file("a.jsonl", "{\"ids\": [5, 6]}\n{\"ids\": [7]}")
                .batches(
                    DataSpec.file("a.jsonl")
                        .input("mask", InputSpec.constant("1"))
                        .input("rate", InputSpec.constant("9"))))
        .containsExactly(
            "ids=[1, 2][5, 6] mask=[1, 2][1, 1] rate=[][9]",
            "ids=[1, 1][7] mask=[1, 1][1] rate=[][9]");
  }

  @Test
  void an_initializer_is_fed_only_where_it_is_declared() {
    Fed fed =
        fed(ElementType.INT64, "n").overridable("f", ElementType.STRING, 1).file("a.csv", "x\n1\n");
    assertThat(fed.batches(DataSpec.csv("a.csv"))).containsExactly("[1][1]");
    assertThat(fed.batches(DataSpec.csv("a.csv").input("f", InputSpec.constant("text"))))
        .containsExactly("x=[1][1] f=[1][text]");
  }

  private Fed recurrent() {
    return fed(ElementType.INT64, "batch")
        .input("state", ElementType.FLOAT32, 2, "batch", 1)
        .output("stateN", ElementType.FLOAT32, "?", "?", "?");
  }

  @Test
  void a_state_begins_as_zeros_and_is_carried() {
    Fed fed = recurrent().file("a.csv", "x\n1\n2\n3\n");
    try (Feed feed = fed.open(DataSpec.csv("a.csv").input("state", InputSpec.feedback("stateN")))) {
      assertThat(feed.batch()).isEqualTo(1);
      assertThat(state(feed)).isEqualTo("[2, 1, 1][0.0, 0.0]");
      Tensor output = Tensor.ofFloats(new float[] {1, 2}, 2, 1, 1);
      feed.feedback(Map.of("stateN", output));
      output.setDouble(0, 99); // memory that the runtime may use again
      assertThat(state(feed)).isEqualTo("[2, 1, 1][1.0, 2.0]");
      assertThatThrownBy(feed::next).isInstanceOf(IllegalStateException.class);
    }
  }

  private static String state(Feed feed) {
    return Fed.text(Fed.input(feed.next().orElseThrow(), "state"));
  }

  @Test
  void a_state_has_a_lane_for_each_row_of_a_batch() {
    Fed fed = recurrent().file("a.csv", "x\n1\n2\n3\n");
    DataSpec spec = DataSpec.csv("a.csv").batch(2).input("state", InputSpec.feedback("stateN"));
    try (Feed feed = fed.open(spec)) {
      assertThat(state(feed)).isEqualTo("[2, 2, 1][0.0, 0.0, 0.0, 0.0]");
      feed.feedback(Map.of("stateN", Tensor.ofFloats(new float[4], 2, 2, 1)));
      assertThatThrownBy(feed::next)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("carries the state of 2 rows and the last batch has 1");
    }
  }

  @Test
  void an_output_that_does_not_exist_comes_with_the_nearest() {
    Fed fed = recurrent().file("a.csv", "x\n1\n");
    assertThatThrownBy(
            () -> fed.open(DataSpec.csv("a.csv").input("state", InputSpec.feedback("statN"))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no output 'statN' to feed back; did you mean 'stateN'?");
  }

  @Test
  void what_cannot_be_made_is_refused_in_words() {
    Fed fed = new Fed(folder).input("x", ElementType.FLOAT32, "n", "m");
    assertRefused(fed, randomOf(100_000L, 100_000L), "would be fed the shape [100000, 100000]");
    assertRefused(fed, randomOf(1L << 40, 1L << 40), "would be fed the shape [1099511627776, ");
    assertRefused(fed, randomOf(-1L, 2L), "cannot have the shape [-1, 2]; a size is 0 or more");
    assertRefused(fed, new InputSpec.Sine(440, 1e12, 16000, 0.5), "would be fed the shape [1, ");
    assertRefused(
        fed,
        new InputSpec.Random(List.of(2L, 2L), -Double.MAX_VALUE, Double.MAX_VALUE, null),
        "'random' needs low < high, both finite");
  }

  private static InputSpec randomOf(Long... shape) {
    return new InputSpec.Random(List.of(shape), 0, 1, null);
  }

  private static void assertRefused(Fed fed, InputSpec input, String part) {
    assertThatThrownBy(() -> fed.batches(DataSpec.generated().input("x", input)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(part);
  }

  @Test
  void a_tensor_file_past_the_range_of_doubles_is_refused() {
    Fed fed = new Fed(folder).input("x", ElementType.FLOAT64, 2).file("t.json", "[1, 1e999]");
    InputSpec tensor = new InputSpec.TensorFile("t.json", null, List.of());
    assertRefused(fed, tensor, "t.json holds '1E+999', which is out of range");
    assertThat(
            fed.file("t.json", "[0.1, -Infinity]").batches(DataSpec.generated().input("x", tensor)))
        .containsExactly("[2][0.1, -Infinity]");
  }
}
