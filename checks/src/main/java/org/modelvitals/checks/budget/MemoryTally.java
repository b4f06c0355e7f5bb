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

  /** Arenas and caches fill in the first calls; a leak goes on in the later ones. */
  private Measurement growth() {
    List<Sample> later = samples.subList(samples.size() / 2, samples.size());
    if (later.size() < LEAST_SAMPLES) {
      return Measurement.undefined(
          "growth per call",
          Unit.BYTES,
          asked,
          "a trend needs at least %d calls, and there were %d".formatted(2 * LEAST_SAMPLES, asked));
    }
    return Measurement.sampled("growth per call", slope(later), Unit.BYTES, asked, null);
  }

  /**
   * The median of the slopes between all pairs of points (Sen 1968), which a single jump, such as
   * an arena that grows once, does not move.
   */
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
