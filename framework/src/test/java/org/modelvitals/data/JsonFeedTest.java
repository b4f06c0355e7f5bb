package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.model.ElementType;

class JsonFeedTest {
  @TempDir Path folder;

  private Fed fed(ElementType type, Object... dims) {
    return new Fed(folder).input("x", type, dims);
  }

  @Test
  void a_column_of_the_inputs_name_is_fed() {
    assertThat(
            fed(ElementType.INT32, "n", 3)
                .file("a.jsonl", "{\"file\": \"u\", \"x\": [1, 2, 3]}\n\n{\"x\": [4, 5, 6]}\n")
                .batches(DataSpec.file("a.jsonl")))
        .containsExactly("[2, 3][1, 2, 3, 4, 5, 6]");
  }

  @Test
  void values_stand_as_they_are_in_the_dataset() {
    Fed fed =
        fed(ElementType.INT32, "n")
            .file(
                "a.jsonl",
                """
                {"x": 1, "s": "t", "i": 7, "d": 0.5, "b": true, "z": null, "l": [[1, 2], [3, 4]], \
                "r": [1, [2]], "big": 18446744073709551615, "o": {"k": [0.25, "v"]}, "e": []}
                {"x": 2}
                """);
    try (Feed feed = fed.open(DataSpec.file("a.jsonl"))) {
      Batch batch = feed.next().orElseThrow();
      assertThat(batch.value(0, "s")).isEqualTo("t");
      assertThat(batch.value(0, "i")).isEqualTo(7L);
      assertThat(batch.value(0, "d")).isEqualTo(0.5);
      assertThat(batch.value(0, "b")).isEqualTo(true);
      assertThat(batch.value(0, "z")).isNull();
      assertThat(batch.value(0, "l")).isEqualTo(List.of(List.of(1L, 2L), List.of(3L, 4L)));
      assertThat(batch.value(0, "r")).isEqualTo(List.of(1L, List.of(2L)));
      assertThat(batch.value(0, "big")).isEqualTo(new BigInteger("18446744073709551615"));
      assertThat(batch.value(0, "o")).isEqualTo(Map.of("k", List.of(0.25, "v")));
      assertThat(batch.value(0, "e")).isEqualTo(List.of());
      assertThat(batch.value(1, "s")).isNull();
      assertThat(batch.where(1)).isEqualTo("a.jsonl:2");
    }
  }

  @Test
  void json_is_an_array_of_rows_or_a_single_one() {
    Fed fed = fed(ElementType.FLOAT64, "n", 2);
    List<String> two = List.of("[2, 2][1.0, 2.0, 3.0, 4.0]");
    assertThat(
            fed.file("a.json", "[{\"x\": [1, 2]},\n {\"x\": [3, 4]}]")
                .batches(DataSpec.file("a.json")))
        .isEqualTo(two);
    assertThat(fed.file("a.json", "[[1, 2], [3, 4]]").batches(DataSpec.file("a.json")))
        .isEqualTo(two);
    assertThat(fed.file("a.json", "{\"x\": [[1, 2]]}").batches(DataSpec.file("a.json")))
        .containsExactly("[1, 2][1.0, 2.0]");
    assertThat(fed.file("a.json", "[1, 2]").batches(DataSpec.file("a.json")))
        .containsExactly("[1, 2][1.0, 2.0]");
  }

  @Test
  void several_inputs_take_the_columns_of_their_names() {
    assertThat(
            new Fed(folder)
                .input("a", ElementType.BOOL, "n")
                .input("b", ElementType.STRING, "n", 2)
                .file(
                    "a.jsonl", "{\"b\": [\"u\", 2], \"a\": true}\n{\"b\": [0.5, false], \"a\": 0}")
                .batches(DataSpec.file("a.jsonl")))
        .containsExactly("a=[2][1, 0] b=[2, 2][u, 2, 0.5, false]");
  }

  @Test
  void a_nested_array_of_the_inputs_rank_is_the_whole_tensor() {
    assertThat(
            fed(ElementType.INT64, "Dim1", "Dim2", 2)
                .file("a.jsonl", "{\"x\": [[[1, 2]], [[3, 4]], [[5, 6]]]}")
                .batches(DataSpec.file("a.jsonl")))
        .containsExactly("[3, 1, 2][1, 2, 3, 4, 5, 6]");
    assertThat(
            fed(ElementType.INT64, "Dim1", 1, 2)
                .dimension("Dim1", 3)
                .file("a.jsonl", "{\"x\": [1, 2, 3, 4, 5, 6]}")
                .batches(DataSpec.file("a.jsonl")))
        .as("six values fill the tensor, two would be a row")
        .containsExactly("[3, 1, 2][1, 2, 3, 4, 5, 6]");
  }

