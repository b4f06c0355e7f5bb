package org.modelvitals.checks.language;

import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.text.Bounds;

/**
 * Looks at the distribution of the next token after every token of texts: whether it is one,
 * whether it has collapsed, which tokens are never likely or always tied, and how far it is from a
 * known or a recorded one.
 *
 * @param source the texts
 * @param setup how the model is fed
 * @param special whether the tokenizer adds its special tokens
 * @param floor the probability that a token must reach somewhere, so as not to be dead
 * @param lowEntropy the entropy below which a distribution counts as collapsed, in nats
 * @param highEntropy the entropy above which it counts as flat, in nats; null is 99 % of the
 *     logarithm of the vocabulary
 * @param truth a column that maps tokens to their true probabilities after the whole text
 * @param golden a file with distributions recorded from an approved model
 * @param top how many tokens of each position are recorded
 */
@Doc("Looks at the distribution of the next token at every position of texts.")
public record TokenDistribution(
    @Inline TextSource source,
    @Inline LanguageSetup setup,
    @Doc("Whether the tokenizer adds its special tokens.") @Default("true") boolean special,
    @Doc("The probability that a token must reach somewhere, so as not to be dead.")
        @Default("1e-12")
        @Minimum(0)
        double floor,
    @Doc("The entropy below which a distribution has collapsed, in nats.")
        @Default("0.001")
        @Minimum(0)
        double lowEntropy,
    @Doc("The entropy above which it is flat, in nats; 99 % of the largest possible otherwise.")
        @Minimum(0)
        @Nullable Double highEntropy,
    @Doc(
            value = "A column that maps tokens to their true probabilities after the text.",
            example = "next")
        @Nullable String truth,
    @Doc(value = "Distributions recorded from an approved model.", example = "golden/model.jsonl")
        @Nullable String golden,
    @Doc("How many tokens of each position are recorded.") @Default("20") @Minimum(1) int top)
    implements ProbeSpec {

  public TokenDistribution {
    Bounds.atLeast(1, "top", top);
    requireNotNegative("floor", floor);
    requireNotNegative("low-entropy", lowEntropy);
    if (highEntropy != null) {
      requireNotNegative("high-entropy", highEntropy);
    }
    if (truth != null && golden != null) {
      throw new IllegalArgumentException(
          "truth and golden are two things to be held against; make a check of each");
    }
    if (truth != null && source.data() == null) {
      throw new IllegalArgumentException("truth is a column of 'data', and there is none");
    }
  }

  private static void requireNotNegative(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException("%s must be at least 0, not %s".formatted(name, value));
    }
  }

  private static TokenDistribution of(TextSource source) {
    return new TokenDistribution(
        source, LanguageSetup.USUAL, true, 1e-12, 0.001, null, null, null, 20);
  }

  /** The distributions over these texts. */
  public static TokenDistribution distribution(String... texts) {
    return of(TextSource.texts(texts));
  }

  /** The distributions over the texts of a dataset. */
  public static TokenDistribution distribution(DataSpec data) {
    return of(TextSource.texts(data));
  }

  /** The column of the dataset that holds the text. */
  public TokenDistribution column(String name) {
    return new TokenDistribution(
        source.column(name), setup, special, floor, lowEntropy, highEntropy, truth, golden, top);
  }

  /** The texts as they are: the tokenizer adds no special tokens. */
  public TokenDistribution withoutSpecialTokens() {
    return new TokenDistribution(
        source, setup, false, floor, lowEntropy, highEntropy, truth, golden, top);
  }

  /** The probability that a token must reach somewhere, so as not to be dead. */
  public TokenDistribution floor(double probability) {
    return new TokenDistribution(
        source, setup, special, probability, lowEntropy, highEntropy, truth, golden, top);
  }

  /** Entropies, in nats, below which a distribution has collapsed and above which it is flat. */
  public TokenDistribution entropyBetween(double low, double high) {
    return new TokenDistribution(source, setup, special, floor, low, high, truth, golden, top);
  }

  /** The column that maps tokens to their true probabilities after the whole text. */
  public TokenDistribution truth(String column) {
    return new TokenDistribution(
        source, setup, special, floor, lowEntropy, highEntropy, column, golden, top);
  }

  /** The file with distributions recorded from an approved model, relative to the suite. */
  public TokenDistribution golden(String file) {
    return new TokenDistribution(
        source, setup, special, floor, lowEntropy, highEntropy, truth, file, top);
  }

  /** How many tokens of each position are recorded. */
  public TokenDistribution top(int tokens) {
    return new TokenDistribution(
        source, setup, special, floor, lowEntropy, highEntropy, truth, golden, tokens);
  }

  /** The {@code tokenizer.json}, relative to the suite. */
  public TokenDistribution tokenizer(String file) {
    return with(setup.tokenizer(file));
  }

  /** Names of inputs and outputs that are not the usual ones. */
  public TokenDistribution inputs(LanguageInputs names) {
    return with(setup.inputs(names));
  }

  /** Texts in one call of the model. */
  public TokenDistribution batch(int rows) {
    return with(setup.batch(rows));
  }

  private TokenDistribution with(LanguageSetup newSetup) {
    return new TokenDistribution(
        source, newSetup, special, floor, lowEntropy, highEntropy, truth, golden, top);
  }

  /** At how many positions logits are not a number or infinite; expected to be none. */
  public static Measured nonFiniteOutputs() {
    return Measured.measured("non-finite outputs");
  }

  /** The sum of probabilities that is farthest from one; expected to be one. */
  public static Measured probabilitySum() {
    return Measured.measured("probability sum");
  }

  /** At how many positions the outputs are probabilities already; expected to be none. */
  public static Measured softmaxedPositions() {
    return Measured.measured("softmaxed positions");
  }

  /** How many tokens never reach the floor. */
  public static Measured deadTokens() {
    return Measured.measured("dead tokens");
  }

  /** How many tokens have the logit of another one at every position, to the bit. */
  public static Measured tiedTokens() {
    return Measured.measured("tied tokens");
  }

  /** The mean entropy, in nats. */
  public static Measured meanEntropy() {
    return Measured.measured("mean entropy");
  }

  /** The least entropy, in nats. */
  public static Measured minEntropy() {
    return Measured.measured("min entropy");
  }

  /** The largest entropy, in nats. */
  public static Measured maxEntropy() {
    return Measured.measured("max entropy");
  }

  /** The share of positions whose entropy is below the lower bound. */
  public static Measured collapsedPositions() {
    return Measured.measured("collapsed positions");
  }

  /** The share of positions whose entropy is above the upper bound. */
  public static Measured flatPositions() {
    return Measured.measured("flat positions");
  }

  /** The mean Kullback-Leibler divergence of the known distribution from the model's, in nats. */
  public static Measured meanKlDivergence() {
    return Measured.measured("mean kl divergence");
  }

  /** The largest such divergence. */
  public static Measured maxKlDivergence() {
    return Measured.measured("max kl divergence");
  }

  /** The mean Jensen-Shannon divergence, in nats; at most ln 2. */
  public static Measured meanJsDivergence() {
    return Measured.measured("mean js divergence");
  }

  /** The largest such divergence. */
  public static Measured maxJsDivergence() {
    return Measured.measured("max js divergence");
  }

  /** The mean of half the summed distances of probabilities. */
  public static Measured meanTotalVariation() {
    return Measured.measured("mean total variation");
  }

  /** The largest such half sum. */
  public static Measured maxTotalVariation() {
    return Measured.measured("max total variation");
  }

  /** The share of positions at which the most probable token is the known one, or as probable. */
  public static Measured top1Agreement() {
    return Measured.measured("top-1 agreement");
  }

  /** How many positions were compared. */
  public static Measured comparedPositions() {
    return Measured.measured("compared positions");
  }

  /** How many positions there were. */
  public static Measured positions() {
    return Measured.measured("positions");
  }
}
