package org.modelvitals.checks.language;

import org.modelvitals.language.Logits;
import org.modelvitals.language.NextTokens;

/**
 * The distribution of the next token at one position, in memory that is used again for the next:
 * softmax of the logits, in double precision.
 */
final class PositionDistribution {
  private final double[] logits;
  private final double[] probabilities;
  private final boolean[] named;
  private double normalizer;
  private double sum;
  private double entropy;
  private int nonFinite;
  private int top;
  private boolean softmaxed;

  PositionDistribution(int vocabulary) {
    logits = new double[vocabulary];
    probabilities = new double[vocabulary];
    named = new boolean[vocabulary];
  }

  void read(Logits from, int row, int position) {
    from.read(row, position, logits);
    normalize();
  }

  /** The distribution of these logits. */
  void set(double[] newLogits) {
    System.arraycopy(newLogits, 0, logits, 0, logits.length);
    normalize();
  }

  private void normalize() {
    double largest = Double.NEGATIVE_INFINITY;
    top = 0;
    for (int i = 0; i < logits.length; i++) {
      double logit = logits[i];
      if (logit > largest) {
        largest = logit;
        top = i;
      }
    }
    nonFinite = NextTokens.faults(logits.length, this::logit);
    softmaxed = NextTokens.areProbabilities(logits.length, this::logit);
    double total = 0;
    for (double logit : logits) {
      total += Math.exp(logit - largest);
    }
    normalizer = largest + Math.log(total);
    sum = 0;
    entropy = 0;
    for (int i = 0; i < logits.length; i++) {
      double logProbability = logits[i] - normalizer;
      double probability = Math.exp(logProbability);
      probabilities[i] = probability;
      sum += probability;
      entropy -= probability == 0 ? 0 : probability * logProbability;
    }
  }

  int size() {
    return logits.length;
  }

  double logit(int token) {
    return logits[token];
  }

  double probability(int token) {
    return probabilities[token];
  }

  double logProbability(int token) {
    return logits[token] - normalizer;
  }

  /**
   * The probability of all tokens but these together: summed up, because what these leave of one
   * would be rounding.
   */
  double probabilityOfOthers(int[] tokens) {
    for (int token : tokens) {
      named[token] = true;
    }
    double others = 0;
    for (int token = 0; token < named.length; token++) {
      others += named[token] ? 0 : probabilities[token];
    }
    for (int token : tokens) {
      named[token] = false;
    }
    return others;
  }

  /** The sum of all probabilities: one, but for rounding. */
  double sum() {
    return sum;
  }

  /** Shannon's entropy, in nats. */
  double entropy() {
    return entropy;
  }

  /** How many logits {@linkplain NextTokens#faults leave no distribution}. */
  int nonFinite() {
    return nonFinite;
  }

  /** The most probable token; of equal ones the lowest id. */
  int top() {
    return top;
  }

  /** How many tokens are as probable as the most probable one, itself among them. */
  int leaders() {
    int leaders = 0;
    for (double logit : logits) {
      leaders += logit == logits[top] ? 1 : 0;
    }
    return leaders;
  }

  /** Whether the outputs are probabilities already: none is negative, and they sum to one. */
  boolean softmaxed() {
    return softmaxed;
  }

  /** The most probable tokens, the most probable first; of equal ones the lower id is first. */
  int[] top(int count) {
    int[] best = new int[Math.min(count, logits.length)];
    int filled = 0;
    for (int token = 0; token < logits.length; token++) {
      if (filled == best.length && logits[token] <= logits[best[filled - 1]]) {
        continue;
      }
      int at = filled < best.length ? filled++ : filled - 1;
      while (at > 0 && logits[best[at - 1]] < logits[token]) {
        best[at] = best[at - 1];
        at--;
      }
      best[at] = token;
    }
    return best;
  }
}
