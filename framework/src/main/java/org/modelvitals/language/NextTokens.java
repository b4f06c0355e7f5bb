package org.modelvitals.language;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;

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
    int nonFinite = (int) Arrays.stream(logits).filter(logit -> !Double.isFinite(logit)).count();
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

  /** How many logits are NaN or infinite; if there are any, all probabilities are doubtful. */
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

  /** A token's place in the order of probability, from 1; of equal ones the lower id is first. */
  public int rank(long token) {
    int index = Math.toIntExact(token);
    int rank = 1;
    for (int i = 0; i < logProbabilities.length; i++) {
      if (logProbabilities[i] > logProbabilities[index]
          || (logProbabilities[i] == logProbabilities[index] && i < index)) {
        rank++;
      }
    }
    return rank;
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
