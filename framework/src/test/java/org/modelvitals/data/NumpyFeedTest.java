package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.modelvitals.model.ElementType;
import tools.jackson.databind.JsonNode;

/** Arrays of NumPy, against files and values of NumPy; see make_numpy_fixtures.py. */
class NumpyFeedTest {
  @TempDir Path folder;

  private static List<@Nullable Object> column(DataSpec spec, Path folder, String column) {
    List<@Nullable Object> values = new ArrayList<>();
    try (DataRows rows = DataRows.open(spec, folder::resolve)) {
      for (Optional<DataRow> row = rows.next(); row.isPresent(); row = rows.next()) {
        values.add(row.get().values().get(column));
      }
      assertThat(rows.total()).isEqualTo(values.size());
    }
    return values;
  }

  /** A value of JSON as cells have it. */
  private static @Nullable Object plain(JsonNode node) {
    if (node.isArray()) {
      return node.valueStream().map(NumpyFeedTest::plain).toList();
    }
    return node.isFloatingPointNumber()
        ? (Object) node.doubleValue()
        : node.isIntegralNumber()
            ? node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue()
            : node.isBoolean() ? (Object) node.booleanValue() : node.stringValue();
  }

  static Stream<String> arrays() {
    return Fixtures.json("numpy.json").propertyNames().stream()
        .filter(name -> name.endsWith(".npy"))
        .filter(
            name ->
                !Stream.of("records", "version3", "empty", "single").anyMatch(name::startsWith));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void arrays_are_those_that_numpy_wrote(String file) {
    List<@Nullable Object> found = column(DataSpec.npy(file), Fixtures.folder(), "values");
    assertThat(found).isEqualTo(plain(Fixtures.json("numpy.json").path(file)));
  }

  @Test
  void the_fields_of_records_are_columns() {
    JsonNode expected = Fixtures.json("numpy.json").path("records.npy");
    String[] names = {"label", "pixels", "weight"};
    for (int i = 0; i < names.length; i++) {
      int field = i;
      assertThat(column(DataSpec.npy("records.npy"), Fixtures.folder(), names[i]))
          .isEqualTo(expected.valueStream().map(row -> plain(row.path(field))).toList());
    }
    assertThat(column(DataSpec.npy("version3.npy"), Fixtures.folder(), "größe"))
        .containsExactly(1L, 2L);
  }

  @ParameterizedTest
  @CsvSource({"stored.npz", "deflated.npz"})
  void the_arrays_of_an_npz_are_columns(String file) {
    JsonNode expected = Fixtures.json("numpy.json").path(file);
    for (String name : expected.propertyNames()) {
      assertThat(column(DataSpec.npz(file), Fixtures.folder(), name))
          .isEqualTo(plain(expected.path(name)));
    }
  }

  @Test
  void columns_are_fed_by_name_and_without() {
    Fed named =
        new Fed(Fixtures.folder())
            .input("x", ElementType.FLOAT32, "n", 3, 2)
            .input("fort", ElementType.FLOAT64, "n", 2)
            .reserved("label");
    assertThat(named.batches(DataSpec.npz("deflated.npz").batch(4)))
        .containsExactly("x=[4, 3, 2]" + doubles(24, i -> i) + " fort=[4, 2]" + doubles(8, i -> i));
    Fed only =
        new Fed(Fixtures.folder())
            .input("pixels", ElementType.FLOAT32, "n", 3, 2)
            .reserved("label");
    DataSpec spec = DataSpec.npy("u1-little.npy", "labels.npy").batch(4);
    assertThat(only.batches(spec)).containsExactly("[4, 3, 2]" + doubles(24, i -> i * 10));
    try (Feed feed = only.open(spec)) {
      Batch batch = feed.next().orElseThrow();
      assertThat(batch.value(1, "label")).isEqualTo(1L);
      assertThat(batch.where(1)).isEqualTo("u1-little.npy, row 1");
    }
  }

  private static List<Double> doubles(int count, Function<Integer, Integer> value) {
    return Stream.iterate(0, i -> i + 1).limit(count).map(i -> (double) value.apply(i)).toList();
  }

  @Test
  void arrays_of_other_lengths_may_stand_beside_those_that_are_read() {
    Fed fed = new Fed(Fixtures.folder()).input("x", ElementType.FLOAT32, "n", 2).reserved("y_test");
    assertThatThrownBy(() -> fed.open(DataSpec.npz("unequal.npz")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "unequal.npz, array 'x_train' has 5 rows and unequal.npz, array 'x_test' has 3 rows;"
                + " expected as many in each, or the name of an array under 'ignore'");
    assertThat(fed.batches(DataSpec.npz("unequal.npz").ignore("x_train")))
        .containsExactly("[3, 2][1.0, 1.0, 1.0, 1.0, 1.0, 1.0]");
  }

  @Test
  void an_array_compressed_with_gzip_is_read_in_either_order() throws IOException {
    for (String file : List.of("fortran2.npy", "i2-big.npy")) {
      try (OutputStream out =
          new GZIPOutputStream(Files.newOutputStream(folder.resolve(file + ".gz")))) {
        Files.copy(Fixtures.folder().resolve(file), out);
      }
      assertThat(column(DataSpec.file(file + ".gz"), folder, "values"))
          .isEqualTo(plain(Fixtures.json("numpy.json").path(file)));
    }
  }

  @Test
  void fortran_order_is_gathered_block_by_block() throws IOException {
    int rows = 5000;
    int width = 3000;
    byte[] header = header("{'descr': '|u1', 'fortran_order': True, 'shape': (5000, 3000)}");
    ByteBuffer bytes = ByteBuffer.allocate(header.length + rows * width).put(header);
    for (int column = 0; column < width; column++) {
      for (int row = 0; row < rows; row++) {
        bytes.put((byte) (row * 31 + column * 17));
      }
    }
    Files.write(folder.resolve("large.npy"), bytes.array());
    Row row = new Row();
    try (RowSource source = NumpySource.npy(folder.resolve("large.npy"), "large.npy", null, "")) {
      for (int r = 0; source.next(row); r++) {
        long[] values = row.cell(0).longs();
        for (int column = 0; column < width; column += 7) {
          assertThat(values[column]).isEqualTo((r * 31 + column * 17) & 0xff);
        }
      }
    }
  }

  private static byte[] header(String text) {
    byte[] literal = text.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(10 + literal.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) literal.length)
        .put(literal)
        .array();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} => is cut off in row 0; its header promises 2 rows",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (1,)} => goes on after the last of its rows; its header promises the shape [1]",
        "{'descr': '<f4', 'fortran_order': False, 'shape': ()} => holds a single value",
        "{'descr': '<f4', 'fortran_order': None, 'shape': (2,)} => holds 'None, 'shape': (2,)}' at character 34, where True or False should be",
        "{'descr': '<f4', 'shape': (2,)} => holds no dictionary of descr, fortran_order and shape",
        "{'descr': '<f3', 'fortran_order': False, 'shape': (2,)} => holds elements of type '<f3'; expected bool, int8",
        "{'descr': '|V8', 'fortran_order': False, 'shape': (2,)} => holds raw bytes (V)",
        "{'descr': [('a', [('b', '<f4')])], 'fortran_order': False, 'shape': (2,)} => holds records within records",
        "{'descr': [('a', '<f4'), ('a', '<f4')], 'fortran_order': False, 'shape': (2,)} => holds fields of the same name: 'a', 'a'",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 2)} => holds records in the shape [2, 2]",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4000000000)} => a row would not fit in memory",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, -1)} => at character 54, where a whole number should be",
        "[1, 2 => holds nothing more at character 5, where ',' or ']' should be",
      })
  void a_malformed_array_is_named(String header, String message) throws IOException {
    byte[] bytes = header(header);
    Files.write(folder.resolve("bad.npy"), Arrays.copyOf(bytes, bytes.length + 2));
    assertThatThrownBy(() -> column(DataSpec.npy("bad.npy"), folder, "values"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("bad.npy")
        .hasMessageContaining(message);
  }

  @Test
  void what_is_no_array_is_named() throws IOException {
    Files.writeString(folder.resolve("text.npy"), "p,q\n1,2\n");
    Files.write(folder.resolve("none.npy"), new byte[0]);
    Files.write(folder.resolve("head.npy"), Arrays.copyOf(header("{}"), 11));
    Files.write(
        folder.resolve("version.npy"), new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 4, 0});
    Files.writeString(folder.resolve("text.npz"), "p,q\n1,2\n");
    check(
        "text.npy",
        "text.npy is no array of NumPy: it begins with 0x702c710a312c320a, not with 0x934e554d5059");
    check("none.npy", "none.npy is no array of NumPy: it is empty");
    check("head.npy", "head.npy is no array of NumPy: its header is cut off");
    check(
        "version.npy",
        "version.npy is no array of NumPy: it is of version 4.0; expected 1.0, 2.0 or 3.0");
    check("text.npz", "text.npz is no .npz, which is a zip file: zip END header not found");
    check("gone.npy", "there is no dataset 'gone.npy'");
    check("gone.npz", "there is no dataset 'gone.npz'");
    for (String file : List.of("objects.npy", "complex.npy", "empty.npy")) {
      Files.copy(Fixtures.folder().resolve(file), folder.resolve(file));
    }
    check(
        "objects.npy",
        "objects.npy holds Python objects, which only Python's pickle reads; save an array of numbers or texts instead");
    check(
        "complex.npy",
        "complex.npy holds elements of type '<c16'; expected bool, int8 to int64, uint8 to uint64,"
            + " float16, float32, float64, bytes (S) and texts (U)");
    check("empty.npy", "empty.npy has no rows");
  }

  private void check(String file, String message) {
    assertThatThrownBy(() -> column(DataSpec.file(file), folder, "values"))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }
}
