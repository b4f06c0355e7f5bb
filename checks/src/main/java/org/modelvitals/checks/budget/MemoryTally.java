package org.modelvitals.checks.budget;

import java.util.ArrayList;
import java.util.List;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** What the process says of its memory, and what is read from it. Bytes throughout. */
final class MemoryTally {
  private final List<MemoryTrend.Sample> samples = new ArrayList<>();
  private long before;
  private long loaded;
  private long peak;
  private long heap;
  private long closed;

  /**
   * Takes in what the process says: a word, and numbers.
   *
   * @return the word
   */
  String add(String line) {
    String[] words = line.split(" ", -1);
    long number = Long.parseLong(words[1]);
    switch (words[0]) {
      case "before" -> before = number;
      case "loaded" -> loaded = number;
      case "sample" -> samples.add(new MemoryTrend.Sample(number, Long.parseLong(words[2])));
      case "peak" -> peak = number;
      case "heap" -> heap = number;
      case "closed" -> closed = number;
      default -> throw new IllegalStateException("the process said '" + line + "'");
    }
    return words[0];
  }

  /** How many calls were made until now. */
  long calls() {
    return samples.isEmpty() ? 0 : samples.get(samples.size() - 1).calls();
  }

  Reading reading(Measurement gpu) {
    Reading.Builder reading =
        Reading.builder()
            .add(Measurement.exact("before", (double) before, Unit.BYTES))
            .add(Measurement.exact("loaded", (double) loaded, Unit.BYTES))
            .add(Measurement.sampled("peak", (double) peak, Unit.BYTES, calls(), null));
    trend(reading);
    return reading
        .add(Measurement.exact("heap", (double) heap, Unit.BYTES))
        .add(gpu)
        .add(Measurement.exact("after close", (double) closed, Unit.BYTES))
        .add(curve())
        .build();
  }

  private void trend(Reading.Builder reading) {
    if (samples.size() < MemoryTrend.leastSamples()) {
      String why =
          "a trend needs at least %d calls, and there were %d"
              .formatted(MemoryTrend.leastSamples(), calls());
      reading.add(Measurement.undefined("growth per call", Unit.BYTES, calls(), why));
      reading.add(Measurement.undefined("trend", Unit.NUMBER, calls(), why));
      return;
    }
    MemoryTrend trend = MemoryTrend.of(samples);
    Measurement growth =
        Measurement.sampled(
            "growth per call", trend.growth(), Unit.BYTES, calls(), trend.interval());
    boolean open = trend.kind() == MemoryTrend.Kind.UNCLEAR;
    String late =
        "memory rose late in %,d calls, which a leak and an arena that fills both do; more calls tell"
            .formatted(calls());
    reading.add(open ? growth.note(late) : growth);
    reading.add(
        open
            ? Measurement.undefined("trend", Unit.NUMBER, calls(), late)
            : Measurement.text("trend", trend.kind().word()));
  }

  private Evidence curve() {
    return new Evidence.Curve(
        "Resident memory over the calls",
        "loading added %s; after %,d calls it was %s"
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
