package org.modelvitals.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A linear scale from values to places in a drawing.
 *
 * @param low the value at the place {@code from}
 * @param high the value at the place {@code to}; more than {@code low}
 */
record Axis(double low, double high, double from, double to) {

  /** A scale over {@code values}, of which those that are not finite do not count. */
  static Axis over(DoubleStream values, double from, double to) {
    double[] finite = values.filter(Double::isFinite).toArray();
    double low = DoubleStream.of(finite).min().orElse(0);
    double high = DoubleStream.of(finite).max().orElse(1);
    if (!(high > low)) {
      double room = low == 0 ? 1 : Math.abs(low) * 0.1;
      return new Axis(low - room, low + room, from, to);
    }
    return new Axis(low, high, from, to);
  }

  /** The same scale with room at both ends, as a share of its length. */
  Axis padded(double share) {
    double room = (high - low) * share;
    return new Axis(low - room, high + room, from, to);
  }

  /** The same scale, but within the given values as far as it reaches past them. */
  Axis within(double least, double most) {
    double newLow = Math.max(low, least);
    double newHigh = Math.min(high, most);
    return newHigh > newLow ? new Axis(newLow, newHigh, from, to) : this;
  }

  /** Where {@code value} lies, to a tenth; at the end of the scale if it lies past it. */
  double at(double value) {
    double share = (value - low) / (high - low);
    double clamped = Double.isNaN(share) ? 0 : Math.min(1, Math.max(0, share));
    return tenth(from + (to - from) * clamped);
  }

  boolean covers(double value) {
    return value >= low && value <= high;
  }

  /** Round values on the scale, about {@code wanted} of them. */
  List<Double> ticks(int wanted) {
    double raw = (high - low) / wanted;
    if (!(raw > 0) || Double.isInfinite(raw)) {
      return List.of();
    }
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step =
        DoubleStream.of(1, 2, 5, 10)
            .map(m -> m * power)
            .filter(s -> s >= raw)
            .findFirst()
            .orElse(10 * power);
    List<Double> ticks = new ArrayList<>();
    for (double n = Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-9; n++) {
      ticks.add(n * step + 0.0); // never minus zero
      if (ticks.size() > 2 * wanted + 2) {
        break; // steps too small for the numbers' precision
      }
    }
    return ticks;
  }

  static double tenth(double place) {
    return Math.round(place * 10) / 10.0;
  }
}
