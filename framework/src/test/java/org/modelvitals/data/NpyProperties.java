package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class NpyProperties {

  /** As Python's {@code repr} writes it. */
  private static String repr(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> repr(entry.getKey()) + ": " + repr(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof List<?> list) {
      String inner = list.stream().map(NpyProperties::repr).collect(Collectors.joining(", "));
      return "(" + inner + (list.size() == 1 ? ",)" : ")");
    }
    return value instanceof Boolean truth
        ? truth ? "True" : "False"
        : value instanceof String ? "'" + value + "'" : value.toString();
  }

  @Provide
  Arbitrary<Object> literals() {
    Arbitrary<String> texts = Arbitraries.strings().excludeChars('\'', '\\').ofMaxLength(8);
    Arbitrary<Object> leaves =
        Arbitraries.oneOf(
            texts.map(text -> text),
            Arbitraries.longs().greaterOrEqual(0).map(number -> number),
            Arbitraries.of(true, false).map(truth -> truth));
    return Arbitraries.recursive(
        () -> leaves,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(4).map(list -> list),
                Arbitraries.maps(texts, inner).ofMaxSize(4).map(map -> map)),
        0,
        4);
  }

  @Property(tries = 300)
  void a_literal_is_read_as_it_was_written(@ForAll("literals") Object value) {
    assertThat(PythonLiteral.parse(repr(value))).isEqualTo(value);
  }

  @Property(tries = 300)
  void whatever_a_literal_is_only_a_misfit_comes_of_it(@ForAll String text) {
    try {
      PythonLiteral.parse(text);
    } catch (Misfit e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Property(tries = 500)
  void damage_anywhere_gives_a_sentence_or_rows(
      @ForAll @Size(max = 6) List<@IntRange(max = 120) Integer> places, @ForAll byte damage) {
    byte[] bytes = array(new int[] {2, 3}, false, new double[] {1, 2, 3, 4, 5, 6});
    places.forEach(place -> bytes[place % bytes.length] = damage);
    Row row = new Row();
    try (NpyArray array = new NpyArray(new ByteArrayInputStream(bytes), "x.npy", null)) {
      for (long i = 0; i < Math.min(100, array.rows()); i++) {
        array.read(row, 0, i);
      }
    } catch (DataException e) {
      assertThat(e.getMessage()).startsWith("x.npy");
    }
  }

  @Property(tries = 100)
  void both_orders_give_the_same_rows(
      @ForAll @IntRange(min = 1, max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 4) int height,
      @ForAll @IntRange(min = 1, max = 4) int width) {
    int[] shape = {rows, height, width};
    double[] inC = new double[rows * height * width];
    double[] inFortran = new double[inC.length];
    for (int i = 0; i < inC.length; i++) {
      inC[i] = i;
      int row = i / (height * width);
      int y = i / width % height;
      int x = i % width;
      inFortran[row + rows * (y + height * x)] = i;
    }
    try (NpyArray c = open(array(shape, false, inC));
        NpyArray fortran = open(array(shape, true, inFortran))) {
      for (int row = 0; row < rows; row++) {
        Row one = new Row();
        Row other = new Row();
        c.read(one, 0, row);
        fortran.read(other, 0, row);
        assertThat(other.cell(0).toObject()).isEqualTo(one.cell(0).toObject());
      }
    }
  }

  private static NpyArray open(byte[] bytes) {
    return new NpyArray(new ByteArrayInputStream(bytes), "x.npy", null);
  }

  private static byte[] array(int[] shape, boolean fortran, double[] values) {
    String header =
        "{'descr': '<f8', 'fortran_order': %s, 'shape': (%s,), }"
            .formatted(
                fortran ? "True" : "False",
                java.util.Arrays.stream(shape)
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(", ")));
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + text.length + values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) text.length).put(text);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return bytes.array();
  }
}
