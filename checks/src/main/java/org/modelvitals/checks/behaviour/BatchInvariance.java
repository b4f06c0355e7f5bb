package org.modelvitals.checks.behaviour;

import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.export.Allowance;
import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Asks for each row of a batch alone, and for the batch in another order, and expects the answers
 * that the rows have in the batch.
 *
 * @param on what the model is fed
 * @param tolerance how far a number may be off; null for what rounding can explain
 */
@Doc("Expects the same answer to a row alone, in a batch, and at another place of the batch.")
public record BatchInvariance(
    @Inline Draws on,
    @Doc("How far a number may be off; a share of the row's largest number otherwise.") @Minimum(0)
        @Nullable Double tolerance)
    implements ProbeSpec {

  public BatchInvariance {
    Allowance.require(tolerance);
  }

  /** On inputs that are drawn from the signature. */
  public static BatchInvariance batchInvariance() {
    return new BatchInvariance(Draws.DRAWN, null);
  }

  /** On recorded samples or declared ranges; {@code batch} says how many rows a batch has. */
  public BatchInvariance on(DataSpec data) {
    return new BatchInvariance(on.of(data), tolerance);
  }

  /** How many rows are fed. */
  public BatchInvariance rows(int count) {
    return new BatchInvariance(on.rows(count), tolerance);
  }

  /** How far a number may be off. */
  public BatchInvariance tolerance(double absolute) {
    return new BatchInvariance(on, absolute);
  }

  /** Elements that are not what they are in the batch; expected to be none. */
  public static Measured mismatches() {
    return Situations.mismatches();
  }

  /** The same in one situation: alone, or other place. */
  public static Measured mismatches(String situation) {
    return Situations.mismatches(situation);
  }

  /** The largest difference from the answer in the batch. */
  public static Measured maxDifference() {
    return Situations.maxDifference();
  }

  /** The same in one situation. */
  public static Measured maxDifference(String situation) {
    return Situations.maxDifference(situation);
  }
}
