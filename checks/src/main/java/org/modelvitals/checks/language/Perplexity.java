package org.modelvitals.checks.language;

import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.slices.Slicing;
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
 * Measures how well a causal language model predicts texts. A text that is longer than the model's
 * context is cut into overlapping windows, as Hugging Face's guide "Perplexity of fixed-length
 * models" does.
 *
 * @param source the texts
 * @param setup how the model is fed
 * @param special whether the tokenizer adds its special tokens, such as a beginning of sequence
 * @param prefix a token that is put before every text, so that its first token is predicted too
 * @param maxLength tokens in a window; null takes what the model declares, or whole texts
 * @param stride how far apart windows begin; null takes half of a window, as the guide does
 * @param slices parts of the data for which the measurements are repeated
 */
@Doc("Measures how well a language model predicts texts: perplexity and bits per byte.")
public record Perplexity(
    @Inline TextSource source,
    @Inline LanguageSetup setup,
    @Doc("Whether the tokenizer adds its special tokens.") @Default("true") boolean special,
    @Doc(
            value = "A token put before every text, so that its first token is predicted too.",
            example = "<|endoftext|>")
        @Nullable String prefix,
    @Doc("Tokens in a window; what the model declares otherwise.") @Minimum(2)
        @Nullable Integer maxLength,
    @Doc("How many tokens further the next window begins; half of max-length otherwise.")
        @Minimum(1)
        @Nullable Integer stride,
    @Doc(value = "Parts of the data for which measurements are repeated.", example = "[language]")
        @Default("[]")
        Slicing slices)
    implements ProbeSpec {

  public Perplexity {
    Bounds.atLeast(2, "max-length", maxLength);
    Bounds.atLeast(1, "stride", stride);
    if (maxLength != null && stride != null && stride > maxLength) {
      throw new IllegalArgumentException(
          "stride must be at most max-length, which is %d, not %d".formatted(maxLength, stride));
    }
  }

  private static Perplexity of(TextSource source) {
    return new Perplexity(source, LanguageSetup.USUAL, true, null, null, null, Slicing.NONE);
  }

  /** The perplexity over the texts of a dataset. */
  public static Perplexity perplexityOver(DataSpec data) {
    return of(TextSource.texts(data));
  }

  /** The perplexity over these texts. */
  public static Perplexity perplexityOver(String... texts) {
    return of(TextSource.texts(texts));
  }

  /** The column of the dataset that holds the text. */
  public Perplexity column(String name) {
    return new Perplexity(source.column(name), setup, special, prefix, maxLength, stride, slices);
  }

  /** The {@code tokenizer.json}, relative to the suite. */
  public Perplexity tokenizer(String file) {
    return with(setup.tokenizer(file));
  }

  /** Names of inputs and outputs that are not the usual ones. */
  public Perplexity inputs(LanguageInputs names) {
    return with(setup.inputs(names));
  }

  /** Texts in one call of the model. */
  public Perplexity batch(int rows) {
    return with(setup.batch(rows));
  }

  private Perplexity with(LanguageSetup newSetup) {
    return new Perplexity(source, newSetup, special, prefix, maxLength, stride, slices);
  }

  /** The texts as they are: the tokenizer adds no special tokens. */
  public Perplexity withoutSpecialTokens() {
    return new Perplexity(source, setup, false, prefix, maxLength, stride, slices);
  }

  /** A token that is put before every text, so that its first token is predicted too. */
  public Perplexity prefix(String token) {
    return new Perplexity(source, setup, special, token, maxLength, stride, slices);
  }

  /** Windows of {@code newMaxLength} tokens, of which one begins every {@code newStride} tokens. */
  public Perplexity windows(int newMaxLength, int newStride) {
    return new Perplexity(source, setup, special, prefix, newMaxLength, newStride, slices);
  }

  /** Columns for whose values the measurements are repeated: {@code perplexity[language=en]}. */
  public Perplexity slices(String... columns) {
    return slices(Slicing.by(columns));
  }

  /** Parts of the data for which the measurements are repeated. */
  public Perplexity slices(Slicing parts) {
    return new Perplexity(source, setup, special, prefix, maxLength, stride, parts);
  }

  /** The exponential of the mean negative log-probability of all predicted tokens. */
  public static Measured perplexity() {
    return Measured.measured("perplexity");
  }

  /** The perplexity of the texts whose {@code column} is {@code value}. */
  public static Measured perplexity(String column, String value) {
    return Measured.measured("perplexity", column + "=" + value);
  }

  /** What Hugging Face's guide prints for windows: each weighted by its targets less one. */
  public static Measured stridedPerplexity() {
    return Measured.measured("strided perplexity");
  }

  /** The mean negative log-probability of the predicted tokens, in nats. */
  public static Measured natsPerToken() {
    return Measured.measured("nats per token");
  }

  /** The same in bits. */
  public static Measured bitsPerToken() {
    return Measured.measured("bits per token");
  }

  /** The bits of all predicted tokens by the bytes of the texts in UTF-8. */
  public static Measured bitsPerByte() {
    return Measured.measured("bits per byte");
  }

  /** The perplexity of the text that the model finds least likely. */
  public static Measured worstPerplexity() {
    return Measured.measured("worst perplexity");
  }

  /** How many tokens were predicted. */
  public static Measured tokens() {
    return Measured.measured("tokens");
  }

  /** How many texts have a token that is predicted. */
  public static Measured texts() {
    return Measured.measured("texts");
  }

  /** How many texts are so short that nothing in them is predicted. */
  public static Measured skippedTexts() {
    return Measured.measured("skipped texts");
  }

  /** At how many predicted tokens the outputs are probabilities already; expected to be none. */
  public static Measured softmaxedOutputs() {
    return Measured.measured("softmaxed outputs");
  }

  /** How many log-probabilities are not a number or infinite; expected to be none. */
  public static Measured nonFiniteOutputs() {
    return Measured.measured("non-finite outputs");
  }
}
