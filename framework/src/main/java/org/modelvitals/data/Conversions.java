package org.modelvitals.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;
import tools.jackson.core.io.NumberInput;

/**
 * Writes values of a dataset into tensors, converting to the tensor's element type. Floating-point
 * targets take the nearest double and round that to their precision; integer targets take only
 * whole numbers in their range. What does not fit is a {@link Misfit}.
 */
final class Conversions {
  /** Past this many digits before the point no integer type follows. */
  private static final int MOST_DIGITS = 25;

  private final Tensor to;
  private final ElementType type;
  private final double scale;
  private final @Nullable String missing;

  /**
   * @param scale numbers are multiplied by it; 1 unless the target is floating-point
   * @param missing what empty cells, null and NaN become, not scaled; they are refused if it is
   *     null
   */
  Conversions(Tensor to, double scale, @Nullable String missing) {
    this.to = to;
    this.type = to.type();
    this.scale = scale;
    this.missing = missing;
  }

  /** Writes all elements of a cell to the tensor from element {@code at} on. */
  void write(Cell cell, int at) {
    int size = cell.size();
    switch (cell.kind()) {
      case LONGS -> {
        long[] longs = cell.longs();
        for (int i = 0; i < size; i++) {
          write(longs[i], at + i);
        }
      }
      case DOUBLES -> {
        double[] doubles = cell.doubles();
        for (int i = 0; i < size; i++) {
          write(doubles[i], at + i);
        }
      }
      case TEXT -> write(cell.text(), at);
      case OBJECTS -> {
        List<@Nullable Object> objects = cell.objects();
        for (int i = 0; i < size; i++) {
          write(objects.get(i), at + i);
        }
      }
      case VALUE -> copy((Tensor) cell.modelValue(), at);
      case ABSENT -> {}
    }
  }

  private void copy(Tensor from, int at) {
    for (int i = 0; i < from.size(); i++) {
      if (from.type() == ElementType.STRING) {
        write(from.strings()[i], at + i);
      } else if (from.type().isFloating()) {
        write(from.getDouble(i), at + i);
      } else if (from.type() == ElementType.UINT64 && from.getLong(i) < 0) {
        write(Long.toUnsignedString(from.getLong(i)), at + i);
      } else {
        write(from.getLong(i), at + i);
      }
    }
  }

  private void write(@Nullable Object element, int at) {
    if (element == null) {
      missing("null", at);
    } else if (element instanceof Boolean truth) {
      if (type == ElementType.STRING) {
        to.strings()[at] = truth.toString();
      } else {
        write(truth ? 1L : 0L, at);
      }
    } else if (element instanceof Long number) {
      write(number.longValue(), at);
    } else if (element instanceof Double number) {
      write(number.doubleValue(), at);
    } else if (element instanceof String || element instanceof BigInteger) {
      write(element.toString(), at);
    } else {
      throw new Misfit("an object");
    }
  }

  void write(long value, int at) {
    switch (type) {
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> to.setDouble(at, scaled((double) value));
      case STRING -> to.strings()[at] = Long.toString(value);
      default -> to.setLong(at, inRange(value));
    }
  }

  void write(double value, int at) {
    if (Double.isNaN(value) && type != ElementType.STRING) {
      missing("NaN", at);
      return;
    }
    switch (type) {
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> to.setDouble(at, scaled(value));
      case STRING -> to.strings()[at] = Double.toString(value);
      default -> {
        if (value != Math.rint(value) || Double.isInfinite(value)) {
          throw new Misfit(Double.toString(value));
        }
        if (Math.abs(value) < 0x1p62) {
          to.setLong(at, inRange((long) value));
        } else {
          writeExact(Double.toString(value), at);
        }
      }
    }
  }

  void write(String text, int at) {
    if (type == ElementType.STRING) {
      to.strings()[at] = text;
      return;
    }
    if (type.isFloating()) {
      writeFloating(text, at);
      return;
    }
    long number = Integers.parse(text);
    if (number != Integers.NONE) {
      to.setLong(at, inRange(number));
      return;
    }
    String trimmed = text.strip();
    if (trimmed.equalsIgnoreCase("true")) {
      to.setLong(at, 1);
    } else if (trimmed.equalsIgnoreCase("false")) {
      to.setLong(at, 0);
    } else if (isMissing(trimmed)) {
      missing(trimmed.isEmpty() ? "nothing" : Wording.quoted(text), at);
    } else {
      writeExact(text, at);
    }
  }

