package org.modelvitals.checks.behaviour;

import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Changes one input after the other and looks whether anything comes of it; looks whether every
 * output changes with the inputs, or stands still, or sticks to the ends of its range.
 *
 * @param on what the model is fed before anything is changed
 */
@Doc("Looks for inputs that change nothing, and outputs that never change or stick to a bound.")
public record Liveness(@Inline Draws on) implements ProbeSpec {

  /** On inputs that are drawn from the signature. */
  public static Liveness liveness() {
    return new Liveness(Draws.DRAWN);
  }

  /** On recorded samples or declared ranges. */
  public Liveness on(DataSpec data) {
    return new Liveness(on.of(data));
  }

  /** How many rows are fed. */
  public Liveness rows(int count) {
    return new Liveness(on.rows(count));
  }

  /** Inputs that change nothing, whatever they are changed to; expected to be none. */
  public static Measured deadInputs() {
    return Measured.measured(LivenessProbe.DEAD_INPUTS);
  }

  /** Columns of an input [rows, columns] that change nothing in the rows fed. */
  public static Measured deadColumns(String input) {
    return Measured.measured(LivenessProbe.DEAD_COLUMNS, input);
  }

  /** Outputs of floating-point numbers that never change; expected to be none. */
  public static Measured deadOutputs() {
    return Measured.measured(LivenessProbe.DEAD_OUTPUTS);
  }

  /** Outputs called logits that hold probabilities; expected to be none. */
  public static Measured softmaxedLogits() {
    return Measured.measured(LivenessProbe.SOFTMAXED);
  }

  /** Outputs called logits that are certain in nearly all rows; expected to be none. */
  public static Measured saturatedOutputs() {
    return Measured.measured(LivenessProbe.SATURATED_OUTPUTS);
  }

  /** The share of an output's elements that never change. */
  public static Measured deadElements(String output) {
    return Measured.measured(LivenessProbe.DEAD_ELEMENTS, output);
  }

  /** The share of an output's numbers, or of its distributions, that are at an end of the range. */
  public static Measured saturatedShare(String output) {
    return Measured.measured(LivenessProbe.SATURATED_SHARE, output);
  }

  /** Places along the last axis of an output that always hold what an earlier one holds. */
  public static Measured tiedElements(String output) {
    return Measured.measured(LivenessProbe.TIED, output);
  }
}
