package org.modelvitals.checks.language;

import org.jspecify.annotations.Nullable;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.text.Bounds;

/**
 * How a language model is fed with texts. Declarations have it inline.
 *
 * @param tokenizer a {@code tokenizer.json}; null takes the one beside the model; {@code none}, or
 *     where there is none, texts are ids of tokens
 * @param inputs names of inputs and outputs that are not the usual ones
 * @param batch texts in one call of the model; null leaves the choice to the probe
 */
public record LanguageSetup(
    @Doc(
            "A tokenizer.json; the one beside the model otherwise. Without one, or with 'none', texts"
                + " are ids of tokens, as in '1 17 4', or lists of ids.")
        @Nullable String tokenizer,
    @Doc("Names of inputs and outputs that are not the usual ones.")
        @Nullable LanguageInputs inputs,
    @Doc("Texts in one call of the model; chosen by their length otherwise.") @Minimum(1)
        @Nullable Integer batch) {

  /** The tokenizer beside the model, the usual names, and a batch that fits. */
  public static final LanguageSetup USUAL = new LanguageSetup(null, null, null);

  public LanguageSetup {
    Bounds.atLeast(1, "batch", batch);
  }

  public LanguageSetup tokenizer(String file) {
    return new LanguageSetup(file, inputs, batch);
  }

  public LanguageSetup inputs(LanguageInputs names) {
    return new LanguageSetup(tokenizer, names, batch);
  }

  public LanguageSetup batch(int rows) {
    return new LanguageSetup(tokenizer, inputs, rows);
  }
}