  private void writeFloating(String text, int at) {
    int length = text.length();
    char last = length == 0 ? ' ' : text.charAt(length - 1);
    if ((last >= '0' && last <= '9') || last == '.') {
      to.setDouble(at, scaled(parse(text)));
      return;
    }
    String trimmed = text.strip();
    if (trimmed.length() != length && !trimmed.isEmpty()) {
      writeFloating(trimmed, at);
    } else if (isMissing(trimmed)) {
      missing(trimmed.isEmpty() ? "nothing" : Wording.quoted(text), at);
    } else {
      to.setDouble(
          at,
          switch (trimmed.toLowerCase(java.util.Locale.ROOT)) {
            case "true" -> scale;
            case "false" -> 0;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY * scale;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY * scale;
            default -> throw new Misfit(Wording.quoted(text));
          });
    }
  }

  private static double parse(String text) {
    // Java reads hexadecimal numbers too, which nobody means in a dataset.
    if (text.indexOf('x') < 0 && text.indexOf('X') < 0) {
      try {
        double number = NumberInput.parseDouble(text, true);
        if (Double.isInfinite(number) && isWritten(text)) {
          throw new Misfit(Wording.quoted(text) + ", which is out of range");
        }
        return number;
      } catch (NumberFormatException e) {
        // Said below in words of our own.
      }
    }
    throw new Misfit(Wording.quoted(text));
  }

  /** Whether a text is a number, and not the word for infinity. */
  static boolean isWritten(String text) {
    return text.chars().anyMatch(c -> c >= '0' && c <= '9');
  }

  /** A whole number in any notation, such as {@code 3.0}, {@code 1e3} or one past 63 bits. */
  private void writeExact(String text, int at) {
    BigInteger number;
    try {
      if (text.chars().anyMatch(c -> c > '~')) { // BigDecimal reads the digits of every script
        throw new Misfit(Wording.quoted(text));
      }
      BigDecimal decimal = new BigDecimal(text.strip());
      if (decimal.signum() == 0) {
        decimal = BigDecimal.ZERO;
      } else if (decimal.precision() - (long) decimal.scale() > MOST_DIGITS) {
        throw new Misfit(Wording.quoted(text) + ", which is out of range");
      }
      number = decimal.toBigIntegerExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new Misfit(Wording.quoted(text));
    }
    if (type == ElementType.UINT64 && number.signum() >= 0 && number.bitLength() <= 64) {
      to.setLong(at, number.longValue());
    } else if (number.bitLength() <= 63) {
      to.setLong(at, inRange(number.longValue()));
    } else {
      throw new Misfit(Wording.quoted(text) + ", which is out of range");
    }
  }

  private static boolean isMissing(String trimmed) {
    return trimmed.isEmpty() || trimmed.equalsIgnoreCase("nan") || trimmed.equals("null");
  }

  private void missing(String what, int at) {
    String instead = missing;
    if (instead == null) {
      throw new Misfit(what);
    }
    if (type.isFloating()) {
      boolean nan = instead.equalsIgnoreCase("nan");
      to.setDouble(at, nan ? Double.NaN : fitting(parse(instead)));
    } else if (type != ElementType.STRING && isMissing(instead)) {
      throw new Misfit("%s, for which 'missing' gives no value".formatted(what));
    } else {
      write(instead, at);
    }
  }

  private double scaled(double value) {
    double product = value * scale;
    if (Double.isInfinite(product) && !Double.isInfinite(value)) {
      throw new Misfit("%s, which is out of range times %s".formatted(value, scale));
    }
    return fitting(product);
  }

  private double fitting(double value) {
    boolean fits =
        switch (type) {
          // The largest value of the type and half a step more still round to it.
          case FLOAT32 -> Math.abs(value) < 0x1.ffffffp127;
          case BFLOAT16 -> Math.abs(value) < 0x1.ffp127;
          case FLOAT16 -> Math.abs(value) < 65520;
          default -> true;
        };
    if (!fits && !Double.isInfinite(value)) {
      throw new Misfit(value + ", which is out of range");
    }
    return value;
  }

  private long inRange(long value) {
    boolean fits =
        switch (type) {
          case INT8 -> value == (byte) value;
          case INT16 -> value == (short) value;
          case INT32 -> value == (int) value;
          case UINT8 -> value >= 0 && value <= 0xff;
          case UINT16 -> value >= 0 && value <= 0xffff;
          case UINT32 -> value >= 0 && value <= 0xffffffffL;
          case UINT64 -> value >= 0;
          case BOOL -> value == 0 || value == 1;
          default -> true;
        };
    if (!fits) {
      throw new Misfit(value + ", which is out of range");
    }
    return value;
  }

  /** Whole numbers in plain decimal notation. */
  private static final class Integers {
    /** Not a plain number of at most 18 digits. */
    static final long NONE = Long.MIN_VALUE;

    private Integers() {}

    static long parse(String text) {
      int length = text.length();
      int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
      if (length == start || length - start > 18) {
        return NONE;
      }
      long number = 0;
      for (int i = start; i < length; i++) {
        int digit = text.charAt(i) - '0';
        if (digit < 0 || digit > 9) {
          return NONE;
        }
        number = number * 10 + digit;
      }
      return start == 1 ? -number : number;
    }
  }
}
