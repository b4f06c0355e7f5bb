package org.modelvitals.reading;

/**
 * Where the true value lies, at a level of confidence.
 *
 * @param low lower end, in the unit of the measurement; may be negative infinity
 * @param high upper end; may be positive infinity
 * @param level the confidence, between 0 and 1
 * @param method how it was computed, by the name it has in the literature: {@code Wilson}
 */
public record Interval(double low, double high, double level, String method) {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("interval from %s to %s".formatted(low, high));
    }
  }
}