  @Test
  void a_scalar_input_takes_one_row_a_call() {
    assertThat(
            fed(ElementType.INT64)
                .file("a.jsonl", "{\"x\": 16000} {\"x\": 8000}")
                .batches(DataSpec.file("a.jsonl")))
        .containsExactly("[][16000]", "[][8000]");
  }

  @Test
  void rows_of_different_lengths_are_fed_one_by_one_or_refused() {
    Fed fed =
        fed(ElementType.INT64, "batch", "seq").file("a.jsonl", "{\"x\": [1]}\n{\"x\": [2, 3]}");
    assertThat(fed.batches(DataSpec.file("a.jsonl"))).containsExactly("[1, 1][1]", "[1, 2][2, 3]");
    assertThatThrownBy(() -> fed.batches(DataSpec.file("a.jsonl").batch(2)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a.jsonl:2: column 'x' holds values of shape [2] for input 'x' int64[batch, seq]; the rows"
                + " before it in the batch have [1], and rows of different shapes need batch: 1");
  }

  @Test
  void large_integers_keep_their_digits_beside_fractions() {
    assertThat(
            fed(ElementType.INT64, "n", 3)
                .file("a.jsonl", "{\"x\": [9007199254740993, 1.0, -9223372036854775808]}")
                .batches(DataSpec.file("a.jsonl")))
        .containsExactly("[1, 3][9007199254740993, 1, -9223372036854775808]");
  }

  @Test
  void an_ignored_column_is_passed_over() {
    Fed fed = fed(ElementType.INT64, "n", 1).file("a.jsonl", "{\"u\": [{}, [1]], \"v\": 2}");
    assertThat(fed.batches(DataSpec.file("a.jsonl").ignore("u"))).containsExactly("[1, 1][2]");
  }

  @Test
  void infinity_is_fed_where_it_is_meant() {
    assertThat(
            fed(ElementType.FLOAT32, "n", 2)
                .file("a.jsonl", "{\"x\": [Infinity, -Infinity]}")
                .batches(DataSpec.file("a.jsonl")))
        .containsExactly("[1, 2][Infinity, -Infinity]");
  }

  private void assertRefused(String content, String sentence) {
    assertThatThrownBy(
            () ->
                fed(ElementType.UINT8, "n", 2)
                    .file("a.jsonl", content)
                    .batches(DataSpec.file("a.jsonl")))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(sentence);
  }

  @Test
  void every_misfit_is_named_with_its_line() {
    String input = "input 'x' uint8[n, 2]";
    assertRefused(
        "{\"x\": [1, 2]}\n{\"x\": [1, 256]}",
        "a.jsonl:2: column 'x' holds 256, which is out of range; " + input);
    assertRefused("{\"x\": [1, -1]}", "a.jsonl:1: column 'x' holds -1, which is out of range");
    assertRefused("{\"x\": [1, 0.5]}", "a.jsonl:1: column 'x' holds 0.5; " + input);
    assertRefused("{\"x\": [1, \"a\"]}", "a.jsonl:1: column 'x' holds 'a'; " + input);
    assertRefused("{\"x\": [1, null]}", "a.jsonl:1: column 'x' holds null; " + input);
    assertRefused("{\"x\": [1, {}]}", "a.jsonl:1: column 'x' holds an object; " + input);
    assertRefused("{\"x\": [1, 1e300]}", "a.jsonl:1: column 'x' holds '1.0E300', which is out");
    assertRefused(
        "{\"x\": [1, 2]}\n{\"x\": [1]}",
        "a.jsonl:2: column 'x' holds 1 value; " + input + " takes 2 values in a row");
    assertRefused(
        "{\"x\": [1, 2]}\n{\"y\": 1}", "a.jsonl:2: the row has no 'x', which " + input + " takes");
    assertRefused("{\"x\": [1, 2]}\n{\"x\": [1, 2}", "a.jsonl:2: this is no JSON:");
    assertRefused("{\"x\": [1, 2]}\n{\"x\": [1, 2]", "a.jsonl:2: this is no JSON:");
    assertRefused("{\"x\": [1, 1e999]}", "a.jsonl:1: column 'x' holds '1e999', which is out");
    assertRefused(
        "{\"x\": null}", "a.jsonl:1: column 'x' holds null; " + input + " takes 2 values");
    assertRefused("{\"x\": {}}", "a.jsonl:1: column 'x' holds an object; " + input);
    assertRefused("{\"x\": \"a\"}", "a.jsonl:1: column 'x' holds 'a'; " + input);
    assertRefused("{\"x\": 7}", "a.jsonl:1: column 'x' holds only 7; " + input);
    assertRefused(
        "{\"x\": [1, 2]}\nnull", "a.jsonl:2: the row is null; expected an object with the columns");
    assertRefused(
        "[1, 2]\n{\"x\": 1}",
        "a.jsonl:2: the row is an object; the rows before it are each an array");
    assertRefused("", "a.jsonl has no rows");
    assertRefused("[]\n", "a.jsonl: nothing says what to feed to the input 'x'");
  }
}
