package org.modelvitals.language;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
 * @param caches outputs by the inputs that they are fed to in the next call; a star stands for any
 *     text that is the same in both, as in {@code past_*} and {@code present_*}
 * @param further roles of further inputs
 * @param constants further inputs that are filled with one number
 */
@Doc("Names of a language model's inputs and outputs, where they are not the usual ones.")
public record LanguageInputs(
    @Doc("Token ids; input_ids by convention.") @Nullable String ids,
    @Doc("1 for every token that counts; attention_mask by convention.") @Nullable String mask,
    @Doc("Places from 0; position_ids by convention.") @Nullable String positions,
    @Doc("Zeros; token_type_ids by convention.") @Nullable String types,
    @Doc("The output with the logits; logits by convention.") @Nullable String logits,
    @Doc(
            value =
                "Cache outputs by the inputs that they become in the next call; a star stands for"
                    + " what is the same in both.",
            example = "{\"past_*\": \"present_*\"}")
        Map<String, String> caches,
    @Doc(value = "What further inputs are filled with.", example = "{total_len: total-length}")
        Map<String, Role> further,
    @Doc(
            value = "Further inputs that are filled with one number.",
            example = "{num_logits_to_keep: 0}")
        Map<String, Double> constants) {

  /** What an input of a language model's graph is filled with. */
  @Doc("What an input of a language model is filled with.")
  public enum Role {
    /** Ids of tokens, [batch, sequence]. */
    TOKEN_IDS,
    /** Ones for tokens and zeros for padding, [batch, past + sequence]. */
    ATTENTION_MASK,
    /** Each token's place among the tokens of its row, from 0: [batch, sequence]. */
    POSITIONS,
    /** Places in the cache, [sequence]. */
    CACHE_POSITIONS,
    /** Zeros, [batch, sequence]. */
    TOKEN_TYPES,
    /** Whether there is a cache to go on from. */
    USE_CACHE,
    /** How many places the cache has. */
    PAST_LENGTH,
    /** How many places there are with those of this call. */
    TOTAL_LENGTH,
    /**
     * The index of each row's last token among its tokens, [batch]; how many there are, less one.
     */
    LAST_INDEX,
    /** One number everywhere. */
    CONSTANT,
    /** What the encoder gave, [batch, source, width]. */
    ENCODER_STATES,
    /** Ones for tokens of the encoder's batch, [batch, source]. */
    ENCODER_MASK;

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** The names of Hugging Face's and ONNX Runtime GenAI's conventions. */
  public static final LanguageInputs CONVENTION =
      new LanguageInputs(null, null, null, null, null, Map.of(), Map.of(), Map.of());

  public LanguageInputs {
    caches = Collections.unmodifiableMap(new LinkedHashMap<>(caches));
    further = Collections.unmodifiableMap(new LinkedHashMap<>(further));
    constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
  }

  public LanguageInputs ids(@Nullable String name) {
    return new LanguageInputs(name, mask, positions, types, logits, caches, further, constants);
  }

  public LanguageInputs mask(@Nullable String name) {
    return new LanguageInputs(ids, name, positions, types, logits, caches, further, constants);
  }

  public LanguageInputs positions(@Nullable String name) {
    return new LanguageInputs(ids, mask, name, types, logits, caches, further, constants);
  }

  public LanguageInputs types(@Nullable String name) {
    return new LanguageInputs(ids, mask, positions, name, logits, caches, further, constants);
  }

  public LanguageInputs logits(@Nullable String name) {
    return new LanguageInputs(ids, mask, positions, types, name, caches, further, constants);
  }

  /** A cache: the output {@code present} becomes the input {@code past} of the next call. */
  public LanguageInputs cache(String past, String present) {
    Map<String, String> more = new LinkedHashMap<>(caches);
    more.put(past, present);
    return new LanguageInputs(ids, mask, positions, types, logits, more, further, constants);
  }

  LanguageInputs withoutCaches() {
    return new LanguageInputs(ids, mask, positions, types, logits, Map.of(), further, constants);
  }

  /** What an input is filled with. */
  public LanguageInputs role(String input, Role role) {
    Map<String, Role> more = new LinkedHashMap<>(further);
    more.put(input, role);
    return new LanguageInputs(ids, mask, positions, types, logits, caches, more, constants);
  }

  /** An input that is filled with one number. */
  public LanguageInputs constant(String name, double value) {
    Map<String, Double> more = new LinkedHashMap<>(constants);
    more.put(name, value);
    return new LanguageInputs(ids, mask, positions, types, logits, caches, further, more);
  }
}
