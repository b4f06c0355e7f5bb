package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.model.ElementType;

class CsvFeedTest {
  @TempDir Path folder;

  private Fed fed(ElementType type, Object... dims) {
    return new Fed(folder).input("x", type, dims);
  }

  @Test
  void the_columns_that_are_left_fill_the_single_input() {
    assertThat(
            fed(ElementType.FLOAT32, "batch", 2)
                .reserved("label")
                .file("a.csv", "p,label,id,q\n1,cat,u,2.5\n3,dog,v,-4e1\n")
                .batches(DataSpec.csv("a.csv").ignore("id")))
        .containsExactly("[2, 2][1.0, 2.5, 3.0, -40.0]");
  }

  @Test
  void the_last_batch_has_the_rows_that_are_left() {
    assertThat(
            fed(ElementType.INT64, "batch")
                .file("a.csv", "x\n1\n2\n3\n")
                .batches(DataSpec.csv("a.csv").batch(2)))
        .containsExactly("[2][1, 2]", "[1][3]");
  }

  @Test
  void a_column_that_is_misspelt_is_told_before_anything_is_fed() {
    Fed fed = fed(ElementType.FLOAT32, "batch", 2).file("a.csv", "p,label,id,q\n1,2,3,4\n");
    assertThatThrownBy(() -> fed.batches(DataSpec.csv("a.csv").ignore("label", "idd")))
        .isInstanceOf(DataException.class)
        .hasMessage("a.csv: there is no column 'idd'; did you mean 'id'?");
    assertThatThrownBy(() -> fed.reserved("labl").batches(DataSpec.csv("a.csv").ignore("id")))
        .isInstanceOf(DataException.class)
        .hasMessage("a.csv: there is no column 'labl'; did you mean 'label'?");
  }

  @Test
  void a_limit_ends_reading() {
    assertThat(
            fed(ElementType.INT64, "batch")
                .file("a.csv", "x\n1\n2\nnonsense\n")
                .batches(DataSpec.csv("a.csv").limit(2)))
        .containsExactly("[2][1, 2]");
  }

