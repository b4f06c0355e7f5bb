package org.modelvitals.verdict;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.RowStatistic;

/** What was approved of a check, or why there is nothing that it can be held against. */
public sealed interface Approval {

  /**
   * What was approved.
   *
   * @param measurements by their names
   * @param rows the rows of both runs; null if rows cannot be paired
   * @param unpaired why rows cannot be paired, in words; empty if they can
   * @param statistics how a measurement comes about from rows
   * @param seed of the bootstrap
   * @param ofNew what becomes of conditions on what was not measured then
   */
  record Approved(
      Map<String, Measurement> measurements,
      @Nullable PairedRows rows,
      String unpaired,
      Function<String, Optional<RowStatistic>> statistics,
      long seed,
      Status ofNew)
      implements Approval {
    public Approved {
      measurements = Map.copyOf(measurements);
    }
  }

  /**
   * Nothing is approved.
   *
   * @param status what becomes of conditions on it
   * @param why a sentence
   */
  record Missing(Status status, String why) implements Approval {}

  /** For checks without a suite that could name a baseline. */
  static Approval none() {
    return new Missing(
        Status.ERROR,
        "there is no approved run to hold it against; name one with 'baseline:' in the suite, or with modelvitals.baseline");
  }
}
