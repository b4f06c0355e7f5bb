package org.modelvitals.language;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts are ids with white space between them, and nothing has to be opened or closed. */
final class IdTokenizer implements Tokenizer {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

  private final int vocabulary;

  IdTokenizer(int vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public boolean readsTexts() {
    return false;
  }

  @Override
  public long[] encode(String text, boolean special) {
    return BLANKS
        .splitAsStream(text.strip())
        .filter(word -> !word.isEmpty())
        .mapToLong(IdTokenizer::id)
        .toArray();
  }

  private static long id(String word) {
    if (!ID.matcher(word).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not the id of a token; without a tokenizer, a text is the ids of its tokens, as in '1 17 4'"
              .formatted(word));
    }
    return Long.parseLong(word);
  }

  @Override
  public Tokens tokens(String text, boolean special) {
    long[] ids = encode(text, special);
    long[] mask = new long[ids.length];
    Arrays.fill(mask, 1);
    return new Tokens(ids, mask, new long[ids.length]);
  }

  @Override
  public long padding() {
    return 0;
  }

  @Override
  public String decode(long id) {
    return Long.toString(id);
  }

  @Override
  public String text(long[] ids, boolean special) {
    return Arrays.stream(ids).mapToObj(Long::toString).collect(Collectors.joining(" "));
  }

  @Override
  public String name(long id) {
    return Long.toString(id);
  }

  @Override
  public int size() {
    return vocabulary;
  }

  @Override
  public Map<String, Long> vocabulary() {
    Map<String, Long> ids = new LinkedHashMap<>();
    for (long id = 0; id < vocabulary; id++) {
      ids.put(Long.toString(id), id);
    }
    return ids;
  }

  @Override
  public Set<Long> special() {
    return Set.of();
  }

  @Override
  public OptionalLong unknown() {
    return OptionalLong.empty();
  }

  @Override
  public long token(String text) {
    long id = id(text.strip());
    if (id >= vocabulary) {
      throw new IllegalArgumentException(
          "there is no token %d: the model knows the tokens 0 to %d".formatted(id, vocabulary - 1));
    }
    return id;
  }

  @Override
  public void close() {
    // There is nothing to close.
  }
}
