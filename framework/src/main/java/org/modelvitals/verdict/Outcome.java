package org.modelvitals.verdict;

import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Measurement;
import org.modelvitals.suite.Condition;
import org.modelvitals.suite.Conditions;
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

  /** What was measured, for people to read beside {@link #expected}. */
  public String found() {
    return measured == null ? "undefined" : measured.display(digits());
  }

  /**
   * The condition for people to read: its numbers rounded as {@link #found} is, to no fewer digits
   * than show on which side of the limit the measurement lies.
   */
  public String expected() {
    Condition parsed = parsed();
    if (parsed == null) {
      return condition;
    }
    Condition rounded = Digits.rounded(parsed, digits());
    return rounded.equals(parsed) ? condition : rounded.toString();
  }

  private int digits() {
    Condition parsed = parsed();
    return measured == null || parsed == null ? Quantity.DIGITS : telling(measured, parsed);
  }

  /** A record may hold what could not be compared, such as seconds with bytes. */
  private static int telling(Measurement measured, Condition condition) {
    try {
      return Digits.telling(measured, condition);
    } catch (IllegalArgumentException e) {
      return Quantity.DIGITS;
    }
  }

  /** Null for a condition of a version that this one does not know. */
  private @Nullable Condition parsed() {
    try {
      return Conditions.parse(condition);
    } catch (IllegalArgumentException e) {
      return null;
    }
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
