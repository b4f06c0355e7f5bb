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

/** A tokenizer of a {@code tokenizer.json}. */
final class FileTokenizer implements Tokenizer {
  private final LoadedTokenizer loaded;
  private final AtomicBoolean closed = new AtomicBoolean();

  FileTokenizer(LoadedTokenizer loaded) {
    this.loaded = loaded;
  }

  @Override
  public boolean readsTexts() {
    return true;
  }

  @Override
  public long[] encode(String text, boolean special) {
    return loaded.tokenizer().encode(text, special, false).getIds();
  }

  @Override
  public Tokens tokens(String text, boolean special) {
    Encoding encoding = loaded.tokenizer().encode(text, special, false);
    return new Tokens(encoding.getIds(), encoding.getAttentionMask(), encoding.getTypeIds());
  }

  @Override
  public long padding() {
    return loaded.padding();
  }

  @Override
  public String decode(long id) {
    return loaded.tokenizer().decode(new long[] {id}, false);
  }

  @Override
  public String text(long[] ids, boolean special) {
    return loaded.tokenizer().decode(ids, !special);
  }

  @Override
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

  @Override
  public int size() {
    return loaded.size();
  }

  @Override
  public Map<String, Long> vocabulary() {
    return Collections.unmodifiableMap(loaded.vocabulary());
  }

  @Override
  public Set<Long> special() {
    return loaded.special();
  }

  @Override
  public OptionalLong unknown() {
    @Nullable String entry = loaded.unknown();
    Long id = entry == null ? null : loaded.vocabulary().get(entry);
    return id == null ? OptionalLong.empty() : OptionalLong.of(id);
  }

  @Override
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
