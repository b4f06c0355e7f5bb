package org.modelvitals.checks.export;

import java.util.stream.LongStream;
import org.modelvitals.language.Logits;
import org.modelvitals.language.TokenRows;
import org.modelvitals.statistics.Moments;

/**
 * How much worse a model's answers are past its context length than before it, told without labels:
 * by how far what it expects after a long sequence is from what it expects after the last tokens of
 * it alone, in nats. That distance is not 0 within the context either, so that it is measured on
 * both sides of the limit, over windows of the same length, and subtracted. The first token stays
 * in front of each window, because many models hold on to it.
 */
final class Degradation {
  private final Subject subject;
  private final int limit;
  private final int tried;
  private final int window;
  private final Moments excess = new Moments();
  private long ruledOut;

  Degradation(Subject subject, int limit, int beyond) {
    this.subject = subject;
    this.limit = limit;
    this.tried = Math.min(beyond, limit / 2);
    this.window = Math.min(limit / 2, limit - tried - 1);
  }

  /** Whether the context is long enough for the windows. */
  boolean isPossible() {
    return window > 0;
  }

  /**
   * Takes in a sequence.
   *
   * @param whole the logits of all of it
   */
  void add(Prompt prompt, Logits whole) {
    if (whole.firstPosition(0) > 0) {
      return;
    }
    double before = divergence(prompt, whole, limit - tried);
    double after = divergence(prompt, whole, limit);
    if (Double.isFinite(before) && Double.isFinite(after)) {
      excess.add(after - before);
    } else if (Double.isFinite(before)) {
      ruledOut++;
    }
  }

  /** Sequences past whose limit a token cannot come, by minus infinity, that can after a part. */
  long ruledOut() {
    return ruledOut;
  }

  /** The difference of the two divergences, over sequences. */
  Moments excess() {
    return excess;
  }

  /**
   * The mean divergence over as many positions from {@code from} on as are tried past the limit.
   */
  private double divergence(Prompt prompt, Logits whole, int from) {
    long[] ids =
        LongStream.concat(
                LongStream.of(prompt.ids()[0]),
                LongStream.of(prompt.part(from - window, from + tried).ids()))
            .toArray();
    Logits alone = subject.actual().prefill(TokenRows.of(ids));
    double[] ofWhole = new double[whole.vocabulary()];
    double[] ofWindow = new double[whole.vocabulary()];
    double sum = 0;
    for (int i = 0; i < tried; i++) {
      whole.read(0, from + i, ofWhole);
      alone.read(0, 1 + window + i, ofWindow);
      sum += Divergence.of(ofWindow, ofWhole).kl();
    }
    return sum / tried;
  }
}
