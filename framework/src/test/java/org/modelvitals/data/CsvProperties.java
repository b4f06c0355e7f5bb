package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;

/** What a plain writer of RFC 4180 writes is read back, with the lines on which rows begin. */
class CsvProperties {

  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> cells =
        Arbitraries.of(
                " ",
                ",",
                ";",
                "\"",
                "\n",
                "\r",
                "\t",
                "a",
                "\u00e9",
                "\u20ac",
                "\ud83d\ude00",
                "0",
                "'",
                "[",
                "]",
                "{",
                "}")
            .list()
            .ofMaxSize(9)
            .map(parts -> String.join("", parts));
    return cells.list().ofSize(3).list().ofMinSize(1).ofMaxSize(70);
  }

  @Property(tries = 300)
  void a_table_survives(
      @ForAll("tables") List<List<String>> table,
      @ForAll boolean header,
      @ForAll boolean crlf,
      @ForAll boolean last,
      @ForAll boolean mark)
      throws IOException {
    String end = crlf ? "\r\n" : "\n";
    StringBuilder text = new StringBuilder(mark ? "\uFEFF" : "");
    List<Integer> lines = new ArrayList<>();
    int line = 1;
    if (header) {
      text.append("0,1,2").append(end);
      line++;
    }
    for (List<String> row : table) {
      lines.add(line);
      String written = String.join(",", row.stream().map(CsvProperties::quoted).toList());
      line += lineEnds(written) + 1;
      text.append(written).append(end);
    }
    if (!last) {
      text.setLength(text.length() - end.length());
    }
    Path file = Files.createTempFile("table", ".csv");
    try {
      Files.writeString(file, text);
      assertRead(file, header, table, lines);
    } finally {
      Files.delete(file);
    }
  }

  private static void assertRead(
      Path file, boolean header, List<List<String>> table, List<Integer> lines) {
    String name = String.valueOf(file.getFileName());
    Fed fed =
        new Fed(Path.of(String.valueOf(file.getParent()))).input("x", ElementType.STRING, "n", 3);
    DataSpec spec = header ? DataSpec.csv(name) : DataSpec.csv(name).withoutHeader();
    int at = 0;
    try (Feed feed = fed.open(spec)) {
      for (Optional<Batch> next = feed.next(); next.isPresent(); next = feed.next()) {
        Tensor tensor = Fed.input(next.get(), "x");
        for (int row = 0; row < next.get().rows(); row++, at++) {
          assertThat(List.of(tensor.strings()).subList(row * 3, row * 3 + 3))
              .isEqualTo(table.get(at));
          assertThat(next.get().value(row, "1")).isEqualTo(table.get(at).get(1));
          assertThat(next.get().where(row)).isEqualTo(name + ":" + lines.get(at));
          assertThat(next.get().index(row)).isEqualTo(at);
        }
      }
    }
    assertThat(at).isEqualTo(table.size());
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> ",\"\n\r".indexOf(c) >= 0) && !cell.isEmpty();
    // A blank at the edge of a plain cell is part of it.
    return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }

  /** CR, LF and CRLF each end a line. */
  private static int lineEnds(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n').length()
        - text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "").length();
  }
}
