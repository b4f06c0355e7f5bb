package org.modelvitals.checks.behaviour;

import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Looks for NaN and infinity in the outputs: for inputs drawn from their range, at the edges of the
 * range, for every index of a table that is looked up, and, without judging it, beyond the range.
 *
 * @param on what the model is fed; the range of an input is what it is drawn from, or what the
 *     recorded samples have
 */
@Doc("Looks for NaN and infinity in the outputs, over the range of the inputs and at its edges.")
public record FiniteOutputs(@Inline Draws on) implements ProbeSpec {

  /** Over inputs that are drawn from the signature. */
  public static FiniteOutputs finiteOutputs() {
    return new FiniteOutputs(Draws.DRAWN);
  }

  /** Over declared ranges, or those of recorded samples. */
  public FiniteOutputs on(DataSpec data) {
    return new FiniteOutputs(on.of(data));
  }

  /** How many rows are fed before the edges are tried. */
  public FiniteOutputs rows(int count) {
    return new FiniteOutputs(on.rows(count));
  }

  /** Elements of outputs that are NaN or infinite within the range; expected to be none. */
  public static Measured nonFiniteElements() {
    return Measured.measured(FiniteOutputsProbe.ELEMENTS);
  }

  /** The same for one kind of input, such as zeros or large. */
  public static Measured nonFiniteElements(String kind) {
    return Measured.measured(FiniteOutputsProbe.ELEMENTS, kind);
  }

  /** Calls within the range that the model refused; expected to be none. */
  public static Measured refusedCalls() {
    return Measured.measured(FiniteOutputsProbe.REFUSED);
  }
}
