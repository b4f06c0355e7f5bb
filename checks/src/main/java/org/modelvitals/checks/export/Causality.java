package org.modelvitals.checks.export;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.text.Bounds;

/**
 * Changes later tokens of a sequence, or cuts them off, and expects that no earlier logit changes.
 * A model that sees the future scores far too well on whole texts and badly when it generates. Also
 * changes earlier tokens, and expects that any later logit does: a model that sees the last token
 * only has lost what it read.
 *
 * @param on the sequences that the model is run on
 * @param cuts positions of the tokens that are changed; none for the second, the middle and the
 *     last one
 * @param replacements how many other tokens are tried at each position
 * @param tolerance how far a logit may move; null for what the type of the logits allows
 */
@Doc(
    "Expects that no later token changes an earlier logit, and that earlier tokens change later logits.")
public record Causality(
    @Inline Sequences on,
    @Doc(
            value = "Positions of the tokens that are changed; second, middle and last otherwise.",
            example = "[1, 8]")
        @Minimum(1)
        List<Integer> cuts,
    @Doc("How many other tokens are tried at each position.") @Default("2") @Minimum(1)
        int replacements,
    @Doc("How far a logit may move; by the type of the logits otherwise.") @Minimum(0)
        @Nullable Double tolerance)
    implements ProbeSpec {

  public Causality {
    cuts = List.copyOf(cuts);
    cuts.forEach(cut -> Bounds.atLeast(1, "cuts", cut));
    Bounds.atLeast(1, "replacements", replacements);
    Allowance.require(tolerance);
  }

  /** On sequences that are drawn from the vocabulary. */
  public static Causality causality() {
    return new Causality(Sequences.drawn(), List.of(), 2, null);
  }

  /** The sequences that the model is run on. */
  public Causality on(Sequences sequences) {
    return new Causality(sequences, cuts, replacements, tolerance);
  }

  /** Positions of the tokens that are changed. */
  public Causality cuts(Integer... positions) {
    return new Causality(on, List.of(positions), replacements, tolerance);
  }

  /** How many other tokens are tried at each position. */
  public Causality replacements(int tokens) {
    return new Causality(on, cuts, tokens, tolerance);
  }

  /** How far a logit may move. */
  public Causality tolerance(double logits) {
    return new Causality(on, cuts, replacements, logits);
  }

  /** Positions with a logit that a later token changed; expected to be none. */
  public static Measured mismatches() {
    return Findings.mismatches();
  }

  /** The most that a later token changed a logit by. */
  public static Measured maxDifference() {
    return Measured.measured(Findings.MAX_DIFFERENCE);
  }

  /** The most that a logit moved when a later token was changed. */
  public static Measured maxDifferenceOfChange() {
    return Measured.measured(Findings.MAX_DIFFERENCE, CausalityProbe.CHANGED);
  }

  /** The most that a logit moved when later tokens were cut off. */
  public static Measured maxDifferenceOfCut() {
    return Measured.measured(Findings.MAX_DIFFERENCE, CausalityProbe.CUT);
  }

  /** How many positions were compared. */
  public static Measured positions() {
    return Measured.measured(Findings.POSITIONS);
  }

  /** Positions whose logits an earlier token changed; expected to be one at least. */
  public static Measured dependentPositions() {
    return Dependence.positions();
  }
}
