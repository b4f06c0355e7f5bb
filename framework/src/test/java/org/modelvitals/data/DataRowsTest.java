package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataRowsTest {
  @TempDir Path folder;

  private List<DataRow> rows(DataSpec data) {
    List<DataRow> all = new ArrayList<>();
    try (DataRows rows = DataRows.open(data, folder::resolve)) {
      for (Optional<DataRow> row = rows.next(); row.isPresent(); row = rows.next()) {
        all.add(row.get());
      }
    }
    return all;
  }

  private DataSpec written(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
    return DataSpec.file(name);
  }

  @Test
  void rowsOfJsonLinesAreTheirFields() throws IOException {
    DataSpec data =
        written(
            "a.jsonl",
            """
            {"text": "one", "choices": ["a", "b"], "gold": 1}

            {"text": 2, "gold": null, "more": {"x": [1, 2]}}
            """);
    List<DataRow> rows = rows(data);
    assertThat(rows).extracting(DataRow::where).containsExactly("a.jsonl:1", "a.jsonl:3");
    assertThat(rows.get(0).texts("choices")).containsExactly("a", "b");
    assertThat(rows.get(0).value("gold")).contains(1L);
    assertThat(rows.get(0).texts("text")).containsExactly("one");
    assertThat(rows.get(1).text("text")).isEqualTo("2");
    assertThat(rows.get(1).value("more")).contains(Map.of("x", List.of(1L, 2L)));
    assertThatThrownBy(() -> rows.get(1).text("gold"))
        .isInstanceOf(DataException.class)
        .hasMessage("a.jsonl:3: the column 'gold' is null");
    assertThatThrownBy(() -> rows.get(0).text("txet"))
        .hasMessage("a.jsonl:1: there is no column 'txet'; did you mean 'text'?");
    assertThatThrownBy(() -> rows.get(0).text("choices"))
        .hasMessage("a.jsonl:1: the column 'choices' holds a list; expected a text");
    assertThat(rows(data.limit(1))).hasSize(1);
  }

  /** As choices of several tokens have them: every list is as long as it was written. */
  @Test
  void listsInListsKeepTheirLengths() throws IOException {
    DataSpec data =
        written(
            "a.jsonl",
            """
            {"ids": [[2, 3], [3]], "mixed": [1, [2, [], ["x", null]], 3.5], "empty": [[], [1]]}
            {"ids": [[1, 2], [3, 4]], "mixed": [[[1], [2, 3]], []], "empty": [[], []]}
            """);
    List<DataRow> rows = rows(data);
    assertThat(rows.get(0).value("ids")).contains(List.of(List.of(2L, 3L), List.of(3L)));
    assertThat(String.valueOf(rows.get(0).require("mixed")))
        .isEqualTo("[1, [2, [], [x, null]], 3.5]");
    assertThat(String.valueOf(rows.get(0).require("empty"))).isEqualTo("[[], [1]]");
    assertThat(String.valueOf(rows.get(1).require("ids"))).isEqualTo("[[1, 2], [3, 4]]");
    assertThat(String.valueOf(rows.get(1).require("mixed"))).isEqualTo("[[[1], [2, 3]], []]");
    assertThat(String.valueOf(rows.get(1).require("empty"))).isEqualTo("[[], []]");
  }

  @Test
  void dataWithoutRowsAreNone() throws IOException {
    assertThatThrownBy(() -> rows(written("a.jsonl", "")))
        .isInstanceOf(DataException.class)
        .hasMessage("a.jsonl has no rows");
    assertThatThrownBy(() -> rows(written("a.txt", ""))).hasMessage("a.txt has no rows");
  }

  @Test
  void rowsOfCsvAreTexts() throws IOException {
    assertThat(rows(written("a.csv", "text,n\n\"a, b\",1\n")).get(0).values())
        .isEqualTo(Map.of("text", "a, b", "n", "1"));
  }

  @Test
  void linesOfPlainTextAreRows() throws IOException {
    List<DataRow> rows = rows(written("a.txt", "\uFEFFthe dog\n\n  \r\n two cats \r\nlast"));
    assertThat(rows)
        .extracting(row -> row.text("text"))
        .containsExactly("the dog", " two cats ", "last");
    assertThat(rows).extracting(DataRow::where).containsExactly("a.txt:1", "a.txt:4", "a.txt:5");
    assertThat(rows).extracting(DataRow::index).containsExactly(0L, 1L, 2L);
  }

  @Test
  void aDocumentIsOneRow() throws IOException {
    written("a.txt", "the dog\n\nsleeps\n");
    List<DataRow> rows = rows(DataSpec.document("a.txt"));
    assertThat(rows)
        .singleElement()
        .extracting(row -> row.text("text"))
        .isEqualTo("the dog\n\nsleeps\n");
    written("blank.txt", "\n \n");
    assertThatThrownBy(() -> rows(DataSpec.document("blank.txt")))
        .hasMessage("blank.txt has no rows");
  }

  @Test
  void compressedPlainTextIsRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("größer\n".getBytes(StandardCharsets.UTF_8));
    }
    Files.write(folder.resolve("a.txt.gz"), bytes.toByteArray());
    assertThat(rows(DataSpec.file("a.txt.gz")))
        .singleElement()
        .extracting(row -> row.text("text"))
        .isEqualTo("größer");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() throws IOException {
    Files.write(folder.resolve("a.txt"), new byte[] {'a', '\n', 'b', (byte) 0xff, '\n'});
    assertThatThrownBy(() -> rows(DataSpec.file("a.txt")))
        .isInstanceOf(DataException.class)
        .hasMessage("a.txt:2: these bytes are no UTF-8; save the file in that encoding");
  }

  @Test
  void whatHasNoPlainRowsIsRefused() {
    assertThatThrownBy(() -> rows(DataSpec.generated()))
        .hasMessage("the probe reads a dataset; name its 'file'");
    assertThatThrownBy(() -> rows(DataSpec.file("a.txt").input("x", InputSpec.columns("a"))))
        .hasMessageStartingWith("inputs: the probe feeds the model by itself");
    assertThatThrownBy(() -> rows(DataSpec.file("a.txt").batch(4)))
        .hasMessage("batch: the probe makes its batches by itself");
    assertThatThrownBy(() -> rows(DataSpec.onnx("a"))).hasMessageContaining("ONNX test data");
    assertThatThrownBy(() -> rows(DataSpec.file("none.txt")))
        .hasMessage("there is no dataset 'none.txt'");
  }
}
