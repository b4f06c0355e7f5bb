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
 * Has the model say the last word of texts: LAMBADA (Paperno et al., 2016) and its kin, by the
 * rules of lm-evaluation-harness (lm_eval/tasks/lambada). The last word is what follows the last
 * blank; it is right if each of its tokens is the most probable one, of equal ones the lowest id.
 *
 * @param source the texts
 * @param target the column with the word, if the text ends before it
 * @param delimiter what stands between text and word
 * @param special whether the tokenizer adds its special tokens; the harness's {@code add_bos_token}
 * @param slices parts of the data for which the measurements are repeated
 * @param setup how the model is fed
 */
@Doc("Has the model say the last word of texts.")
public record Cloze(
    @Inline TextSource source,
    @Doc(value = "The column with the word, if the text ends before it.", example = "word")
        @Nullable String target,
    @Doc("What stands between text and word.") @Default("' '") String delimiter,
    @Doc("Whether the tokenizer adds its special tokens.") @Default("false") boolean special,
    @Doc(value = "Parts of the data for which measurements are repeated.", example = "[kind]")
        @Default("[]")
        Slicing slices,
    @Inline LanguageSetup setup)
    implements ProbeSpec {

  public Cloze {
    if (target != null && source.data() == null) {
      throw new IllegalArgumentException("target is a column of 'data', and there is none");
    }
  }

  private static Cloze of(TextSource source) {
    return new Cloze(source, null, " ", false, Slicing.NONE, LanguageSetup.USUAL);
  }

  /** The last words of these texts. */
  public static Cloze cloze(String... texts) {
    return of(TextSource.texts(texts));
  }

  /** The last words of the texts of a dataset. */
  public static Cloze cloze(DataSpec data) {
    return of(TextSource.texts(data));
  }

  /** The column of the dataset that holds the text. */
  public Cloze column(String name) {
    return new Cloze(source.column(name), target, delimiter, special, slices, setup);
  }

  /** The column with the word, if the text ends before it. */
  public Cloze target(String column) {
    return new Cloze(source, column, delimiter, special, slices, setup);
  }

  /** What stands between text and word. */
  public Cloze delimiter(String text) {
    return new Cloze(source, target, text, special, slices, setup);
  }

  /** The tokenizer adds its special tokens. */
  public Cloze withSpecialTokens() {
    return new Cloze(source, target, delimiter, true, slices, setup);
  }

  /** Columns for whose values the measurements are repeated: {@code accuracy[kind=verb]}. */
  public Cloze slices(String... columns) {
    return slices(Slicing.by(columns));
  }

  /** Parts of the data for which the measurements are repeated. */
  public Cloze slices(Slicing parts) {
    return new Cloze(source, target, delimiter, special, parts, setup);
  }

  /** The {@code tokenizer.json}, relative to the suite. */
  public Cloze tokenizer(String file) {
    return with(setup.tokenizer(file));
  }

  /** Names of inputs and outputs that are not the usual ones. */
  public Cloze inputs(LanguageInputs names) {
    return with(setup.inputs(names));
  }

  /** Texts in one call of the model. */
  public Cloze batch(int rows) {
    return with(setup.batch(rows));
  }

  private Cloze with(LanguageSetup newSetup) {
    return new Cloze(source, target, delimiter, special, slices, newSetup);
  }

  /** The share of texts whose last word the model would say. */
  public static Measured accuracy() {
    return Measured.measured("accuracy");
  }

  /** The accuracy over the texts whose {@code column} is {@code value}. */
  public static Measured accuracy(String column, String value) {
    return Measured.measured("accuracy", column + "=" + value);
  }

  /** The exponential of the mean negative log-probability of a last word. */
  public static Measured perplexity() {
    return Measured.measured("perplexity");
  }

  /** How many last words have no more probable ones before them, but exactly as probable ones. */
  public static Measured ties() {
    return Measured.measured("ties");
  }

  /** How many of these are more than the rounding of 16 bits; expected to be none. */
  public static Measured unexplainedTies() {
    return Measured.measured("unexplained ties");
  }

  /** How many last words there were. */
  public static Measured words() {
    return Measured.measured("words");
  }

  /** How many log-probabilities are not a number or infinite; expected to be none. */
  public static Measured nonFiniteOutputs() {
    return Measured.measured("non-finite outputs");
  }

  /** How many continuations were scored by outputs that are no logits; expected to be none. */
  public static Measured softmaxedOutputs() {
    return Measured.measured(Softmaxed.NAME);
  }
}
