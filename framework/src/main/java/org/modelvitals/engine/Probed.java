package org.modelvitals.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Reading;
import org.modelvitals.verdict.Status;

/**
 * How a probe ended: with a reading, or with a status and a sentence.
 *
 * @param cause what was thrown, for the stack trace
 */
record Probed(
    @Nullable Reading reading, Status status, String sentence, @Nullable Throwable cause) {

  static final Reading NOTHING = new Reading(List.of(), List.of());

  static Probed of(Reading reading) {
    return new Probed(reading, Status.PASSED, "", null);
  }

  static Probed ended(Status status, String sentence, @Nullable Throwable cause) {
    return new Probed(null, status, sentence, cause);
  }
}
