package org.modelvitals.checks.language;

import java.util.Arrays;
import java.util.Map;

/**
 * What a model's distribution at one position is held against: the probabilities of some tokens,
 * and of all others together.
 */
final class KnownDistribution {
  private static final double EQUAL = 2e-6;

  private final int[] tokens;
  private final double[] logProbabilities;
  private final double logRest;

  /**
   * @param tokens the most probable first
   * @param logProbabilities natural logarithms, one a token
   * @param logRest the logarithm of the probability of all other tokens together; negative infinity
   *     if there is none
   */
  KnownDistribution(int[] tokens, double[] logProbabilities, double logRest) {
    this.tokens = tokens;
    this.logProbabilities = logProbabilities;
    this.logRest = logRest;
  }

  /** The distribution of a complete truth: tokens that it does not name have the probability 0. */
  static KnownDistribution of(Truth truth) {
    var named =
        truth.probabilities().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .sorted(Map.Entry.<Long, Double>comparingByValue().reversed())
            .toList();
    return new KnownDistribution(
        named.stream().mapToInt(entry -> Math.toIntExact(entry.getKey())).toArray(),
        named.stream().mapToDouble(entry -> Math.log(entry.getValue())).toArray(),
        Double.NEGATIVE_INFINITY);
  }

  /** The {@code count} most probable tokens of a model's distribution. */
  static KnownDistribution of(PositionDistribution model, int count) {
    int[] tokens =
        Arrays.stream(model.top(count)).filter(token -> model.probability(token) > 0).toArray();
    double[] logs = new double[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      logs[i] = model.logProbability(tokens[i]);
    }
    return new KnownDistribution(tokens, logs, Math.log(model.probabilityOfOthers(tokens)));
  }

  int size() {
    return tokens.length;
  }

  int token(int i) {
    return tokens[i];
  }

  double logProbability(int i) {
    return logProbabilities[i];
  }

  double logRest() {
    return logRest;
  }

  /** The probability of a token by name; 0 for those that are not named. */
  double probability(int token) {
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] == token) {
        return Math.exp(logProbabilities[i]);
      }
    }
    return 0;
  }

  /**
   * How far a model is from this.
   *
   * @param klDivergence of this from the model, in nats
   * @param jsDivergence Jensen and Shannon's, in nats: between 0 and ln 2
   * @param totalVariation half the sum of the distances
   * @param maxDifference the largest distance of a named token
   * @param token the token that has it
   * @param agrees whether the model's most probable token, and all that it finds as probable, are
   *     the most probable here, or as probable
   */
  record Distance(
      double klDivergence,
      double jsDivergence,
      double totalVariation,
      double maxDifference,
      int token,
      boolean agrees) {}

  /**
   * The distance of a model's distribution. Tokens that are not named count as one together, which
   * makes no distance larger than it is (the data processing inequality), and changes nothing where
   * their probability is 0.
   */
  Distance to(PositionDistribution model) {
    double kl = 0;
    double js = 0;
    double variation = 0;
    double largest = -1;
    int farthest = 0;
    double best = Double.NEGATIVE_INFINITY;
    double ofTop = Double.POSITIVE_INFINITY;
    int leaders = 0;
    for (int i = 0; i < tokens.length; i++) {
      int token = tokens[i];
      double p = Math.exp(logProbabilities[i]);
      double q = model.probability(token);
      kl += p == 0 ? 0 : p * (logProbabilities[i] - model.logProbability(token));
      js += (half(p, q) + half(q, p)) / 2;
      variation += Math.abs(p - q) / 2;
      if (Math.abs(p - q) > largest) {
        largest = Math.abs(p - q);
        farthest = token;
      }
      best = Math.max(best, logProbabilities[i]);
      if (model.logit(token) == model.logit(model.top())) {
        ofTop = Math.min(ofTop, logProbabilities[i]);
        leaders++;
      }
    }
    double p = Math.exp(logRest);
    double q = model.probabilityOfOthers(tokens);
    kl += p == 0 ? 0 : p * (logRest - Math.log(q));
    js += (half(p, q) + half(q, p)) / 2;
    variation += Math.abs(p - q) / 2;
    return new Distance(
        // Rounding may leave either a little below zero.
        Math.max(0, kl),
        Math.max(0, js),
        variation,
        largest,
        farthest,
        leaders == model.leaders() && ofTop >= best - EQUAL);
  }

  private static double half(double a, double b) {
    return a == 0 ? 0 : a * Math.log(2 * a / (a + b));
  }
}
