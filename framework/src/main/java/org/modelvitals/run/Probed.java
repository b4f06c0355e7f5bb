package org.modelvitals.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Placement;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;
import org.modelvitals.verdict.Status;

/**
 * How a probe ended: with a reading, or with a status and a sentence.
 *
 * @param cause what was thrown, for the stack trace
 */
record Probed(
    @Nullable Reading reading,
    Status status,
    String sentence,
    @Nullable Throwable cause,
    Optional<Placement> placement) {

  static final Reading NOTHING = new Reading(List.of(), List.of());

  static Probed of(Reading reading) {
    return new Probed(reading, Status.PASSED, "", null, Optional.empty());
  }

  static Probed ended(Status status, String sentence, @Nullable Throwable cause) {
    return new Probed(null, status, sentence, cause, Optional.empty());
  }

  /** The same with another reading. */
  Probed reading(Reading other) {
    return new Probed(other, status, sentence, cause, placement);
  }

  Probed because(String more) {
    return new Probed(reading, status, sentence + more, cause, placement);
  }

  /** The same with one more piece of evidence, if there is a reading. */
  Probed noting(Evidence evidence) {
    return reading == null
        ? this
        : new Probed(
            new Reading(
                reading.measurements(),
                Stream.concat(reading.evidence().stream(), Stream.of(evidence)).toList(),
                reading.rows()),
            status,
            sentence,
            cause,
            placement);
  }

  Probed placed(Optional<Placement> where) {
    return new Probed(reading, status, sentence, cause, where);
  }
}
