package org.modelvitals.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the elements of an array in NumPy's format (NEP 1; versions 1.0, 2.0 and 3.0
 * of {@code numpy.lib.format}).
 *
 * @param fields one without a name, or those of a record array, in the order of their bytes
 * @param fortran whether the first axis is the one whose elements lie next to each other
 * @param length of the header in bytes
 */
record NpyHeader(List<Field> fields, boolean fortran, List<Long> shape, int length) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST = 1 << 20;

  /**
   * Part of an element.
   *
   * @param name empty if the element is not divided
   * @param shape of the field in one element; empty for a scalar
   */
  record Field(String name, NpyType type, List<Long> shape) {

    /** The number of elements in the field. */
    long elements() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }

    long bytes() {
      return Math.multiplyExact(elements(), type.bytes());
    }
  }

  /**
   * Reads the header, and nothing after it.
   *
   * @throws Misfit saying what the file is instead
   * @throws EOFException if it ends before the header does
   */
  static NpyHeader read(InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2 || !Arrays.equals(MAGIC, Arrays.copyOf(start, 6))) {
      throw new Misfit(
          start.length == 0
              ? "is empty"
              : "begins with 0x%s, not with 0x%s"
                  .formatted(HexFormat.of().formatHex(start), HexFormat.of().formatHex(MAGIC)));
    }
    int version = start[6];
    if (version < 1 || version > 3) {
      throw new Misfit(
          "is of version %d.%d; expected 1.0, 2.0 or 3.0".formatted(version, start[7]));
    }
    byte[] size = exactly(in, version == 1 ? 2 : 4);
    int length = ByteBuffer.wrap(Arrays.copyOf(size, 4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length < 0 || length > LONGEST) {
      throw new Misfit(
          "has a header of %s bytes; expected %d at most"
              .formatted(Integer.toUnsignedString(length), LONGEST));
    }
    String text =
        new String(
            exactly(in, length),
            version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    return parse(text, start.length + size.length + length);
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  private static NpyHeader parse(String text, int length) {
    try {
      if (!(PythonLiteral.parse(text) instanceof Map<?, ?> header)
          || !header.keySet().equals(Set.of("descr", "fortran_order", "shape"))) {
        throw new Misfit("no dictionary of descr, fortran_order and shape");
      }
      if (!(header.get("fortran_order") instanceof Boolean fortran)) {
        throw new Misfit("a fortran_order that is neither True nor False");
      }
      Object description = header.get("descr");
      List<Field> fields =
          description instanceof List<?> parts
              ? fields(parts)
              : List.of(new Field("", type(description), List.of()));
      if (fields.stream().allMatch(field -> field.type().kind() == NpyType.Kind.PADDING)) {
        throw new Misfit("raw bytes (V), which say not what they are");
      }
      return new NpyHeader(fields, fortran, shape(header.get("shape")), length);
    } catch (Misfit e) {
      throw new Misfit("holds " + e.getMessage());
    }
  }

  private static List<Field> fields(List<?> parts) {
    List<Field> fields = new ArrayList<>();
    for (Object part : parts) {
      if (!(part instanceof List<?> tuple) || tuple.size() < 2 || tuple.size() > 3) {
        throw new Misfit("fields that are no tuples of name and type");
      }
      // A name may come with a title before it.
      Object name = tuple.get(0) instanceof List<?> both ? both.get(both.size() - 1) : tuple.get(0);
      if (tuple.get(1) instanceof List) {
        throw new Misfit("records within records; expected fields of numbers or texts");
      }
      fields.add(
          new Field(
              String.valueOf(name),
              type(tuple.get(1)),
              tuple.size() == 3 ? shape(tuple.get(2)) : List.of()));
    }
    List<String> names = fields.stream().map(Field::name).filter(name -> !name.isEmpty()).toList();
    if (names.size() != Set.copyOf(names).size()) {
      throw new Misfit("fields of the same name: " + Wording.names(names));
    }
    return fields;
  }

  private static NpyType type(@Nullable Object description) {
    if (description instanceof String text) {
      return NpyType.of(text);
    }
    throw new Misfit("a descr that is neither a text nor a list of fields");
  }

  private static List<Long> shape(@Nullable Object value) {
    List<?> sizes =
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    if (!sizes.stream().allMatch(Long.class::isInstance)) {
      throw new Misfit("a shape that is no tuple of whole numbers");
    }
    return sizes.stream().map(size -> (Long) size).toList();
  }
}
