package org.modelvitals.checks.export;

/**
 * How far two distributions over the same tokens are from each other, both given by logits.
 * Computed in double precision from logarithms, so that tokens of next to no probability do not
 * become 0.
 *
 * @param kl the Kullback-Leibler divergence of the first from the second, in nats: {@code sum p
 *     ln(p / q)}
 * @param js the Jensen-Shannon divergence, in nats, between 0 and ln 2 (Lin 1991)
 */
record Divergence(double kl, double js) {

  /** The divergence of the distribution of logits {@code p} from that of {@code q}. */
  static Divergence of(double[] p, double[] q) {
    // Each is shifted by its largest first: large logits would swallow the logarithm of the sum.
    double largestP = p[top(p)];
    double largestQ = q[top(q)];
    double sumP = logSum(p, largestP);
    double sumQ = logSum(q, largestQ);
    double kl = 0;
    double js = 0;
    for (int i = 0; i < p.length; i++) {
      double logP = p[i] - largestP - sumP;
      double logQ = q[i] - largestQ - sumQ;
      double a = Math.exp(logP);
      double b = Math.exp(logQ);
      kl += a == 0 ? 0 : a * (logP - logQ);
      js += (half(a, b) + half(b, a)) / 2;
    }
    // Rounding leaves equal distributions a little below zero; what is no number stays none.
    return new Divergence(kl < 0 ? 0 : kl, js < 0 ? 0 : js);
  }

  private static double half(double a, double b) {
    return a == 0 ? 0 : a * Math.log(2 * a / (a + b));
  }

  /** The logarithm of the sum of exponentials: what turns logits into log-probabilities. */
  static double normalizer(double[] logits) {
    double largest = logits[top(logits)];
    return largest + logSum(logits, largest);
  }

  private static double logSum(double[] logits, double largest) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return Math.log(sum);
  }

  /** The place of the largest, the first of equal ones. */
  static int top(double[] logits) {
    int top = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[top]) {
        top = i;
      }
    }
    return top;
  }
}
