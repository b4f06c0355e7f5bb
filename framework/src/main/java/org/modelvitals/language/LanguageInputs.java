package org.modelvitals.language;

import org.jspecify.annotations.Nullable;
import org.modelvitals.spec.Doc;

/**
 * Names of a language model's inputs and outputs, where they are not the usual ones.
 *
 * @param ids token ids; {@code input_ids} by convention
 * @param mask 1 for every token that counts; {@code attention_mask} by convention
 * @param positions places from 0; {@code position_ids} by convention
 * @param types zeros; {@code token_type_ids} by convention
 * @param logits the output with the logits; {@code logits} by convention
 */
@Doc("Names of a language model's inputs and outputs, where they are not the usual ones.")
public record LanguageInputs(
    @Doc("Token ids; input_ids by convention.") @Nullable String ids,
    @Doc("1 for every token that counts; attention_mask by convention.") @Nullable String mask,
    @Doc("Places from 0; position_ids by convention.") @Nullable String positions,
    @Doc("Zeros; token_type_ids by convention.") @Nullable String types,
    @Doc("The output with the logits; logits by convention.") @Nullable String logits) {

  /** The names of Hugging Face's convention. */
  public static final LanguageInputs CONVENTION = new LanguageInputs(null, null, null, null, null);
}
