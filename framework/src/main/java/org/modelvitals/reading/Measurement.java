package org.modelvitals.reading;

import org.jspecify.annotations.Nullable;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/**
 * One named result of a probe: a number with its unit, or a text.
 *
 * @param name what was measured; a part of it stands in brackets: {@code recall[7]}
 * @param unit the unit of {@code value} and {@code interval}
 * @param value the number; null if it is undefined or the measurement is a text
 * @param text the text; null for numbers
 * @param count how many rows, calls or tokens it rests on
 * @param interval where the true value lies, if the number came from a sample
 * @param note why the value is undefined, or how to read it
 */
public record Measurement(
    String name,
    Unit unit,
    @Nullable Double value,
    @Nullable String text,
    long count,
    @Nullable Interval interval,
    @Nullable String note) {

  public Measurement {
    if (value != null && text != null) {
      throw new IllegalArgumentException(name + " cannot be a number and a text");
    }
  }

  /** A number that is exact: it did not come from a sample. */
  public static Measurement exact(String name, double value, Unit unit) {
    return new Measurement(name, unit, value, null, 1, null, null);
  }

  /** A number that rests on {@code count} rows, calls or tokens. */
  public static Measurement sampled(
      String name, double value, Unit unit, long count, @Nullable Interval interval) {
    return new Measurement(name, unit, value, null, count, interval, null);
  }

  public static Measurement text(String name, String text) {
    return new Measurement(name, Unit.NUMBER, null, text, 1, null, null);
  }

  /** A measurement without a value: {@code why} says in a sentence what was missing. */
  public static Measurement undefined(String name, Unit unit, long count, String why) {
    return new Measurement(name, unit, null, null, count, null, why);
  }

  /** The same measurement with a remark on how to read it. */
  public Measurement note(String remark) {
    return new Measurement(name, unit, value, text, count, interval, remark);
  }

  /** The value for people to read. */
  public String display() {
    return display(Quantity.DIGITS);
  }

  /** The value for people to read, rounded to so many significant digits. */
  public String display(int digits) {
    if (text != null) {
      return text;
    }
    return value == null ? "undefined" : Quantity.of(value, unit).display(digits);
  }
}
