package org.modelvitals.language;

import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.text.Bounds;

/**
 * How the next token is chosen, with the meanings of Hugging Face's generation parameters. The
 * penalty is applied first, then temperature, top-k and top-p, in this order.
 *
 * @param temperature divides the logits; 0 takes the most probable token, and there are no cuts
 * @param topK only so many of the most probable tokens are drawn from; 0 for all
 * @param topP only the most probable tokens that together reach this probability are drawn from
 * @param repetitionPenalty of tokens that were there before, positive logits are divided by it and
 *     negative ones multiplied (Keskar et al. 2019, CTRL, section 4.1); 1 for none
 * @param seed of the random generator: the same seed draws the same tokens
 */
@Doc("How the next token is chosen: the most probable one, or drawn.")
public record Sampling(
    @Doc("Divides the logits; 0 takes the most probable token.") @Default("0") @Minimum(0)
        double temperature,
    @Doc("Only so many of the most probable tokens are drawn from; 0 for all.")
        @Default("0")
        @Minimum(0)
        int topK,
    @Doc("Only the most probable tokens that together reach this probability are drawn from.")
        @Default("1")
        @Minimum(value = 0, exclusive = true)
        double topP,
    @Doc("Above 1, tokens that were there before become less likely.")
        @Default("1")
        @Minimum(value = 0, exclusive = true)
        double repetitionPenalty,
    @Doc("The same seed draws the same tokens.") @Default("1") long seed) {

  /** The most probable token, always. */
  public static final Sampling GREEDY = new Sampling(0, 0, 1, 1, 1);

  public Sampling {
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature must be at least 0, not " + temperature);
    }
    Bounds.atLeast(0, "top-k", topK);
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("top-p must be above 0 and at most 1, not " + topP);
    }
    if (!(repetitionPenalty > 0) || Double.isInfinite(repetitionPenalty)) {
      throw new IllegalArgumentException(
          "repetition-penalty must be above 0, not " + repetitionPenalty);
    }
    if (temperature == 0 && (topP < 1 || topK > 0)) {
      throw new IllegalArgumentException(
          (topP < 1 ? "top-p" : "top-k")
              + " does nothing without a temperature; set temperature: 1");
    }
  }

  /** Draws from the whole distribution. */
  public static Sampling temperature(double temperature, long seed) {
    return new Sampling(temperature, 0, 1, 1, seed);
  }

  public Sampling topK(int count) {
    return new Sampling(temperature, count, topP, repetitionPenalty, seed);
  }

  public Sampling topP(double probability) {
    return new Sampling(temperature, topK, probability, repetitionPenalty, seed);
  }

  public Sampling repetitionPenalty(double penalty) {
    return new Sampling(temperature, topK, topP, penalty, seed);
  }

  public boolean isGreedy() {
    return temperature == 0;
  }
}
