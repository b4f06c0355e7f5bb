package org.modelvitals.language;

import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Chooses tokens from logits as a {@link Sampling} says, in memory that is used again. Tokens are
 * taken from a heap in the order of their logits, of equal ones the lower id first, until the cuts
 * are reached: most tokens are never sorted.
 */
final class TokenChoice {
  private final Sampling sampling;
  private final SplittableRandom random;
  private final BitSet seen = new BitSet();
  private double[] scores = {};
  private int[] heap = {};
  private int size;

  TokenChoice(Sampling sampling) {
    this.sampling = sampling;
    this.random = new SplittableRandom(sampling.seed());
  }

  /** A token that stands in the text before the next choice, for the repetition penalty. */
  void saw(long token) {
    seen.set(Math.toIntExact(token));
  }

  /** The token after a position. */
  int choose(Logits logits, int row, int position) {
    if (sampling.isGreedy() && sampling.repetitionPenalty() == 1) {
      return logits.argmax(row, position);
    }
    int vocabulary = logits.vocabulary();
    if (scores.length != vocabulary) {
      scores = new double[vocabulary];
      heap = new int[vocabulary];
    }
    logits.read(row, position, scores);
    return choose();
  }

  /** The same from logits that are given; they are written over. */
  int choose(double[] given) {
    scores = given;
    heap = new int[given.length];
    return choose();
  }

  private int choose() {
    penalize();
    if (sampling.isGreedy()) {
      return argmax();
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= sampling.temperature();
    }
    boolean cut = sampling.topP() < 1 || (sampling.topK() > 0 && sampling.topK() < scores.length);
    return cut ? drawFromTop() : drawFromAll();
  }

  private void penalize() {
    double penalty = sampling.repetitionPenalty();
    if (penalty == 1) {
      return;
    }
    for (int i = seen.nextSetBit(0); i >= 0 && i < scores.length; i = seen.nextSetBit(i + 1)) {
      scores[i] = scores[i] < 0 ? scores[i] * penalty : scores[i] / penalty;
    }
  }

  private int argmax() {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (comesBefore(i, best)) {
        best = i;
      }
    }
    return best;
  }

  private int drawFromAll() {
    double largest = scores[argmax()];
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.exp(scores[i] - largest);
      sum += scores[i];
    }
    double left = random.nextDouble() * sum;
    int last = 0;
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] > 0) {
        last = i;
        left -= scores[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last; // rounding
  }

  /**
   * Draws from the first k tokens, or from as many of these as reach the probability: it is that
   * among the k, as in Hugging Face's order of the two cuts. At least one is kept.
   */
  private int drawFromTop() {
    heapify();
    int limit = sampling.topK() == 0 ? scores.length : Math.min(sampling.topK(), scores.length);
    double largest = scores[heap[0]];
    double sum = 0;
    if (limit == scores.length) {
      for (double score : scores) {
        sum += Math.exp(score - largest);
      }
    }
    // What is taken from the heap lies behind its end, the first one last.
    int taken = 0;
    double mass = 0;
    while (taken < limit && (limit < scores.length || mass < sampling.topP() * sum)) {
      mass += Math.exp(scores[take()] - largest);
      taken++;
    }
    if (limit < scores.length) {
      double wanted = mass * sampling.topP();
      int kept = 0;
      mass = 0;
      while (kept < taken && (kept == 0 || mass < wanted)) {
        mass += Math.exp(scores[nth(kept)] - largest);
        kept++;
      }
      taken = kept;
    }
    double left = random.nextDouble() * mass;
    for (int i = 0; i < taken; i++) {
      left -= Math.exp(scores[nth(i)] - largest);
      if (left < 0) {
        return nth(i);
      }
    }
    return nth(taken - 1); // rounding
  }

  private int nth(int i) {
    return heap[heap.length - 1 - i];
  }

  private boolean comesBefore(int token, int other) {
    return scores[token] > scores[other] || (scores[token] == scores[other] && token < other);
  }

  private void heapify() {
    size = heap.length;
    for (int i = 0; i < size; i++) {
      heap[i] = i;
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      sink(i);
    }
  }

  private int take() {
    int top = heap[0];
    size--;
    heap[0] = heap[size];
    heap[size] = top;
    sink(0);
    return top;
  }

  private void sink(int start) {
    int at = start;
    int token = heap[at];
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && comesBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!comesBefore(heap[child], token)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    if (size > 0) {
      heap[at] = token;
    }
  }
}
