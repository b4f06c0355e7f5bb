package org.modelvitals.language;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;
import java.util.stream.LongStream;

/** The distribution of the next token: softmax of the logits, in double precision. */
public final class NextTokens {
  private static final double SUM_TOLERANCE = 1e-3;

  private final double[] logProbabilities;
  private final int nonFinite;
  private final boolean softmaxed;

  private NextTokens(double[] logProbabilities, int nonFinite, boolean softmaxed) {
    this.logProbabilities = logProbabilities;
    this.nonFinite = nonFinite;
    this.softmaxed = softmaxed;
  }

  /** The distribution that {@code logits} are the unnormalised logarithms of. */
  public static NextTokens ofLogits(double[] logits) {
    int nonFinite = faults(logits.length, token -> logits[token]);
    double largest = Arrays.stream(logits).max().orElse(0);
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - largest);
    }
    double normalizer = largest + Math.log(sum);
    return new NextTokens(
        Arrays.stream(logits).map(logit -> logit - normalizer).toArray(),
        nonFinite,
        areProbabilities(logits.length, token -> logits[token]));
  }

  /**
   * Whether what a model says of a vocabulary are probabilities and no logits, as from a graph that
   * ends in a softmax: none is negative, and they sum to one. Softmax of probabilities gives no
   * token more than e / (e + vocabulary - 1).
   */
  public static boolean areProbabilities(int vocabulary, IntToDoubleFunction outputs) {
    double sum = 0;
    for (int token = 0; token < vocabulary; token++) {
      double output = outputs.applyAsDouble(token);
      if (output < 0) {
        return false;
      }
      sum += output;
    }
    return vocabulary > 1 && Math.abs(sum - 1) < SUM_TOLERANCE;
  }

  /**
   * How many logits leave no distribution: those that are NaN or +Infinity. A token of -Infinity is
   * a masked one, which cannot come, and no fault, unless all are; then all are counted.
   */
  public static int faults(int vocabulary, IntToDoubleFunction logits) {
    int faults = 0;
    int masked = 0;
    for (int token = 0; token < vocabulary; token++) {
      double logit = logits.applyAsDouble(token);
      if (logit == Double.NEGATIVE_INFINITY) {
        masked++;
      } else if (!Double.isFinite(logit)) {
        faults++;
      }
    }
    return masked == vocabulary ? vocabulary : faults;
  }

  /**
   * How many logits {@linkplain #faults leave no distribution}; then nothing else means a thing.
   */
  public int nonFinite() {
    return nonFinite;
  }

  /** Whether the logits were {@linkplain #areProbabilities probabilities already}. */
  public boolean softmaxed() {
    return softmaxed;
  }

  public int size() {
    return logProbabilities.length;
  }

  /** The natural logarithm of a token's probability. */
  public double logProbability(long token) {
    return logProbabilities[Math.toIntExact(token)];
  }

  public double probability(long token) {
    return Math.exp(logProbability(token));
  }

  /** The sum of all probabilities: one, but for rounding. */
  public double sum() {
    double sum = 0;
    for (double value : logProbabilities) {
      sum += Math.exp(value);
    }
    return sum;
  }

  /** Shannon's entropy, in nats. */
  public double entropy() {
    double entropy = 0;
    for (double value : logProbabilities) {
      double p = Math.exp(value);
      entropy -= p == 0 ? 0 : p * value;
    }
    return entropy;
  }

  /**
   * A token's place in the order of probability, from 1. Of equal ones each has the last of their
   * places: a model that finds all tokens equally probable ranks none of them first.
   */
  public int rank(long token) {
    double own = logProbability(token);
    int rank = 0;
    for (double other : logProbabilities) {
      rank += other >= own ? 1 : 0;
    }
    return rank;
  }

  /** The most probable token, and all that are as probable. */
  public List<Long> leaders() {
    double largest = Arrays.stream(logProbabilities).max().orElse(0);
    return LongStream.range(0, size())
        .filter(token -> logProbability(token) == largest)
        .boxed()
        .toList();
  }

  /**
   * Whether the tokens of {@link #top} are the most probable ones, whatever order equals are in.
   */
  public boolean isTopDecided(int count) {
    if (count >= size()) {
      return true;
    }
    List<Long> ordered = top(count + 1);
    return logProbability(ordered.get(count - 1)) > logProbability(ordered.get(count));
  }

  /** The most probable tokens, the most probable first; of equal ones the lower id is first. */
  public List<Long> top(int count) {
    Comparator<Long> order =
        Comparator.comparingDouble((Long token) -> -logProbability(token))
            .thenComparing(Comparator.naturalOrder());
    PriorityQueue<Long> best = new PriorityQueue<>(order.reversed());
    for (long token = 0; token < logProbabilities.length; token++) {
      best.add(token);
      if (best.size() > count) {
        best.poll();
      }
    }
    return best.stream().sorted(order).toList();
  }
}
