package org.modelvitals.unit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The units that quantities are written in.
 *
 * <p>{@link #FRACTION} is a bare number between 0 and 1 that is printed in percent; {@link
 * #PERCENT} is how people write it.
 */
public enum Unit {
  NUMBER("", Dimension.NUMBER, 1),
  FRACTION("", Dimension.NUMBER, 1),
  PERCENT("%", Dimension.NUMBER, 0.01),
  NANOSECONDS("ns", Dimension.TIME, 1e-9),
  MICROSECONDS("µs", Dimension.TIME, 1e-6, "us"),
  MILLISECONDS("ms", Dimension.TIME, 1e-3),
  SECONDS("s", Dimension.TIME, 1),
  MINUTES("min", Dimension.TIME, 60),
  BYTES("B", Dimension.MEMORY, 1),
  KILOBYTES("kB", Dimension.MEMORY, 1e3, "KB"),
  MEGABYTES("MB", Dimension.MEMORY, 1e6),
  GIGABYTES("GB", Dimension.MEMORY, 1e9),
  KIBIBYTES("KiB", Dimension.MEMORY, 1024),
  MEBIBYTES("MiB", Dimension.MEMORY, 1024.0 * 1024),
  GIBIBYTES("GiB", Dimension.MEMORY, 1024.0 * 1024 * 1024),
  PER_SECOND("/s", Dimension.RATE, 1),
  HERTZ("Hz", Dimension.FREQUENCY, 1),
  KILOHERTZ("kHz", Dimension.FREQUENCY, 1e3),
  DECIBELS("dB", Dimension.LEVEL, 1),
  NATS("nats", Dimension.INFORMATION, 1, "nat"),
  BITS("bits", Dimension.INFORMATION, 0.6931471805599453, "bit");

  private final String symbol;
  private final Dimension dimension;
  private final double factor;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> aliases;

  private static final Map<String, Unit> BY_SYMBOL = new HashMap<>();

  static {
    for (Unit unit : values()) {
      for (String symbol : unit.symbols()) {
        BY_SYMBOL.putIfAbsent(symbol, unit);
      }
    }
  }

  Unit(String symbol, Dimension dimension, double factor, String... aliases) {
    this.symbol = symbol;
    this.dimension = dimension;
    this.factor = factor;
    this.aliases = List.of(aliases);
  }

  /** How the unit is written after a number; empty for bare numbers. */
  public String symbol() {
    return symbol;
  }

  /** Every way to write the unit after a number, the usual one first. */
  public List<String> symbols() {
    List<String> symbols = new ArrayList<>(List.of(symbol));
    symbols.addAll(aliases);
    return symbols;
  }

  public Dimension dimension() {
    return dimension;
  }

  /**
   * Converts {@code value}, given in this unit, to {@code target}, which has the same dimension.
   */
  public double convert(double value, Unit target) {
    if (dimension != target.dimension) {
      throw new IllegalArgumentException(
          "%s cannot be compared with %s%s"
              .formatted(
                  words(),
                  target.words(),
                  target.symbol.isEmpty() ? "" : "; write for instance '1 " + target.symbol + "'"));
    }
    if (factor == target.factor) {
      return value;
    }
    // Dividing by a whole number rounds once, so that 57 % is exactly what 0.57 is.
    return factor < target.factor
        ? value / whole(target.factor / factor)
        : value * whole(factor / target.factor);
  }

  private String words() {
    return symbol.isEmpty() ? "a number without a unit" : symbol;
  }

  private static double whole(double ratio) {
    double nearest = Math.rint(ratio);
    return Math.abs(ratio - nearest) < 1e-9 * ratio ? nearest : ratio;
  }

  /** The unit written as {@code text}; the empty text is {@link #NUMBER}. */
  public static Optional<Unit> ofSymbol(String text) {
    return Optional.ofNullable(BY_SYMBOL.get(text));
  }
}
