package org.modelvitals.probe;

import org.modelvitals.unit.Unit;

/**
 * What a probe says of one of its measurements before it has run.
 *
 * @param name without brackets: {@code recall}
 * @param part what stands in brackets, in words ({@code class}); empty if nothing may
 * @param partRequired whether the measurement exists only with a part
 * @param unit its unit; {@link #text} measurements have none
 * @param text whether it is a text instead of a number
 * @param description one sentence, with the definition's source
 * @param countsParts whether it says how many there are of each part, so that a part which is not
 *     measured is one of which there are none
 * @param when what must be declared for it to be measured, after "it is measured": {@code where
 *     'truth' is declared}; empty if it always is
 * @param judgedSurely whether conditions are held against its whole interval, as if {@code surely}
 *     were written; not those on a baseline
 */
public record MeasurementInfo(
    String name,
    String part,
    boolean partRequired,
    Unit unit,
    boolean text,
    String description,
    boolean countsParts,
    String when,
    boolean judgedSurely) {

  public MeasurementInfo(
      String name,
      String part,
      boolean partRequired,
      Unit unit,
      boolean text,
      String description,
      boolean countsParts,
      String when) {
    this(name, part, partRequired, unit, text, description, countsParts, when, false);
  }

  public MeasurementInfo(
      String name, String part, boolean partRequired, Unit unit, boolean text, String description) {
    this(name, part, partRequired, unit, text, description, false, "");
  }

  /** The same, measured only {@code when} that is declared. */
  public MeasurementInfo measured(String when) {
    return new MeasurementInfo(
        name, part, partRequired, unit, text, description, countsParts, when, judgedSurely);
  }

  /** The same, whose conditions are held against the whole interval. */
  public MeasurementInfo surely() {
    return new MeasurementInfo(
        name, part, partRequired, unit, text, description, countsParts, when, true);
  }

  /** How many there are of each part; 0 for a part that the reading does not name. */
  public static MeasurementInfo countOfParts(String name, String part, String description) {
    return new MeasurementInfo(name, part, true, Unit.NUMBER, false, description, true, "");
  }

  public static MeasurementInfo number(String name, Unit unit, String description) {
    return new MeasurementInfo(name, "", false, unit, false, description);
  }

  /** A number that exists for the whole and for each part. */
  public static MeasurementInfo withParts(String name, String part, Unit unit, String description) {
    return new MeasurementInfo(name, part, false, unit, false, description);
  }

  /** A number that exists for parts only. */
  public static MeasurementInfo ofParts(String name, String part, Unit unit, String description) {
    return new MeasurementInfo(name, part, true, unit, false, description);
  }

  public static MeasurementInfo text(String name, String description) {
    return new MeasurementInfo(name, "", false, Unit.NUMBER, true, description);
  }

  /** A text that exists for parts only. */
  public static MeasurementInfo textOfParts(String name, String part, String description) {
    return new MeasurementInfo(name, part, true, Unit.NUMBER, true, description);
  }
}
