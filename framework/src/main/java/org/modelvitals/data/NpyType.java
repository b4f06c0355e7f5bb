package org.modelvitals.data;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.HalfPrecision;

/**
 * The type of an array's elements, as NumPy's {@code dtype.str} writes it: {@code <f4}.
 *
 * @param bytes of one element
 */
record NpyType(Kind kind, int bytes, ByteOrder order) {
  private static final Pattern DESCRIPTION = Pattern.compile("([<>|=]?)([A-Za-z?])([0-9]{0,9})");
  private static final String READ =
      "bool, int8 to int64, uint8 to uint64, float16, float32, float64, bytes (S) and texts (U)";

  enum Kind {
    BOOL,
    INT,
    UINT,
    FLOAT,
    /** UTF-8, filled up with zeros. */
    BYTES,
    /** UTF-32, filled up with zeros. */
    TEXT,
    /** What lies between the fields of an aligned record. */
    PADDING
  }

  /**
   * The type of a description.
   *
   * @throws Misfit if it is no type that is read
   */
  static NpyType of(String description) {
    Matcher parts = DESCRIPTION.matcher(description);
    if (!parts.matches()) {
      throw new Misfit("elements of type %s; expected %s".formatted(quoted(description), READ));
    }
    ByteOrder order =
        switch (parts.group(1)) {
          case ">" -> ByteOrder.BIG_ENDIAN;
          case "=" -> ByteOrder.nativeOrder();
          default -> ByteOrder.LITTLE_ENDIAN;
        };
    int size = parts.group(3).isEmpty() ? 1 : Integer.parseInt(parts.group(3));
    Kind kind =
        switch (parts.group(2)) {
          case "b", "?" -> size == 1 ? Kind.BOOL : null;
          case "i" -> isInteger(size) ? Kind.INT : null;
          case "u" -> isInteger(size) ? Kind.UINT : null;
          case "f" -> size == 2 || size == 4 || size == 8 ? Kind.FLOAT : null;
          case "S", "a" -> Kind.BYTES;
          case "U" -> Kind.TEXT;
          case "V" -> Kind.PADDING;
          case "O" ->
              throw new Misfit(
                  "Python objects, which only Python's pickle reads; save an array of numbers or"
                      + " texts instead");
          default -> null;
        };
    if (kind == null) {
      throw new Misfit("elements of type %s; expected %s".formatted(quoted(description), READ));
    }
    try {
      return new NpyType(kind, kind == Kind.TEXT ? Math.multiplyExact(size, 4) : size, order);
    } catch (ArithmeticException e) {
      throw new Misfit("texts of %d characters, which no memory holds".formatted(size));
    }
  }

  private static String quoted(String description) {
    return Wording.quoted(description);
  }

  private static boolean isInteger(int size) {
    return size == 1 || size == 2 || size == 4 || size == 8;
  }

  /**
   * Reads {@code count} elements that follow each other.
   *
   * @param shape what they are in the cell
   * @throws Misfit if a text is none
   */
  void read(ByteBuffer from, int at, int count, Cell cell, long[] shape) {
    from.order(order);
    switch (kind) {
      case FLOAT -> {
        double[] to = cell.fillDoubles(count, shape);
        for (int i = 0; i < count; i++) {
          to[i] = floating(from, at + i * bytes);
        }
      }
      case INT, UINT -> {
        long[] to = cell.fillLongs(count, shape);
        boolean past = false;
        for (int i = 0; i < count; i++) {
          to[i] = whole(from, at + i * bytes);
          past |= to[i] < 0;
        }
        if (kind == Kind.UINT && past) {
          pastLong(to.clone(), count, cell, shape);
        }
      }
      case BOOL -> {
        List<@Nullable Object> to = cell.fillObjects(count, shape);
        for (int i = 0; i < count; i++) {
          to.add(from.get(at + i) != 0);
        }
      }
      case BYTES, TEXT -> {
        List<@Nullable Object> to = cell.fillObjects(count, shape);
        for (int i = 0; i < count; i++) {
          to.add(kind == Kind.TEXT ? text(from, at + i * bytes) : utf8(from, at + i * bytes));
        }
      }
      case PADDING -> {}
    }
  }

  /** Keeps numbers past 63 bits, which a long would show as negative. */
  private static void pastLong(long[] numbers, int count, Cell cell, long[] shape) {
    List<@Nullable Object> to = cell.fillObjects(count, shape);
    for (int i = 0; i < count; i++) {
      to.add(
          numbers[i] < 0
              ? (Object) new BigInteger(Long.toUnsignedString(numbers[i]))
              : (Object) numbers[i]);
    }
  }

  private double floating(ByteBuffer from, int at) {
    return switch (bytes) {
      case 2 -> HalfPrecision.float16ToFloat(from.getShort(at));
      case 4 -> from.getFloat(at);
      default -> from.getDouble(at);
    };
  }

  private long whole(ByteBuffer from, int at) {
    boolean signed = kind == Kind.INT;
    return switch (bytes) {
      case 1 -> signed ? from.get(at) : Byte.toUnsignedLong(from.get(at));
      case 2 -> signed ? from.getShort(at) : Short.toUnsignedLong(from.getShort(at));
      case 4 -> signed ? from.getInt(at) : Integer.toUnsignedLong(from.getInt(at));
      default -> from.getLong(at);
    };
  }

  private String utf8(ByteBuffer from, int at) {
    int length = bytes;
    while (length > 0 && from.get(at + length - 1) == 0) {
      length--;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(from.slice(at, length)).toString();
    } catch (CharacterCodingException e) {
      throw new Misfit("bytes that are no UTF-8");
    }
  }

  private String text(ByteBuffer from, int at) {
    int length = bytes / 4;
    while (length > 0 && from.getInt(at + (length - 1) * 4) == 0) {
      length--;
    }
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      int character = from.getInt(at + i * 4);
      if (!Character.isValidCodePoint(character)) {
        throw new Misfit("the character 0x%x, which does not exist".formatted(character));
      }
      text.appendCodePoint(character);
    }
    return text.toString();
  }
}
