package org.modelvitals.yaml;

import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers and booleans as YAML 1.2's core schema writes them. */
final class Scalars {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern INFINITE = Pattern.compile("([-+]?)\\.(?:inf|Inf|INF)");

  private Scalars() {}

  static Optional<Object> bool(String text) {
    return switch (text) {
      case "true", "True", "TRUE" -> Optional.of(true);
      case "false", "False", "FALSE" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** Whether the text is a whole number that the type cannot hold. */
  static boolean isTooLarge(String text, Shape.Numeric shape) {
    return shape.whole() && WHOLE.matcher(text).matches() && number(text, shape).isEmpty();
  }

  static Optional<Object> number(String text, Shape.Numeric shape) {
    try {
      if (shape.whole()) {
        return !WHOLE.matcher(text).matches()
            ? Optional.empty()
            : Optional.of(
                shape.type() == Integer.class
                    ? (Object) Integer.valueOf(text)
                    : (Object) Long.valueOf(text));
      }
      double value =
          INFINITE.matcher(text).matches()
              ? (text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
              : NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
      return Double.isNaN(value)
          ? Optional.empty()
          : Optional.of(shape.type() == Float.class ? (Object) (float) value : (Object) value);
    } catch (NumberFormatException e) { // a whole number that the type cannot hold
      return Optional.empty();
    }
  }
}
