package org.modelvitals.checks.generation;

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

  /** The mean of a score of each answer with its t interval. */
  static Measurement mean(String name, Unit unit, Moments moments) {
    return moments.count() == 0
        ? Measurement.undefined(name, unit, 0, "there were no prompts")
        : Measurement.sampled(name, moments.mean(), unit, moments.count(), Intervals.mean(moments));
  }
}
