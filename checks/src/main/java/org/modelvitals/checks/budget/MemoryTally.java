package org.modelvitals.checks.budget;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** What the process says of its memory, and what is read from it. Bytes throughout. */
final class MemoryTally {
  private static final int LEAST_SAMPLES = 4;

  /** More than the JVM's own memory wanders between two samples. */
  private static final long STEP = 1 << 20;

  private final long asked;
  private final List<Sample> samples = new ArrayList<>();
  private long loaded;
  private long peak;
  private long closed;

  MemoryTally(long asked) {
    this.asked = asked;
  }

  /** Resident memory after so many calls. */
  record Sample(long calls, long bytes) {}

  void loaded(long bytes) {
    loaded = bytes;
  }

  void sample(long calls, long bytes) {
    samples.add(new Sample(calls, bytes));
  }

  void peak(long bytes) {
    peak = bytes;
  }

  void closed(long bytes) {
    closed = bytes;
  }

  /** How many calls were made until now. */
  long calls() {
    return samples.isEmpty() ? 0 : samples.get(samples.size() - 1).calls();
  }

  Reading reading() {
    return Reading.builder()
        .add(Measurement.exact("loaded", (double) loaded, Unit.BYTES))
        .add(Measurement.sampled("peak", (double) peak, Unit.BYTES, asked, null))
        .add(growth())
        .add(Measurement.exact("after close", (double) closed, Unit.BYTES))
        .add(curve())
        .build();
  }

  private Measurement growth() {
    if (samples.size() - samples.size() / 2 < LEAST_SAMPLES) {
      return Measurement.undefined(
          "growth per call",
          Unit.BYTES,
          asked,
          "a trend needs at least %d calls, and there were %d".formatted(2 * LEAST_SAMPLES, asked));
    }
    return Measurement.sampled("growth per call", growth(samples), Unit.BYTES, asked, null);
  }

  /**
   * Bytes that each call adds after the first quarter of the calls, in which arenas and caches
   * fill. A step is a change of at least 1 MiB from one sample to the next. The largest upward step
   * is taken out, since an arena may grow once more and is then full. Of what is left, the larger
   * of two figures is taken:
   *
   * <ul>
   *   <li>the {@link #slope} over the second half of the calls, which tells a leak in every call,
   *       but not one in few large steps, between which nothing happens;
   *   <li>if there are steps, their sum for each call after the first quarter.
   * </ul>
   */
  static double growth(List<Sample> all) {
    List<Sample> points = withoutLargestStep(all.subList(all.size() / 4, all.size()));
    double slope = slope(points.subList(all.size() / 2 - all.size() / 4, points.size()));
    long steps = 0;
    boolean any = false;
    for (int i = 1; i < points.size(); i++) {
      long change = points.get(i).bytes() - points.get(i - 1).bytes();
      if (Math.abs(change) >= STEP) {
        steps += change;
        any = true;
      }
    }
    long calls = points.get(points.size() - 1).calls() - points.get(0).calls();
    return any ? Math.max(slope, (double) steps / calls) : slope;
  }

  private static List<Sample> withoutLargestStep(List<Sample> points) {
    long largest = 0;
    int at = points.size();
    for (int i = 1; i < points.size(); i++) {
      long rise = points.get(i).bytes() - points.get(i - 1).bytes();
      if (rise >= STEP && rise > largest) {
        largest = rise;
        at = i;
      }
    }
    List<Sample> without = new ArrayList<>(points.subList(0, at));
    for (Sample after : points.subList(at, points.size())) {
      without.add(new Sample(after.calls(), after.bytes() - largest));
    }
    return without;
  }

  /** The median of the slopes between all pairs of points (Sen 1968). */
  static double slope(List<Sample> points) {
    double[] slopes = new double[points.size() * (points.size() - 1) / 2];
    int n = 0;
    for (int i = 0; i < points.size(); i++) {
      for (int j = i + 1; j < points.size(); j++) {
        Sample from = points.get(i);
        Sample to = points.get(j);
        slopes[n++] = (double) (to.bytes() - from.bytes()) / (to.calls() - from.calls());
      }
    }
    Arrays.sort(slopes);
    return n % 2 == 1 ? slopes[n / 2] : (slopes[n / 2 - 1] + slopes[n / 2]) / 2;
  }

  private Evidence curve() {
    return new Evidence.Curve(
        "Resident memory over the calls",
        "loading added %s; after %d calls it was %s"
            .formatted(
                shown(loaded),
                calls(),
                samples.isEmpty() ? "unknown" : shown(samples.get(samples.size() - 1).bytes())),
        "calls",
        "MiB",
        false,
        samples.stream()
            .map(
                sample ->
                    new Evidence.Curve.Point(
                        (double) sample.calls(),
                        Quantity.bytes((double) sample.bytes()).in(Unit.MEBIBYTES),
                        1))
            .toList());
  }

  private static String shown(long bytes) {
    return Quantity.bytes((double) bytes).display();
  }
}
