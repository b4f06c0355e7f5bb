package org.modelvitals.checks.behaviour;

import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Moves every floating-point number of the inputs to one of its neighbours, up or down, and looks
 * how far the outputs move.
 *
 * @param on what the model is fed before it is changed
 */
@Doc("Changes the last bit of every floating-point input, and looks how far the outputs move.")
public record LastBit(@Inline Draws on) implements ProbeSpec {

  /** On inputs that are drawn from the signature. */
  public static LastBit lastBit() {
    return new LastBit(Draws.DRAWN);
  }

  /** On recorded samples or declared ranges. */
  public LastBit on(DataSpec data) {
    return new LastBit(on.of(data));
  }

  /** How many rows are fed. */
  public LastBit rows(int count) {
    return new LastBit(on.rows(count));
  }

  /** The farthest that an output moves, by its largest value; expected to be at most 1 %. */
  public static Measured movement() {
    return Measured.measured(LastBitProbe.MOVEMENT);
  }

  /** The same for one output. */
  public static Measured movement(String output) {
    return Measured.measured(LastBitProbe.MOVEMENT, output);
  }

  /** How many times as far an output moves, relatively, as the inputs did. */
  public static Measured amplification(String output) {
    return Measured.measured(LastBitProbe.AMPLIFICATION, output);
  }
}
