package org.modelvitals.checks.budget;

import org.modelvitals.checks.generation.FiniteLogits;
import org.modelvitals.checks.generation.PromptSource;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.text.Bounds;

/**
 * How fast a language model writes. Every answer has the same number of tokens: what would end it
 * is passed over, so that speeds of different models can be compared.
 *
 * @param source what the model is asked, from the beginning again when it is used up
 * @param answers how many answers are timed, unless the time is over before
 * @param tokens tokens of an answer; fewer where the model's context is full
 * @param seconds after which no more answers are timed
 * @param warmupAnswers answers that are not timed
 */
@Doc("How fast a language model writes, and what its cache takes.")
public record GenerationSpeed(
    @Inline PromptSource source,
    @Doc("Answers that are timed.") @Default("40") @Minimum(1) int answers,
    @Doc("Tokens of an answer.") @Default("32") @Minimum(2) int tokens,
    @Doc("Seconds after which no more answers are timed.")
        @Default("60")
        @Minimum(value = 0, exclusive = true)
        double seconds,
    @Doc("Answers before the first that is timed.") @Default("2") @Minimum(0) int warmupAnswers)
    implements ProbeSpec {

  public GenerationSpeed {
    Bounds.atLeast(1, "answers", answers);
    Bounds.atLeast(2, "tokens", tokens);
    Bounds.atLeast(0, "warmup-answers", warmupAnswers);
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("seconds must be more than 0, not " + seconds);
    }
  }

  /** 40 answers of 32 tokens. */
  public static GenerationSpeed generationSpeed(PromptSource source) {
    return new GenerationSpeed(source, 40, 32, 60, 2);
  }

  /** 40 answers of 32 tokens to prompts of the suite. */
  public static GenerationSpeed generationSpeed(String... prompts) {
    return generationSpeed(PromptSource.of(prompts));
  }

  /** How many answers are timed. */
  public GenerationSpeed answers(int count) {
    return new GenerationSpeed(source, count, tokens, seconds, warmupAnswers);
  }

  /** Tokens of an answer. */
  public GenerationSpeed tokens(int count) {
    return new GenerationSpeed(source, answers, count, seconds, warmupAnswers);
  }

  /** Seconds after which no more answers are timed. */
  public GenerationSpeed seconds(double limit) {
    return new GenerationSpeed(source, answers, tokens, limit, warmupAnswers);
  }

  /** Answers before the first that is timed. */
  public GenerationSpeed warmup(int count) {
    return new GenerationSpeed(source, answers, tokens, seconds, count);
  }

  /**
   * Time from the prompt's tokens to the answer's first: {@code p50}, {@code p99}, {@code mean}.
   */
  public static Measured timeToFirstToken(String part) {
    return Measured.measured("time to first token", part);
  }

  /** Time from one token of the answer to the next: {@code p50}, {@code p99}, {@code mean}. */
  public static Measured timePerOutputToken(String part) {
    return Measured.measured("time per output token", part);
  }

  /** Tokens of answers in a second, the wait for the first included. */
  public static Measured tokensPerSecond() {
    return Measured.measured("tokens per second");
  }

  /** Tokens of prompts that are read in a second. */
  public static Measured promptTokensPerSecond() {
    return Measured.measured("prompt tokens per second");
  }

  /** By how much each token makes the cache larger. */
  public static Measured cachePerToken() {
    return Measured.measured("cache per token");
  }

  /** The largest cache that was seen. */
  public static Measured largestCache() {
    return Measured.measured("largest cache");
  }

  /** In how many answers logits are NaN or infinite; expected to be none. */
  public static Measured nonFiniteOutputs() {
    return FiniteLogits.measured();
  }
}
