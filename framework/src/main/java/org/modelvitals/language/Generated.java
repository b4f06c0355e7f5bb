package org.modelvitals.language;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model generated.
 *
 * @param tokens the new tokens, without the prompt and without the token that ended it
 * @param logProbabilities of each token under the model's own distribution, before temperature,
 *     penalty and cuts
 * @param text of the tokens, up to the stop string that ended it; null without a tokenizer
 * @param end why it ended
 * @param nonFinite how many logits were NaN or +Infinity where the next token was to be chosen, or
 *     -Infinity with all others; 0 unless it ended for that
 */
public record Generated(
    List<Long> tokens,
    List<Double> logProbabilities,
    @Nullable String text,
    End end,
    int nonFinite) {

  /** Why generation ended. */
  public enum End {
    /** A stop token came. */
    STOP_TOKEN,
    /** A stop string is in the text. */
    STOP_STRING,
    /** The limit of new tokens was reached. */
    MAX_NEW_TOKENS,
    /** The model's context is full. */
    CONTEXT,
    /** The logits are no distribution to choose from: some are NaN or +Infinity. */
    NOT_FINITE
  }

  public Generated {
    tokens = List.copyOf(tokens);
    logProbabilities = List.copyOf(logProbabilities);
  }

  /** Of finite logits. */
  public Generated(
      List<Long> tokens, List<Double> logProbabilities, @Nullable String text, End end) {
    this(tokens, logProbabilities, text, end, 0);
  }

  /** The new tokens as an array. */
  public long[] ids() {
    return tokens.stream().mapToLong(Long::longValue).toArray();
  }
}
