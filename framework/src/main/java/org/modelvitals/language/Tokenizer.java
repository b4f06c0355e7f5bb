package org.modelvitals.language;

import ai.djl.huggingface.tokenizers.Encoding;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.modelvitals.text.Nearest;

/** A tokenizer, open; several threads may use it. Obtained from {@link Tokenizers}. */
public final class Tokenizer implements AutoCloseable {
  private final LoadedTokenizer loaded;
  private final AtomicBoolean closed = new AtomicBoolean();

  Tokenizer(LoadedTokenizer loaded) {
    this.loaded = loaded;
  }

  /**
   * The ids of a text's tokens.
   *
   * @param special whether the tokenizer adds its special tokens, such as a beginning of sequence
   */
  public long[] encode(String text, boolean special) {
    return loaded.tokenizer().encode(text, special, false).getIds();
  }

  /**
   * A text's tokens with what models take beside the ids.
   *
   * @param special as in {@link #encode}
   */
  public Tokens tokens(String text, boolean special) {
    Encoding encoding = loaded.tokenizer().encode(text, special, false);
    return new Tokens(encoding.getIds(), encoding.getAttentionMask(), encoding.getTypeIds());
  }

  /** The id that fills up shorter texts of a batch; 0 if the tokenizer names none. */
  public long padding() {
    return loaded.padding();
  }

  /** The text of one token, blanks included; empty for ids that the tokenizer does not have. */
  public String decode(long id) {
    return loaded.tokenizer().decode(new long[] {id}, false);
  }

  /**
   * The text of several tokens, put together as the tokenizer does it.
   *
   * @param special whether special tokens, such as an end of sequence, are shown
   */
  public String text(long[] ids, boolean special) {
    return loaded.tokenizer().decode(ids, !special);
  }

  /**
   * A token's text for people: without blanks around it, or its vocabulary entry if it is blank.
   */
  public String name(long id) {
    String text = decode(id).strip();
    return text.isEmpty() ? entry(id).orElse("#" + id) : text;
  }

  private Optional<String> entry(long id) {
    return loaded.vocabulary().entrySet().stream()
        .filter(entry -> entry.getValue() == id)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The number of tokens in the vocabulary, those added later not counted. */
  public int size() {
    return loaded.size();
  }

  /** The ids of all tokens, by their entries in the vocabulary, those added later among them. */
  public Map<String, Long> vocabulary() {
    return Collections.unmodifiableMap(loaded.vocabulary());
  }

  /** The ids of tokens that stand for no text, such as an end of sequence. */
  public Set<Long> special() {
    return loaded.special();
  }

  /** The id of the token that stands for whatever is not in the vocabulary, if there is one. */
  public OptionalLong unknown() {
    @Nullable String entry = loaded.unknown();
    Long id = entry == null ? null : loaded.vocabulary().get(entry);
    return id == null ? OptionalLong.empty() : OptionalLong.of(id);
  }

  /**
   * The id of the one token that {@code text} is: an entry of the vocabulary, or a text that is one
   * token, a leading blank given or not.
   *
   * @throws IllegalArgumentException with a sentence if it is no token, or several
   */
  public long token(String text) {
    Long entry = loaded.vocabulary().get(text);
    if (entry != null) {
      return entry;
    }
    OptionalLong single = single(text);
    if (single.isEmpty() && !text.startsWith(" ")) {
      single = single(" " + text);
    }
    return single.orElseThrow(() -> notOneToken(text));
  }

  private OptionalLong single(String text) {
    Encoding encoding = loaded.tokenizer().encode(text, false, false);
    String[] tokens = encoding.getTokens();
    return tokens.length == 1 && !tokens[0].equals(loaded.unknown())
        ? OptionalLong.of(encoding.getIds()[0])
        : OptionalLong.empty();
  }

  private IllegalArgumentException notOneToken(String text) {
    String[] tokens = loaded.tokenizer().encode(text, false, false).getTokens();
    @Nullable String unknown = loaded.unknown();
    String found =
        tokens.length > 1 && !List.of(tokens).contains(String.valueOf(unknown))
            ? "is %d tokens (%s)".formatted(tokens.length, String.join(", ", tokens))
            : "is no token";
    return new IllegalArgumentException(
        "'%s' %s in %s; expected one token%s"
            .formatted(
                text,
                found,
                loaded.file(),
                Nearest.to(text, loaded.vocabulary().keySet())
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse("")));
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      loaded.release();
    }
  }
}
