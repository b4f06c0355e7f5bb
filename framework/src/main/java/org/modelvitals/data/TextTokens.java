package org.modelvitals.data;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.language.Tokenizers;
import org.modelvitals.language.Tokens;

/** The tokenizers of a feed, each opened once; a text that several inputs take is encoded once. */
final class TextTokens implements AutoCloseable {
  private final Map<Path, Tokenizer> open = new HashMap<>();
  private final Map<Key, Tokens> last = new HashMap<>();
  private final Map<Key, String> lastText = new HashMap<>();

  private record Key(Tokenizer tokenizer, boolean special) {}

  Tokenizer tokenizer(Path file) {
    return open.computeIfAbsent(
        file.toAbsolutePath().normalize(),
        path -> {
          try {
            return Tokenizers.open(path);
          } catch (IllegalArgumentException e) {
            throw new DataException(String.valueOf(e.getMessage()), e);
          }
        });
  }

  /** The tokens of a text, kept until the next text. */
  Tokens tokens(Tokenizer tokenizer, String text, boolean special) {
    Key key = new Key(tokenizer, special);
    Tokens known = last.get(key);
    if (known == null || !text.equals(lastText.get(key))) {
      known = tokenizer.tokens(text, special);
      last.put(key, known);
      lastText.put(key, text);
    }
    return known;
  }

  @Override
  public void close() {
    open.values().forEach(Tokenizer::close);
    open.clear();
  }
}
