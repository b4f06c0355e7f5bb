package org.modelvitals.language;

import java.util.List;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.text.Bounds;

/**
 * When generation ends.
 *
 * @param maxNewTokens at the latest after so many tokens
 * @param tokens ids of tokens that end it, such as an end of sequence
 * @param strings texts that end it; needs a tokenizer
 */
@Doc("When generation ends.")
public record Stopping(
    @Doc("At the latest after so many tokens.") @Default("64") @Minimum(1) int maxNewTokens,
    @Doc(value = "Ids of tokens that end it, such as an end of sequence.", example = "[2]")
        List<Long> tokens,
    @Doc(value = "Texts that end it.", example = "[\"\\n\"]") List<String> strings) {

  public Stopping {
    Bounds.atLeast(1, "max-new-tokens", maxNewTokens);
    tokens = List.copyOf(tokens);
    strings = List.copyOf(strings);
    if (strings.contains("")) {
      throw new IllegalArgumentException("strings: an empty text would end it at once");
    }
  }

  /** After so many tokens. */
  public static Stopping after(int maxNewTokens) {
    return new Stopping(maxNewTokens, List.of(), List.of());
  }

  public Stopping tokens(Long... ids) {
    return new Stopping(maxNewTokens, List.of(ids), strings);
  }

  public Stopping strings(String... texts) {
    return new Stopping(maxNewTokens, tokens, List.of(texts));
  }
}
