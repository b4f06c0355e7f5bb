package org.modelvitals.checks.language;

import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.slices.Slicing;
import org.modelvitals.data.DataSpec;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Inline;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;

/**
 * Compares sentences that differ in one point, of which the good one must be likelier: BLiMP
 * (Warstadt et al., 2020) and its kin, with the columns and the rules of lm-evaluation-harness
 * (lm_eval/tasks/blimp): the log-likelihoods of the whole sentences after the prefix token.
 *
 * @param data the pairs, a row each
 * @param good the column with the sentence that must be likelier
 * @param bad the column with the other one
 * @param delimiter what stands before each sentence; a blank, as the harness's {@code
 *     target_delimiter}
 * @param prefix the token before each sentence; null takes what the configuration names
 * @param slices parts of the data for which the measurements are repeated
 * @param setup how the model is fed
 */
@Doc("Compares sentences of which the good one must be likelier than the bad one.")
public record MinimalPairs(
    @Doc(value = "The pairs, a row each.", example = "data/pairs.jsonl") DataSpec data,
    @Doc("The column with the sentence that must be likelier.") @Default("sentence_good")
        String good,
    @Doc("The column with the other sentence.") @Default("sentence_bad") String bad,
    @Doc("What stands before each sentence.") @Default("' '") String delimiter,
    @Doc("The token before each sentence; what the model's configuration names otherwise.")
        @Nullable String prefix,
    @Doc(
            value = "Parts of the data for which measurements are repeated.",
            example = "[linguistics_term]")
        @Default("[]")
        Slicing slices,
    @Inline LanguageSetup setup)
    implements ProbeSpec {

  /** Pairs in the columns {@code sentence_good} and {@code sentence_bad}. */
  public static MinimalPairs minimalPairs(DataSpec data) {
    return new MinimalPairs(
        data, "sentence_good", "sentence_bad", " ", null, Slicing.NONE, LanguageSetup.USUAL);
  }

  /** The columns with the sentence that must be likelier, and with the other one. */
  public MinimalPairs columns(String goodColumn, String badColumn) {
    return new MinimalPairs(data, goodColumn, badColumn, delimiter, prefix, slices, setup);
  }

  /** What stands before each sentence. */
  public MinimalPairs delimiter(String text) {
    return new MinimalPairs(data, good, bad, text, prefix, slices, setup);
  }

  /** The token before each sentence. */
  public MinimalPairs prefix(String token) {
    return new MinimalPairs(data, good, bad, delimiter, token, slices, setup);
  }

  /** Columns for whose values the measurements are repeated: {@code accuracy[UID=…]}. */
  public MinimalPairs slices(String... columns) {
    return slices(Slicing.by(columns));
  }

  /** Parts of the data for which the measurements are repeated. */
  public MinimalPairs slices(Slicing parts) {
    return new MinimalPairs(data, good, bad, delimiter, prefix, parts, setup);
  }

  /** The {@code tokenizer.json}, relative to the suite. */
  public MinimalPairs tokenizer(String file) {
    return with(setup.tokenizer(file));
  }

  /** Names of inputs and outputs that are not the usual ones. */
  public MinimalPairs inputs(LanguageInputs names) {
    return with(setup.inputs(names));
  }

  /** Texts in one call of the model. */
  public MinimalPairs batch(int rows) {
    return with(setup.batch(rows));
  }

  private MinimalPairs with(LanguageSetup newSetup) {
    return new MinimalPairs(data, good, bad, delimiter, prefix, slices, newSetup);
  }

  /** The share of pairs whose good sentence is likelier. */
  public static Measured accuracy() {
    return Measured.measured("accuracy");
  }

  /** The accuracy over the pairs whose {@code column} is {@code value}. */
  public static Measured accuracy(String column, String value) {
    return Measured.measured("accuracy", column + "=" + value);
  }

  /** By how much the good sentence is likelier on average, in nats. */
  public static Measured meanMargin() {
    return Measured.measured("mean margin");
  }

  /** By how much the good sentence is likelier at least, in nats. */
  public static Measured leastMargin() {
    return Measured.measured("least margin");
  }

  /** How many pairs are exactly equally likely, which counts as right. */
  public static Measured ties() {
    return Measured.measured("ties");
  }

  /** How many of these are more than the rounding of 16 bits; expected to be none. */
  public static Measured unexplainedTies() {
    return Measured.measured("unexplained ties");
  }

  /** How many pairs were compared. */
  public static Measured pairs() {
    return Measured.measured("pairs");
  }

  /** How many pairs have log-likelihoods that are no finite numbers; expected to be none. */
  public static Measured nonFiniteOutputs() {
    return Measured.measured("non-finite outputs");
  }

  /** How many continuations were scored by outputs that are no logits; expected to be none. */
  public static Measured softmaxedOutputs() {
    return Measured.measured(Softmaxed.NAME);
  }
}
