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
 * Feeds a sequence in one pass, and in two or more with the cache between them, and expects the
 * same logits. Wrong positions, masks and caches of an export show here, and in no check that feeds
 * whole texts. Does not apply to models without a cache.
 *
 * @param on the sequences that the model is run on
 * @param prefill how many tokens are fed in the first pass, several in turn; none for 1, half, all
 *     but 8, and all but one. At most 256 further ones follow each.
 * @param chunks how many of the other tokens are fed at once, several in turn, besides one at a
 *     time, as speculative decoding and long prompts do; empty for none
 * @param tolerance how far a logit may be off; null for what the type of the logits allows
 */
@Doc("Expects that logits are the same with the cache as without.")
public record CacheEquivalence(
    @Inline Sequences on,
    @Doc(
            value = "How many tokens are fed first; 1, half, all but 8, and all but one otherwise.",
            example = "[1, 8]")
        @Minimum(1)
        List<Integer> prefill,
    @Doc(
            value =
                "How many further tokens are fed at once, besides one at a time; empty for none.",
            example = "[3]")
        @Default("[3]")
        @Minimum(2)
        List<Integer> chunks,
    @Doc("How far a logit may be off; by the type of the logits otherwise.") @Minimum(0)
        @Nullable Double tolerance)
    implements ProbeSpec {

  public CacheEquivalence {
    prefill = List.copyOf(prefill);
    chunks = List.copyOf(chunks);
    prefill.forEach(tokens -> Bounds.atLeast(1, "prefill", tokens));
    chunks.forEach(tokens -> Bounds.atLeast(2, "chunks", tokens));
    Allowance.require(tolerance);
  }

  /** On sequences that are drawn from the vocabulary. */
  public static CacheEquivalence cacheEquivalence() {
    return new CacheEquivalence(Sequences.drawn(), List.of(), List.of(3), null);
  }

  /** The sequences that the model is run on. */
  public CacheEquivalence on(Sequences sequences) {
    return new CacheEquivalence(sequences, prefill, chunks, tolerance);
  }

  /** How many tokens are fed in the first pass, several in turn. */
  public CacheEquivalence prefill(Integer... tokens) {
    return new CacheEquivalence(on, List.of(tokens), chunks, tolerance);
  }

  /** Further tokens are fed one at a time only. */
  public CacheEquivalence withoutChunks() {
    return new CacheEquivalence(on, prefill, List.of(), tolerance);
  }

  /** How many further tokens are fed at once, besides one at a time. */
  public CacheEquivalence chunks(Integer... tokens) {
    return new CacheEquivalence(on, prefill, List.of(tokens), tolerance);
  }

  /** How far a logit may be off. */
  public CacheEquivalence tolerance(double logits) {
    return new CacheEquivalence(on, prefill, chunks, logits);
  }

  /** Positions with a logit that is not the same with the cache; expected to be none. */
  public static Measured mismatches() {
    return Findings.mismatches();
  }

  /** The largest difference of a logit with the cache from that without. */
  public static Measured maxDifference() {
    return Measured.measured(Findings.MAX_DIFFERENCE);
  }

  /** The largest difference where tokens were fed one at a time. */
  public static Measured maxDifferenceOfSteps() {
    return Measured.measured(Findings.MAX_DIFFERENCE, CacheEquivalenceProbe.STEPS);
  }

  /** The largest difference where tokens were fed several at once. */
  public static Measured maxDifferenceOfChunks() {
    return Measured.measured(Findings.MAX_DIFFERENCE, CacheEquivalenceProbe.CHUNKS);
  }

  /** How many positions were compared. */
  public static Measured positions() {
    return Measured.measured(Findings.POSITIONS);
  }
}
