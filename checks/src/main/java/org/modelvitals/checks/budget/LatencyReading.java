package org.modelvitals.checks.budget;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/** What the latency probe reads off its tally. */
final class LatencyReading {
  private LatencyReading() {}

  /** What is known of the times so far. */
  static List<Measurement> measurements(LatencySpec specification, LatencyTally tally) {
    List<Measurement> times =
        tally.count() == 0
            ? LatencyTally.none(
                "no query was due in %s at %s; declare more 'seconds', or a higher 'rate'"
                    .formatted(
                        Quantity.of(specification.timing().seconds(), Unit.SECONDS).display(),
                        Quantity.of(specification.perSecond(), Unit.PER_SECOND).display()))
            : tally.measurements("calls");
    List<Measurement> all = new ArrayList<>(times);
    if (specification.scenario() != LatencySpec.Scenario.SERVER) {
      all.add(tally.perSecond());
    }
    Quantity covers = specification.covers();
    if (covers != null) {
      double seconds = covers.in(Unit.SECONDS);
      for (Measurement time : times) {
        switch (time.name()) {
          case "mean" -> all.add(factor("real-time factor", time, seconds));
          case "p50", "p95", "p99" ->
              all.add(factor("real-time factor[" + time.name() + "]", time, seconds));
          default -> {}
        }
      }
    }
    return all;
  }

  /** A time over the time of the signal that it was spent on. */
  private static Measurement factor(String name, Measurement time, double covered) {
    Interval interval = time.interval();
    @Nullable Double value = time.value();
    return new Measurement(
        name,
        Unit.NUMBER,
        value == null ? null : value / covered,
        null,
        time.count(),
        interval == null
            ? null
            : new Interval(
                interval.low() / covered,
                interval.high() / covered,
                interval.level(),
                interval.method()),
        time.note());
  }

  /**
   * The reading; the tally is closed by it.
   *
   * @param queries what was called, in a sentence
   * @param more measurements of the scenario
   */
  static Reading of(
      LatencySpec specification,
      LatencyTally tally,
      Circumstances circumstances,
      LatencyNotes notes,
      String queries,
      List<Measurement> more) {
    tally.close();
    Reading.Builder reading = Reading.builder();
    for (Measurement measured : measurements(specification, tally)) {
      reading.add(notes.judged(measured, tally.times()));
    }
    more.forEach(reading::add);
    if (tally.count() > 0) {
      reading.add(tally.distribution("Time of a call"));
      reading.add(tally.slowestTable());
    }
    reading.add(new Evidence.Note("Queries", queries));
    circumstances.addTo(reading);
    return reading.build();
  }
}
