package org.modelvitals.checks.slices;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of a dataset as the names of slices and classes. */
public final class SliceValues {
  static final String MISSING = "(none)";

  /** Numbers by their size, then everything else as text. */
  static final Comparator<String> IN_ORDER =
      Comparator.comparing(
              (String text) -> number(text).isPresent() ? number(text).getAsDouble() : null,
              Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Comparator.naturalOrder());

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

  private SliceValues() {}

  /** A value as a name: whole numbers without a point, texts without blanks around them. */
  public static String text(Object value) {
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (number == Math.rint(number) && Math.abs(number) < 1e15) {
        return Long.toString((long) number);
      }
    }
    if (value instanceof BigDecimal number && number.stripTrailingZeros().scale() <= 0) {
      return number.toBigInteger().toString();
    }
    return value.toString().strip();
  }

  public static boolean isMissing(@Nullable Object value) {
    return value == null
        || value.toString().isBlank()
        || (value instanceof Double number && number.isNaN());
  }

  /** The finite number that a value is, or that its text says. */
  public static OptionalDouble number(Object value) {
    double number = Double.NaN;
    if (value instanceof Number given) {
      number = given.doubleValue();
    } else if (value instanceof String text) {
      String bare = text.strip();
      number = NUMBER.matcher(bare).matches() ? Double.parseDouble(bare) : Double.NaN;
    }
    return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
  }
}
