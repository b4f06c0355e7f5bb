package org.modelvitals.checks.export;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.TokenRows.Padding;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.text.Bounds;

/**
 * Runs each sequence alone, in a batch of sequences of the same length, and in batches where
 * shorter ones are padded on the left or on the right, and expects the same logits. With a cache,
 * the batch that is padded on the left is also decoded token by token, as servers do.
 *
 * @param on the sequences that the model is run on; ones of the same length are cut to different
 *     ones
 * @param batch how many rows a batch has
 * @param sides the sides that are padded on; exports made for one side only are held to that one
 * @param tolerance how far a logit may be off; null for what the type of the logits allows
 */
@Doc("Expects that a row's logits do not depend on the batch and its padding.")
public record PaddingInvariance(
    @Inline Sequences on,
    @Doc("How many rows a batch has.") @Default("4") @Minimum(2) int batch,
    @Doc("The sides that are padded on.") @Default("[left, right]") List<Padding> sides,
    @Doc("How far a logit may be off; by the type of the logits otherwise.") @Minimum(0)
        @Nullable Double tolerance)
    implements ProbeSpec {

  public PaddingInvariance {
    Bounds.atLeast(2, "batch", batch);
    sides = List.copyOf(sides);
    if (sides.isEmpty()) {
      throw new IllegalArgumentException("sides: none is given; give left, right, or both");
    }
    Allowance.require(tolerance);
  }

  /** On sequences that are drawn from the vocabulary. */
  public static PaddingInvariance paddingInvariance() {
    return new PaddingInvariance(Sequences.drawn(), 4, List.of(Padding.values()), null);
  }

  /** The sequences that the model is run on. */
  public PaddingInvariance on(Sequences sequences) {
    return new PaddingInvariance(sequences, batch, sides, tolerance);
  }

  /** How many rows a batch has. */
  public PaddingInvariance batch(int rows) {
    return new PaddingInvariance(on, rows, sides, tolerance);
  }

  /** The sides that are padded on. */
  public PaddingInvariance sides(Padding... padded) {
    return new PaddingInvariance(on, batch, List.of(padded), tolerance);
  }

  /** How far a logit may be off. */
  public PaddingInvariance tolerance(double logits) {
    return new PaddingInvariance(on, batch, sides, logits);
  }

  /** Positions with a logit that the batch or its padding changed; expected to be none. */
  public static Measured mismatches() {
    return Findings.mismatches();
  }

  /** The most that the batch or its padding changed a logit by. */
  public static Measured maxDifference() {
    return Measured.measured(Findings.MAX_DIFFERENCE);
  }

  /** The most that other rows of the same length changed a logit by. */
  public static Measured maxDifferenceInBatch() {
    return Measured.measured(Findings.MAX_DIFFERENCE, PaddingInvarianceProbe.BATCH);
  }

  /** The most that padding on the left changed a logit by. */
  public static Measured maxDifferencePaddedLeft() {
    return Measured.measured(Findings.MAX_DIFFERENCE, PaddingInvarianceProbe.LEFT);
  }

  /** The most that padding on the right changed a logit by. */
  public static Measured maxDifferencePaddedRight() {
    return Measured.measured(Findings.MAX_DIFFERENCE, PaddingInvarianceProbe.RIGHT);
  }

  /** The most that padding on the left changed a logit by when decoding from the cache. */
  public static Measured maxDifferenceDecoded() {
    return Measured.measured(Findings.MAX_DIFFERENCE, PaddingInvarianceProbe.DECODED);
  }

  /** How many positions were compared. */
  public static Measured positions() {
    return Measured.measured(Findings.POSITIONS);
  }
}
