package org.modelvitals.checks.quality;

/** Probabilities from scores in double precision, safe from overflow. */
final class Softmax {
  private Softmax() {}

  /** Writes the softmax of {@code scores} into {@code result}; returns log(sum(exp(scores))). */
  static double apply(double[] scores, double[] result) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      result[i] = Math.exp(scores[i] - largest);
      sum += result[i];
    }
    for (int i = 0; i < scores.length; i++) {
      result[i] /= sum;
    }
    return largest + Math.log(sum);
  }

  static double sigmoid(double score) {
    double small = Math.exp(-Math.abs(score));
    return score >= 0 ? 1 / (1 + small) : small / (1 + small);
  }

  /** log(1 + exp(score)). */
  static double softplus(double score) {
    return Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
  }
}
