package org.modelvitals.checks.behaviour;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.export.Allowance;
import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.text.Bounds;

/**
 * Makes each call again: in the same session, from several threads at once, in fresh sessions, and
 * in sessions with other numbers of threads, and expects the same bits, or what a tolerance allows.
 * Other numbers of threads may cut a sum into other parts.
 *
 * @param on what the model is fed
 * @param repeats how often a call is made again in the same session
 * @param callers how many threads make it at once in the same session
 * @param sessions how many fresh sessions it is made in
 * @param threads numbers of threads within an operator, a fresh session each
 * @param tolerance how far a number may be off; null for not one bit, and what rounding can explain
 *     with other numbers of threads
 */
@Doc("Expects the same answers to the same inputs, over repeats, callers, sessions and threads.")
public record Determinism(
    @Inline Draws on,
    @Doc("How often a call is made again in the same session.") @Default("3") @Minimum(1)
        int repeats,
    @Doc("How many threads make it at once in the same session; 0 for none.")
        @Default("2")
        @Minimum(0)
        int callers,
    @Doc("How many fresh sessions it is made in; 0 for none.") @Default("1") @Minimum(0)
        int sessions,
    @Doc("Numbers of threads within an operator, a fresh session each; empty for none.")
        @Default("[1, 2]")
        @Minimum(1)
        List<Integer> threads,
    @Doc(
            "How far a number may be off; not one bit otherwise, and with other numbers of threads what"
                + " rounding explains.")
        @Minimum(0)
        @Nullable Double tolerance)
    implements ProbeSpec {

  public Determinism {
    Bounds.atLeast(1, "repeats", repeats);
    Bounds.atLeast(0, "callers", callers);
    Bounds.atLeast(0, "sessions", sessions);
    threads = List.copyOf(threads);
    threads.forEach(count -> Bounds.atLeast(1, "threads", count));
    Allowance.require(tolerance);
  }

  /** On inputs that are drawn from the signature. */
  public static Determinism determinism() {
    return new Determinism(Draws.DRAWN, 3, 2, 1, List.of(1, 2), null);
  }

  /** On recorded samples or declared ranges. */
  public Determinism on(DataSpec data) {
    return new Determinism(on.of(data), repeats, callers, sessions, threads, tolerance);
  }

  /** How many rows are fed. */
  public Determinism rows(int count) {
    return new Determinism(on.rows(count), repeats, callers, sessions, threads, tolerance);
  }

  /** How often a call is made again in the same session. */
  public Determinism repeats(int times) {
    return new Determinism(on, times, callers, sessions, threads, tolerance);
  }

  /** How many threads make it at once in the same session. */
  public Determinism callers(int count) {
    return new Determinism(on, repeats, count, sessions, threads, tolerance);
  }

  /** How many fresh sessions it is made in. */
  public Determinism sessions(int count) {
    return new Determinism(on, repeats, callers, count, threads, tolerance);
  }

  /** Numbers of threads within an operator, a fresh session each. */
  public Determinism threads(Integer... counts) {
    return new Determinism(on, repeats, callers, sessions, List.of(counts), tolerance);
  }

  /** How far a number may be off. */
  public Determinism tolerance(double absolute) {
    return new Determinism(on, repeats, callers, sessions, threads, absolute);
  }

  /** Elements that are not what they were; expected to be none. */
  public static Measured mismatches() {
    return Situations.mismatches();
  }

  /** The same in one situation: repeats, callers, sessions or threads. */
  public static Measured mismatches(String situation) {
    return Situations.mismatches(situation);
  }

  /** The largest difference from the first answer. */
  public static Measured maxDifference() {
    return Situations.maxDifference();
  }

  /** The same in one situation. */
  public static Measured maxDifference(String situation) {
    return Situations.maxDifference(situation);
  }
}