  @Test
  void a_first_dimension_that_is_fixed_is_the_batch() {
    Fed fed = fed(ElementType.INT64, 2, 2).file("a.csv", "a,b\n1,2\n3,4\n5,6\n7,8\n");
    assertThat(fed.batches(DataSpec.csv("a.csv")))
        .containsExactly("[2, 2][1, 2, 3, 4]", "[2, 2][5, 6, 7, 8]");
    assertThatThrownBy(() -> fed.batches(DataSpec.csv("a.csv").limit(3)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a.csv: the model takes 2 rows in every call, and of 3 rows 1 are left over; set limit: 2");
    assertThatThrownBy(() -> fed.batches(DataSpec.csv("a.csv").limit(1)))
        .hasMessage(
            "a.csv: the model takes 2 rows in every call, and there is only 1; at least 2 are needed");
    assertThatThrownBy(() -> fed.batches(DataSpec.csv("a.csv").batch(4)))
        .hasMessage("batch: 4 does not fit the model, which takes 2 rows in a call");
  }

  @Test
  void a_row_may_fill_a_whole_tensor() {
    assertThat(
            fed(ElementType.INT64, 2, 2)
                .file("a.csv", "1,2,3,4\n5,6,7,8\n")
                .batches(DataSpec.csv("a.csv").withoutHeader()))
        .containsExactly("[2, 2][1, 2, 3, 4]", "[2, 2][5, 6, 7, 8]");
  }

  @Test
  void columns_without_a_header_are_numbered() {
    Fed fed = fed(ElementType.FLOAT32, "batch", 2).reserved("0").file("a.csv", "7,1,2\n3,4,5\n");
    try (Feed feed = fed.open(DataSpec.csv("a.csv").withoutHeader())) {
      Batch batch = feed.next().orElseThrow();
      assertThat(Fed.text(Fed.input(batch, "x"))).isEqualTo("[2, 2][1.0, 2.0, 4.0, 5.0]");
      assertThat(batch.value(1, "0")).isEqualTo("3");
      assertThat(batch.where(0)).isEqualTo("a.csv:1");
      assertThat(batch.where(1)).isEqualTo("a.csv:2");
    }
  }

  @Test
  void lines_are_counted_through_quoted_line_breaks_crlf_and_empty_lines() {
    Fed fed =
        fed(ElementType.INT64, "batch")
            .reserved("text")
            .file(
                "a.csv",
                "\uFEFFx,text\r\n1,\"one\r\ntwo, \"\"three\"\"\"\r\n\r\n2,\"four\nfive\nsix\"\r\n3,seven");
    try (Feed feed = fed.open(DataSpec.csv("a.csv"))) {
      Batch batch = feed.next().orElseThrow();
      assertThat(Fed.text(Fed.input(batch, "x"))).isEqualTo("[3][1, 2, 3]");
      assertThat(batch.value(0, "text")).isEqualTo("one\r\ntwo, \"three\"");
      assertThat(batch.value(1, "text")).isEqualTo("four\nfive\nsix");
      assertThat(batch.where(0)).isEqualTo("a.csv:2");
      assertThat(batch.where(1)).isEqualTo("a.csv:5");
      assertThat(batch.where(2)).isEqualTo("a.csv:8");
      assertThat(batch.index(2)).isEqualTo(2);
    }
  }

  @Test
  void other_delimiters_and_arrays_in_cells() {
    assertThat(
            fed(ElementType.FLOAT32, "n", 2, 2)
                .file("a.csv", "x;y\n[[1, 2], [3, 4]];0\n")
                .batches(DataSpec.csv("a.csv").delimiter(";")))
        .containsExactly("[1, 2, 2][1.0, 2.0, 3.0, 4.0]");
    assertThat(
            fed(ElementType.FLOAT32, "n", 2)
                .file("a.tsv", "p\tq\n1\t2\n")
                .batches(DataSpec.file("a.tsv")))
        .containsExactly("[1, 2][1.0, 2.0]");
  }

  @Test
  void numbers_are_scaled_and_gaps_are_filled_as_declared() {
    InputSpec scaled = new InputSpec.Columns(List.of("q", "p"), List.of(), 0.5, "nan");
    assertThat(
            fed(ElementType.FLOAT32, "n", 2)
                .file("a.csv", "p,q\n1,3\n,NaN\n")
                .batches(DataSpec.csv("a.csv").input("x", scaled)))
        .containsExactly("[2, 2][1.5, 0.5, NaN, NaN]");
  }

  @Test
  void gaps_become_what_is_declared_and_nothing_else() {
    for (ElementType type : new ElementType[] {ElementType.INT8, ElementType.STRING}) {
      InputSpec filled = new InputSpec.Columns(List.of("x"), List.of(), 1, "7");
      assertThat(
              fed(type, "n")
                  .file("a.jsonl", "{\"x\": 1} {\"x\": null}")
                  .batches(DataSpec.jsonl("a.jsonl").input("x", filled)))
          .containsExactly("[2][1, 7]");
    }
    InputSpec wrong = new InputSpec.Columns(List.of("p"), List.of(), 1, "nan");
    assertThatThrownBy(
            () ->
                fed(ElementType.INT8, "n")
                    .file("a.csv", "p,q\n,1\n")
                    .batches(DataSpec.csv("a.csv").input("x", wrong)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a.csv:2: column 'p' holds nothing, for which 'missing' gives no value; input 'x'"
                + " int8[n] takes whole numbers of int8");
  }

  @Test
  void compressed_data_are_told_by_content() throws IOException {
    byte[] plain = "x\n1\n2\n".getBytes(StandardCharsets.UTF_8);
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("zipped.csv")))) {
      out.write(plain);
    }
    Fed fed = fed(ElementType.INT64, "batch");
    assertThat(fed.batches(DataSpec.csv("zipped.csv"))).containsExactly("[2][1, 2]");

    byte[] zipped = Files.readAllBytes(folder.resolve("zipped.csv"));
    Files.write(folder.resolve("cut.csv"), Arrays.copyOf(zipped, zipped.length - 10));
    assertThatThrownBy(() -> fed.batches(DataSpec.csv("cut.csv")))
        .isInstanceOf(DataException.class)
        .hasMessage("cut.csv is cut off: its compressed data end too early");
  }

  private void assertRefused(String content, String sentence) {
    assertThatThrownBy(
            () ->
                fed(ElementType.FLOAT32, "batch", 2)
                    .reserved("label")
                    .file("a.csv", content)
                    .batches(DataSpec.csv("a.csv")))
        .isInstanceOf(DataException.class)
        .hasMessage(sentence);
  }

