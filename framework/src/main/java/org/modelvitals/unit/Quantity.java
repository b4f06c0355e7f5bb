package org.modelvitals.unit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A number with its unit, written {@code 3 ms}, {@code 64 MiB}, {@code 97 %} or {@code 0.25}. */
public record Quantity(double value, Unit unit) {

  /** How many significant digits people are shown. */
  public static final int DIGITS = 5;

  private static final Pattern WRITTEN =
      Pattern.compile("([+-]?(?:\\d[\\d_]*(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*(\\D*)");

  public static Quantity of(double value, Unit unit) {
    return new Quantity(value, unit);
  }

  public static Quantity number(double value) {
    return new Quantity(value, Unit.NUMBER);
  }

  public static Quantity percent(double value) {
    return new Quantity(value, Unit.PERCENT);
  }

  public static Quantity micros(double value) {
    return new Quantity(value, Unit.MICROSECONDS);
  }

  public static Quantity millis(double value) {
    return new Quantity(value, Unit.MILLISECONDS);
  }

  public static Quantity seconds(double value) {
    return new Quantity(value, Unit.SECONDS);
  }

  public static Quantity bytes(double value) {
    return new Quantity(value, Unit.BYTES);
  }

  public static Quantity kibibytes(double value) {
    return new Quantity(value, Unit.KIBIBYTES);
  }

  public static Quantity mebibytes(double value) {
    return new Quantity(value, Unit.MEBIBYTES);
  }

  public static Quantity gibibytes(double value) {
    return new Quantity(value, Unit.GIBIBYTES);
  }

  public static Quantity perSecond(double value) {
    return new Quantity(value, Unit.PER_SECOND);
  }

  public static Quantity hertz(double value) {
    return new Quantity(value, Unit.HERTZ);
  }

  public static Quantity decibels(double value) {
    return new Quantity(value, Unit.DECIBELS);
  }

  public static Quantity nats(double value) {
    return new Quantity(value, Unit.NATS);
  }

  public static Quantity bits(double value) {
    return new Quantity(value, Unit.BITS);
  }

  /**
   * Reads a quantity as people write it.
   *
   * @throws IllegalArgumentException with a sentence that says what was expected
   */
  public static Quantity parse(String text) {
    Matcher matcher = WRITTEN.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a quantity; write a number and a unit, such as 97 %%, 3 ms or 64 MiB"
              .formatted(text));
    }
    String symbol = matcher.group(2).strip();
    Unit unit =
        Unit.ofSymbol(symbol)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'%s' has no known unit; the units are %s".formatted(text, symbols())));
    return new Quantity(Double.parseDouble(matcher.group(1).replace("_", "")), unit);
  }

  private static String symbols() {
    return Arrays.stream(Unit.values())
        .map(Unit::symbol)
        .filter(symbol -> !symbol.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** The value of this quantity in {@code target}, which has the same dimension. */
  public double in(Unit target) {
    return unit.convert(value, target);
  }

  /** As it is written; {@link #parse} reads it back to an equal quantity. */
  @Override
  public String toString() {
    return unit.symbol().isEmpty() ? plain(value) : plain(value) + " " + unit.symbol();
  }

  /** Rounded to so many significant digits; whole numbers, and what has fewer, stay. */
  public Quantity rounded(int digits) {
    return Double.isFinite(value) && value != Math.rint(value)
        ? new Quantity(new BigDecimal(value).round(context(digits)).doubleValue(), unit)
        : this;
  }

  private static MathContext context(int digits) {
    return new MathContext(digits, RoundingMode.HALF_EVEN);
  }

  /** Rounded to {@link #DIGITS} in a unit that suits its size, for people to read. */
  public String display() {
    return display(DIGITS);
  }

  /** Rounded to so many significant digits in a unit that suits its size. */
  public String display(int digits) {
    if (!Double.isFinite(value)) {
      return unit.symbol().isEmpty() ? Double.toString(value) : value + " " + unit.symbol();
    }
    return switch (unit) {
      case FRACTION -> rounded(value * 100, digits) + " %";
      case NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS ->
          displayTime(in(Unit.SECONDS), digits);
      case BYTES, KIBIBYTES, MEBIBYTES, GIBIBYTES -> displayMemory(in(Unit.BYTES), digits);
      default ->
          unit.symbol().isEmpty()
              ? rounded(value, digits)
              : rounded(value, digits) + " " + unit.symbol();
    };
  }

  private static String displayTime(double seconds, int digits) {
    double size = Math.abs(seconds);
    Unit unit =
        size == 0 || size >= 1
            ? Unit.SECONDS
            : size >= 1e-3
                ? Unit.MILLISECONDS
                : size >= 1e-6 ? Unit.MICROSECONDS : Unit.NANOSECONDS;
    return rounded(Unit.SECONDS.convert(seconds, unit), digits) + " " + unit.symbol();
  }

  private static String displayMemory(double bytes, int digits) {
    double size = Math.abs(bytes);
    Unit unit =
        size >= 1 << 30
            ? Unit.GIBIBYTES
            : size >= 1 << 20 ? Unit.MEBIBYTES : size >= 1 << 10 ? Unit.KIBIBYTES : Unit.BYTES;
    return rounded(Unit.BYTES.convert(bytes, unit), digits) + " " + unit.symbol();
  }

  private static String rounded(double number, int digits) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return String.format(Locale.ROOT, "%d", (long) number);
    }
    BigDecimal shown = new BigDecimal(number).round(context(digits));
    double size = Math.abs(number);
    return size < 1e-4 || size >= 1e15
        ? String.format(Locale.ROOT, "%." + (digits - 1) + "g", number)
        : shown.stripTrailingZeros().toPlainString();
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number).replace(".0E", "e").replace('E', 'e');
  }
}
