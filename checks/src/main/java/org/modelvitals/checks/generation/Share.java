package org.modelvitals.checks.generation;

import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.Moments;
import org.modelvitals.unit.Unit;

/** How many of the answers something holds of. */
final class Share {
  private long hits;
  private long total;

  /** Counts an answer, and says again whether it holds of it. */
  boolean add(boolean holds) {
    total++;
    hits += holds ? 1 : 0;
    return holds;
  }

  long total() {
    return total;
  }

  /** The share with its Wilson interval. */
  Measurement measurement(String name) {
    return total == 0
        ? Measurement.undefined(name, Unit.FRACTION, 0, "there were no prompts")
        : Measurement.sampled(
            name, (double) hits / total, Unit.FRACTION, total, Intervals.wilson(hits, total));
  }

  /** The mean of a score of each answer, which is not negative, with its t interval. */
  static Measurement mean(String name, Unit unit, Moments moments) {
    return moments.count() == 0
        ? Measurement.undefined(name, unit, 0, "there were no prompts")
        : Measurement.sampled(
            name,
            moments.mean(),
            unit,
            moments.count(),
            within(Intervals.mean(moments), unit == Unit.FRACTION ? 1 : Double.POSITIVE_INFINITY));
  }

  /** The part of an interval that is possible for a score from 0 to a highest one. */
  static Interval within(Interval interval, double highest) {
    return new Interval(
        Math.max(0, interval.low()),
        Math.min(highest, interval.high()),
        interval.level(),
        interval.method());
  }
}