  @Test
  void every_misfit_is_named_with_its_line() {
    assertRefused("p,q,label\n1,2,a\n1,2\n", "a.csv:3: the row has 2 columns, the header has 3");
    assertRefused(
        "p,q,label\n1,\"x\ny\",a\n",
        "a.csv:2: column 'q' holds 'x\ny'; input 'x' float32[batch, 2] takes numbers");
    assertRefused(
        "p,q,label\n1,,a\n",
        "a.csv:2: column 'q' holds nothing; input 'x' float32[batch, 2] takes numbers");
    assertRefused(
        "p,q,label\n1,nan,a\n",
        "a.csv:2: column 'q' holds 'nan'; input 'x' float32[batch, 2] takes numbers");
    assertRefused(
        "p,q,label\n1,1e39,a\n",
        "a.csv:2: column 'q' holds 1.0E39, which is out of range; input 'x' float32[batch, 2] takes numbers");
    assertRefused(
        "p,q,label\n1,1e400,a\n",
        "a.csv:2: column 'q' holds '1e400', which is out of range; input 'x' float32[batch, 2] takes numbers");
    assertRefused(
        "p,q,label\n1," + "9".repeat(100_000) + ",a\n",
        "a.csv:2: column 'q' holds '"
            + "9".repeat(60)
            + "…', which is out of range; input 'x' float32[batch, 2] takes numbers");
    assertRefused(
        "p,q,r,label\n1,2,3,a\n",
        "a.csv:2: the columns 'p', 'q', 'r' hold 3 values; input 'x' float32[batch, 2] takes 2 values in a row");
    assertRefused("p,p\n1,2\n", "a.csv:1: there are two columns 'p'; names of columns must differ");
    assertRefused("", "a.csv is empty; expected a line with the names of the columns");
    assertRefused("p,q\n", "a.csv has no rows");
    assertRefused(
        "label\n1\n",
        "a.csv: nothing says what to feed to the input 'x': the columns left are none; say it with 'inputs:'");
  }

  @Test
  void infinity_is_fed_where_it_is_meant() {
    assertThat(
            fed(ElementType.FLOAT32, "batch", 2)
                .file("a.csv", "p,q\ninf,-Infinity\n")
                .batches(DataSpec.csv("a.csv")))
        .containsExactly("[1, 2][Infinity, -Infinity]");
  }

  @Test
  void a_quoted_cell_of_nothing_is_a_row_and_an_empty_line_is_none() {
    assertThat(
            fed(ElementType.STRING, "batch")
                .file("a.csv", "x\na\n\n\"\"\n  \nb\n\n")
                .batches(DataSpec.csv("a.csv")))
        .containsExactly("[3][a, , b]");
    assertThat(
            fed(ElementType.STRING, "batch", 2)
                .file("b.csv", "p,q\n,\"\"\na,\n")
                .batches(DataSpec.csv("b.csv")))
        .containsExactly("[2, 2][, , a, ]");
  }

  @Test
  void a_file_in_another_encoding_is_refused_with_the_line() throws IOException {
    Files.write(
        folder.resolve("latin.csv"), "p,q\n1,2\n1,\u00fc\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(
            () -> fed(ElementType.FLOAT32, "batch", 2).batches(DataSpec.csv("latin.csv")))
        .isInstanceOf(DataException.class)
        .hasMessage("latin.csv:3: these bytes are no UTF-8; save the file in that encoding");
  }

  @Test
  void a_batch_that_no_tensor_can_hold_is_refused() {
    Fed fed = fed(ElementType.FLOAT32, "batch", 2).file("a.csv", "p,q\n1,2\n");
    for (DataSpec data :
        List.of(DataSpec.csv("a.csv"), DataSpec.generated().input("x", InputSpec.constant("1")))) {
      assertThatThrownBy(() -> fed.batches(data.batch(Integer.MAX_VALUE)))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "input 'x' float32[batch, 2] would be fed the shape [2147483647, 2], which takes"
                  + " 17,179,869,176 bytes; a tensor has at most 2,147,483,647: make batch or shape"
                  + " smaller");
    }
  }

  @Test
  void names_that_do_not_exist_come_with_the_nearest() {
    Fed fed = fed(ElementType.INT64, "batch", 1).file("a.csv", "width\n1\n");
    assertThatThrownBy(() -> fed.open(DataSpec.csv("a.csv").input("x", InputSpec.columns("widht"))))
        .hasMessage("a.csv: there is no column 'widht'; did you mean 'width'?");
    assertThatThrownBy(
            () -> fed.open(DataSpec.csv("a.csv").input("X2", InputSpec.columns("width"))))
        .hasMessage("the model has no input 'X2'; its inputs are 'x'");
    try (Feed feed = fed.open(DataSpec.csv("a.csv"))) {
      Batch batch = feed.next().orElseThrow();
      assertThatThrownBy(() -> batch.value(0, "wdth"))
          .isInstanceOf(DataException.class)
          .hasMessage("a.csv: there is no column 'wdth'; did you mean 'width'?");
    }
  }

  @Test
  void buffers_are_used_again() {
    Fed fed = fed(ElementType.INT64, "batch").file("a.csv", "x\n1\n2\n3\n4\n");
    try (Feed feed = fed.open(DataSpec.csv("a.csv").batch(2))) {
      var first = Fed.input(feed.next().orElseThrow(), "x");
      assertThat(Fed.input(feed.next().orElseThrow(), "x")).isSameAs(first);
    }
  }
}
