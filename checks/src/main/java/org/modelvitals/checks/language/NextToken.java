package org.modelvitals.checks.language;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.text.Bounds;

/**
 * Asks a causal language model for the token after a text, or after each of many texts whose true
 * next tokens are known.
 *
 * @param text the text that the token follows
 * @param tokens tokens to be measured beside the most probable ones and those of {@code truth}, as
 *     vocabulary entries or as texts that are one token, with or without a leading blank
 * @param truth true probabilities of tokens after the text
 * @param data JSON Lines, instead of one text: each line has the text under the key "text", and
 *     under "next" a map of the tokens that come next to their true probabilities, under "expected"
 *     a token that should come next or several of which one should, under "forbidden" tokens that
 *     must not
 * @param tokenizer a {@code tokenizer.json}; null takes the one beside the model; {@code none}, or
 *     where there is none, texts are ids of tokens
 * @param special whether the tokenizer adds its special tokens, such as a beginning of sequence
 * @param top how many of the most probable tokens are listed
 * @param inputs names of inputs and outputs that are not the usual ones
 */
@Doc("Asks a causal language model for the token after a text.")
public record NextToken(
    @Doc(value = "The text that the token follows.", example = "the small dog")
        @Nullable String text,
    @Doc(value = "Tokens to be measured beside the most probable ones.", example = "[sleeps]")
        List<String> tokens,
    @Doc(value = "True probabilities of tokens after the text.", example = "{sleeps: 0.25}")
        @Minimum(0)
        Map<String, Double> truth,
    @Doc("JSON Lines, each with text and next, expected or forbidden.") @Nullable String data,
    @Doc(
            "A tokenizer.json; the one beside the model otherwise. Without one, or with 'none', texts"
                + " are ids of tokens, as in '1 17 4', or lists of ids.")
        @Nullable String tokenizer,
    @Doc("Whether the tokenizer adds its special tokens.") @Default("true") boolean special,
    @Doc("How many of the most probable tokens are listed.") @Default("10") @Minimum(1) int top,
    @Doc("Names of inputs and outputs that are not the usual ones.")
        @Nullable LanguageInputs inputs)
    implements ProbeSpec {

  public NextToken {
    if ((text == null) == (data == null)) {
      throw new IllegalArgumentException(
          "next-token needs either 'text', one text, or 'data', a file of texts%s"
              .formatted(text == null ? "" : ", and not both"));
    }
    truth.forEach(
        (token, probability) -> {
          if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                "truth: the probability of '%s' is %s; expected 0 to 1"
                    .formatted(token, probability));
          }
        });
    Bounds.atLeast(1, "top", top);
    tokens = List.copyOf(tokens);
    truth = Collections.unmodifiableMap(new LinkedHashMap<>(truth));
  }

  /** The token after {@code text}. */
  public static NextToken nextToken(String text) {
    return new NextToken(text, List.of(), Map.of(), null, null, true, 10, null);
  }

  /** The tokens after the texts of a JSON Lines file whose true probabilities stand beside them. */
  public static NextToken nextTokens(String data) {
    return new NextToken(null, List.of(), Map.of(), data, null, true, 10, null);
  }

  /** Tokens to be measured beside the most probable ones. */
  public NextToken tokens(String... names) {
    return new NextToken(text, List.of(names), truth, data, tokenizer, special, top, inputs);
  }

  /** The true probability of a token. */
  public NextToken truth(String token, double probability) {
    Map<String, Double> more = new LinkedHashMap<>(truth);
    more.put(token, probability);
    return new NextToken(text, tokens, more, data, tokenizer, special, top, inputs);
  }

  /** The {@code tokenizer.json}, relative to the suite. */
  public NextToken tokenizer(String file) {
    return new NextToken(text, tokens, truth, data, file, special, top, inputs);
  }

  /** The text as it is: the tokenizer adds no special tokens. */
  public NextToken withoutSpecialTokens() {
    return new NextToken(text, tokens, truth, data, tokenizer, false, top, inputs);
  }

  /** How many of the most probable tokens are listed. */
  public NextToken top(int count) {
    return new NextToken(text, tokens, truth, data, tokenizer, special, count, inputs);
  }

  /** Names of inputs and outputs that are not the usual ones. */
  public NextToken inputs(LanguageInputs names) {
    return new NextToken(text, tokens, truth, data, tokenizer, special, top, names);
  }

  /** A token's place in the order of probability, from 1. */
  public static Measured rank(String token) {
    return Measured.measured("rank", token);
  }

  public static Measured probability(String token) {
    return Measured.measured("probability", token);
  }

  /** The natural logarithm of a token's probability. */
  public static Measured logProbability(String token) {
    return Measured.measured("log probability", token);
  }

  /** The most probable tokens, as many as {@code top} says. */
  public static Measured topTokens() {
    return Measured.measured("top tokens");
  }

  /** The share of texts whose expected token is among the {@code k} most probable. */
  public static Measured topKAccuracy(int k) {
    return Measured.measured("top-k accuracy", Integer.toString(k));
  }

  /** The lowest place of an expected token in the order of probability. */
  public static Measured worstExpectedRank() {
    return Measured.measured("worst expected rank");
  }

  /** The least probability of an expected token. */
  public static Measured minExpectedProbability() {
    return Measured.measured("min expected probability");
  }

  /** The largest probability of a forbidden token. */
  public static Measured maxForbiddenProbability() {
    return Measured.measured("max forbidden probability");
  }

  /** The entropy of the next token, in nats. */
  public static Measured entropy() {
    return Measured.measured("entropy");
  }

  /** The most probable token. */
  public static Measured topToken() {
    return Measured.measured("top token");
  }

  /** The sum of all probabilities; expected to be one. */
  public static Measured probabilitySum() {
    return Measured.measured("probability sum");
  }

  /** After how many texts the outputs are probabilities already; expected to be none. */
  public static Measured softmaxedOutputs() {
    return Measured.measured("softmaxed outputs");
  }

  /** How many logits are not a number or infinite; expected to be none. */
  public static Measured nonFiniteOutputs() {
    return Measured.measured("non-finite outputs");
  }

  /** Half the sum of the distances from the true probabilities. */
  public static Measured totalVariation() {
    return Measured.measured("total variation");
  }

  /** The largest distance from a true probability. */
  public static Measured maxProbabilityDifference() {
    return Measured.measured("max probability difference");
  }

  /** The mean of the divergences of truth from model, in nats. */
  public static Measured meanKlDivergence() {
    return Measured.measured("mean kl divergence");
  }

  /** The mean of the Jensen-Shannon divergences of truth and model, in nats. */
  public static Measured meanJsDivergence() {
    return Measured.measured("mean js divergence");
  }

  /** The share of texts whose most probable token is truly the most probable, or as much so. */
  public static Measured top1Agreement() {
    return Measured.measured("top-1 agreement");
  }

  /** How many tokens the model knows. */
  public static Measured vocabulary() {
    return Measured.measured("vocabulary");
  }

  /** How many tokens the tokenizer has. */
  public static Measured tokenizerVocabulary() {
    return Measured.measured("tokenizer vocabulary");
  }
}
