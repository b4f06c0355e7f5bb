package org.modelvitals.checks.export;

import java.util.Optional;
import org.modelvitals.language.Decoding;
import org.modelvitals.language.Logits;
import org.modelvitals.language.TokenRows;

/**
 * Tells from logits which position a model really used for a token. One or two tokens are fed with
 * nothing before them, at positions of our choice: what comes out is a function of these tokens and
 * their positions only. If it is the same at two positions, the model took them for one.
 *
 * <p>For models that are told positions. Where they encode distances only, as with rotary
 * embeddings, one token comes out the same everywhere; then two are fed, whose distance must not
 * change across the limit.
 */
final class PositionSignature {
  /** Equal graphs on equal shapes give equal bits; a little is left to devices that do not. */
  private static final Allowance SAME = Allowance.of(1e-6);

  private static final int STEP = 5;

  private final Decoding decoding;
  private final Allowance allowance;
  private final long[] one;
  private final long[] two;

  /** How positions go wrong past the limit. */
  record Fault(String outcome, String sentence) {}

  PositionSignature(Subject subject, Prompt prompt) {
    this.decoding = subject.actual();
    this.allowance = subject.allowance();
    this.one = prompt.first(1).ids();
    this.two = prompt.first(2).ids();
  }

  /** What happens to positions from {@code limit} on; empty if nothing seems wrong. */
  Optional<Fault> fault(int limit) {
    boolean absolute =
        !same(at(one, 0), at(one, 1), allowance)
            || !same(at(one, 0), at(one, limit / 2), allowance);
    return absolute ? absolute(limit) : relative(limit);
  }

  private Optional<Fault> absolute(int limit) {
    double[] first = at(one, limit);
    double[] later = at(one, limit + STEP);
    if (same(first, at(one, 0), SAME)
        && same(later, at(one, STEP), SAME)
        && !same(first, later, SAME)) {
      return Optional.of(
          new Fault(
              "wraps",
              "positions count from 0 again after the limit: at position %d the logits are those at"
                      .formatted(limit)
                  + " position 0, at %d those at %d".formatted(limit + STEP, STEP)));
    }
    if (same(first, later, SAME)) {
      boolean last = same(first, at(one, limit - 1), SAME);
      return Optional.of(
          new Fault(
              "clips",
              "all positions past the limit are one: at positions %d and %d the logits are the same%s"
                  .formatted(
                      limit,
                      limit + STEP,
                      last ? ", and those at position %d".formatted(limit - 1) : "")));
    }
    return Optional.empty();
  }

  private Optional<Fault> relative(int limit) {
    double[] before = at(two, 0);
    if (!same(before, at(two, limit / 2), allowance)) {
      return Optional.empty();
    }
    boolean across = same(before, at(two, limit - 1), allowance);
    boolean after = same(before, at(two, limit), allowance);
    if (across && after) {
      return Optional.empty();
    }
    return Optional.of(
        after
            ? new Fault(
                "wraps",
                "the distance from position %d to %d is not that of neighbours, before and after it"
                        .formatted(limit - 1, limit)
                    + " it is: positions seem to count from 0 again")
            : new Fault(
                "changes",
                "the distance from position %d to %d is not that of neighbours before the limit"
                    .formatted(limit, limit + 1)));
  }

  private double[] at(long[] tokens, int position) {
    Logits logits = decoding.prefill(TokenRows.of(tokens), position);
    double[] read = new double[logits.vocabulary()];
    logits.read(0, tokens.length - 1, read);
    return read;
  }

  private static boolean same(double[] a, double[] b, Allowance allowance) {
    return new Comparison<String>(allowance).add(a, b, "");
  }
}
