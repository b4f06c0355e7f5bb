package org.modelvitals.verdict;

import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Measurement;
import org.modelvitals.unit.Quantity;

/**
 * What became of one expectation.
 *
 * @param measurement the name that was expected
 * @param condition the condition as it was written
 * @param measured what was measured; null if nothing was
 * @param limit the number that the condition draws, in the unit of the measurement; null if it has
 *     none
 * @param margin by how much the measurement is inside (positive) or outside (negative) of the
 *     limit, in its unit; null for texts
 * @param sentence the outcome in words
 * @param compared the measurement beside the approved one; null if it was not held against one
 */
public record Outcome(
    String measurement,
    String condition,
    Status status,
    @Nullable Measurement measured,
    @Nullable Double limit,
    @Nullable Double margin,
    String sentence,
    @Nullable Compared compared) {

  /** An outcome that has nothing to do with an approved run. */
  public Outcome(
      String measurement,
      String condition,
      Status status,
      @Nullable Measurement measured,
      @Nullable Double limit,
      @Nullable Double margin,
      String sentence) {
    this(measurement, condition, status, measured, limit, margin, sentence, null);
  }

  /** What the approved run measured, and the difference, in few words; empty if there was none. */
  public String change() {
    return compared == null || measured == null
        ? ""
        : "was %s, %s%s"
            .formatted(
                Quantity.of(compared.baseline(), measured.unit()).display(),
                compared.difference() > 0 ? "+" : "",
                Quantity.of(compared.difference(), measured.unit()).display());
  }
}
