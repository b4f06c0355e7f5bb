package org.modelvitals.checks.language;

import java.util.LinkedHashMap;
import java.util.Map;
import org.modelvitals.language.NextTokens;
import org.modelvitals.language.Tokenizer;

/** True probabilities of next tokens, by id. */
record Truth(Map<Long, Double> probabilities) {
  private static final double TOLERANCE = 1e-3;
  private static final double EQUAL = 1e-9;

  /**
   * Looks up the tokens.
   *
   * @throws IllegalArgumentException with a sentence if a token or a probability is none
   */
  static Truth of(Map<String, Double> written, Tokenizer tokenizer) {
    Map<Long, Double> probabilities = new LinkedHashMap<>();
    written.forEach(
        (name, probability) -> {
          if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                "the probability of '%s' is %s; expected 0 to 1".formatted(name, probability));
          }
          if (probabilities.put(tokenizer.token(name), probability) != null) {
            throw new IllegalArgumentException(
                "'%s' is the same token as another one beside it".formatted(name));
          }
        });
    Truth truth = new Truth(probabilities);
    if (truth.sum() > 1 + TOLERANCE) {
      throw new IllegalArgumentException(
          "the true probabilities sum to %s; expected 1 at most".formatted(truth.sum()));
    }
    return truth;
  }

  double sum() {
    return probabilities.values().stream().mapToDouble(p -> p).sum();
  }

  /** Whether every token that is not named has the probability 0. */
  boolean isComplete() {
    return Math.abs(sum() - 1) <= TOLERANCE;
  }

  /** The token of the largest distance from a true probability; named tokens only if incomplete. */
  long farthest(NextTokens model) {
    boolean complete = isComplete();
    long farthest = probabilities.keySet().iterator().next();
    for (long token = 0; token < model.size(); token++) {
      if ((complete || probabilities.containsKey(token))
          && distance(model, token) > distance(model, farthest)) {
        farthest = token;
      }
    }
    return farthest;
  }

  double distance(NextTokens model, long token) {
    return Math.abs(model.probability(token) - probabilities.getOrDefault(token, 0.0));
  }

  double totalVariation(NextTokens model) {
    double sum = 0;
    for (long token = 0; token < model.size(); token++) {
      sum += distance(model, token);
    }
    return sum / 2;
  }

  /** The Kullback-Leibler divergence of the truth from the model, in nats. */
  double divergence(NextTokens model) {
    double sum = 0;
    for (Map.Entry<Long, Double> entry : probabilities.entrySet()) {
      double p = entry.getValue();
      sum += p == 0 ? 0 : p * (Math.log(p) - model.logProbability(entry.getKey()));
    }
    return sum;
  }

  /** The Jensen-Shannon divergence of the truth and the model, in nats: between 0 and ln 2. */
  double jsDivergence(NextTokens model) {
    double sum = 0;
    for (long token = 0; token < model.size(); token++) {
      double p = probabilities.getOrDefault(token, 0.0);
      double q = model.probability(token);
      sum += (half(p, q) + half(q, p)) / 2;
    }
    return Math.max(0, sum);
  }

  private static double half(double a, double b) {
    return a == 0 ? 0 : a * Math.log(2 * a / (a + b));
  }

  /**
   * Whether the model's most probable token, and all that it finds as probable, are truly the most
   * probable ones, or as probable as these.
   */
  boolean agrees(NextTokens model) {
    double most = probabilities.values().stream().mapToDouble(p -> p).max().orElse(0);
    return model.leaders().stream()
        .allMatch(token -> probabilities.getOrDefault(token, 0.0) >= most - EQUAL);
  }
}
