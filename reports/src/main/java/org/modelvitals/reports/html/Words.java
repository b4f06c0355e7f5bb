package org.modelvitals.reports.html;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.record.DeviceRecord;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** Numbers, times and declarations, as people read them. */
final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Words() {}

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 1 check}, {@code 24 checks}. */
  static String count(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  static String time(Instant instant) {
    return TIME.format(instant);
  }

  static String duration(Instant from, Instant to) {
    return seconds(Duration.between(from, to).toMillis() / 1000.0);
  }

  /** To three digits: nobody compares reports by more. */
  static String seconds(double seconds) {
    if (seconds >= 3600) {
      return String.format(
          Locale.ROOT, "%d h %02d min", (long) (seconds / 3600), (long) (seconds % 3600 / 60));
    }
    if (seconds >= 60) {
      return String.format(
          Locale.ROOT, "%d min %02d s", (long) (seconds / 60), (long) (seconds % 60));
    }
    if (!(seconds >= 0.001)) {
      return "under 1 ms";
    }
    return seconds < 1
        ? Math.round(seconds * 1000) + " ms"
        : String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
  }

  static String quantity(double value, Unit unit) {
    return Quantity.of(value, unit).display();
  }

  static String bytes(long bytes) {
    return quantity((double) bytes, Unit.BYTES);
  }

  static String percent(double share) {
    return String.format(
        Locale.ROOT, share > 0 && share < 0.001 ? "%.2f %%" : "%.1f %%", share * 100);
  }

  /** Both ends, or the word for an end that has none. */
  static String interval(@Nullable Interval interval, Unit unit) {
    if (interval == null) {
      return "";
    }
    boolean below = interval.low() == Double.NEGATIVE_INFINITY;
    boolean above = interval.high() == Double.POSITIVE_INFINITY;
    String low = end(interval.low(), interval, unit);
    String high = end(interval.high(), interval, unit);
    if (below) {
      return above ? "no ends" : "up to " + high;
    }
    return above ? "from " + low + " up" : low + " to " + high;
  }

  /** Digits beyond a twentieth of the interval's length say nothing. */
  private static String end(double end, Interval interval, Unit unit) {
    double length = interval.high() - interval.low();
    return quantity(Double.isFinite(length) ? rounded(end, length / 20) : end, unit);
  }

  /**
   * The multiple of a power of ten next to {@code value} that is off by no more than {@code by}.
   */
  static double rounded(double value, double by) {
    if (!(by > 0)) {
      return value;
    }
    double digits = Math.floor(Math.log10(by));
    // Dividing by a whole power of ten, where there is one, leaves no trace of binary fractions.
    return digits < 0
        ? Math.rint(value * Math.pow(10, -digits)) / Math.pow(10, -digits)
        : Math.rint(value / Math.pow(10, digits)) * Math.pow(10, digits);
  }

  /** {@code 95 % Wilson}. */
  static String level(Interval interval) {
    return quantity(interval.level(), Unit.FRACTION) + " " + interval.method();
  }

  static String basis(Measurement measurement) {
    Interval interval = measurement.interval();
    String rows = measurement.count() > 1 ? "n = " + count(measurement.count()) : "";
    if (interval == null) {
      return rows;
    }
    return "%s interval %s%s"
        .formatted(
            quantity(interval.level(), Unit.FRACTION),
            interval(interval, measurement.unit()),
            rows.isEmpty() ? "" : ", " + rows);
  }

  /** Where the nodes of a model ran: {@code 81 nodes on WebGPU, 46 on CPU}. */
  static String placement(DeviceRecord device) {
    if (device.nodes().isEmpty()) {
      return "did not run";
    }
    return device.nodes().entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(entry -> count(entry.getValue(), "node") + " on " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  /** A parameter as YAML writes it in one line. */
  static String flow(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Collection<?> list) {
      return list.stream().map(Words::flow).collect(Collectors.joining(", ", "[", "]"));
    }
    return String.valueOf(value);
  }
}
