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
 * Runs each sequence again: in the same session, from several threads at once, in fresh sessions,
 * and in sessions with other numbers of threads, and expects the same bits, or what a tolerance
 * allows.
 *
 * @param on the sequences that the model is run on
 * @param repeats how often a sequence is run again in the same session
 * @param callers how many threads run it at once in the same session
 * @param sessions how many fresh sessions it is run in
 * @param threads numbers of threads within an operator, a fresh session each
 * @param tolerance how far a logit may be off; null for not one bit
 */
@Doc("Expects the same logits for the same tokens, over repeats, callers, sessions and threads.")
public record LanguageDeterminism(
    @Inline Sequences on,
    @Doc("How often a sequence is run again in the same session.") @Default("4") @Minimum(1)
        int repeats,
    @Doc("How many threads run it at once in the same session; 0 for none.")
        @Default("4")
        @Minimum(0)
        int callers,
    @Doc("How many fresh sessions it is run in; 0 for none.") @Default("2") @Minimum(0)
        int sessions,
    @Doc("Numbers of threads within an operator, a fresh session each; empty for none.")
        @Default("[1, 2]")
        @Minimum(1)
        List<Integer> threads,
    @Doc("How far a logit may be off; not one bit otherwise.") @Minimum(0)
        @Nullable Double tolerance)
    implements ProbeSpec {

  public LanguageDeterminism {
    Bounds.atLeast(1, "repeats", repeats);
    Bounds.atLeast(0, "callers", callers);
    Bounds.atLeast(0, "sessions", sessions);
    threads = List.copyOf(threads);
    threads.forEach(count -> Bounds.atLeast(1, "threads", count));
    Allowance.require(tolerance);
  }

  /** On sequences that are drawn from the vocabulary, to the bit. */
  public static LanguageDeterminism languageDeterminism() {
    return new LanguageDeterminism(Sequences.drawn(), 4, 4, 2, List.of(1, 2), null);
  }

  /** The sequences that the model is run on. */
  public LanguageDeterminism on(Sequences sequences) {
    return new LanguageDeterminism(sequences, repeats, callers, sessions, threads, tolerance);
  }

  /** How often a sequence is run again in the same session. */
  public LanguageDeterminism repeats(int times) {
    return new LanguageDeterminism(on, times, callers, sessions, threads, tolerance);
  }

  /** How many threads run it at once in the same session. */
  public LanguageDeterminism callers(int count) {
    return new LanguageDeterminism(on, repeats, count, sessions, threads, tolerance);
  }

  /** How many fresh sessions it is run in. */
  public LanguageDeterminism sessions(int count) {
    return new LanguageDeterminism(on, repeats, callers, count, threads, tolerance);
  }

  /** No sessions with other numbers of threads. */
  public LanguageDeterminism withoutThreads() {
    return new LanguageDeterminism(on, repeats, callers, sessions, List.of(), tolerance);
  }

  /** Numbers of threads within an operator, a fresh session each. */
  public LanguageDeterminism threads(Integer... counts) {
    return new LanguageDeterminism(on, repeats, callers, sessions, List.of(counts), tolerance);
  }

  /** How far a logit may be off. */
  public LanguageDeterminism tolerance(double logits) {
    return new LanguageDeterminism(on, repeats, callers, sessions, threads, logits);
  }

  /** Logits that differ in any bit; expected to be none where no tolerance is declared. */
  public static Measured differingLogits() {
    return Measured.measured(LanguageDeterminismProbe.DIFFERING);
  }

  /** Logits that differ in one way of running again: repeats, callers, sessions or threads. */
  public static Measured differingLogits(String part) {
    return Measured.measured(LanguageDeterminismProbe.DIFFERING, part);
  }

  /** Positions with a logit that is farther off than the tolerance. */
  public static Measured mismatches() {
    return Findings.mismatches();
  }

  /** The largest difference of a logit from the first run. */
  public static Measured maxDifference() {
    return Measured.measured(Findings.MAX_DIFFERENCE);
  }

  /** The largest difference in one way of running again. */
  public static Measured maxDifference(String part) {
    return Measured.measured(Findings.MAX_DIFFERENCE, part);
  }
}
