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
 */
public record Generated(
    List<Long> tokens, List<Double> logProbabilities, @Nullable String text, End end) {

  /** Why generation ended. */
  public enum End {
    /** A stop token came. */
    STOP_TOKEN,
    /** A stop string is in the text. */
    STOP_STRING,
    /** The limit of new tokens was reached. */
    MAX_NEW_TOKENS,
    /** The model's context is full. */
    CONTEXT
  }

  public Generated {
    tokens = List.copyOf(tokens);
    logProbabilities = List.copyOf(logProbabilities);
  }

  /** The new tokens as an array. */
  public long[] ids() {
    return tokens.stream().mapToLong(Long::longValue).toArray();
  }
}
