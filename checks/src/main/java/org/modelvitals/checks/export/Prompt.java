package org.modelvitals.checks.export;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.Tokenizer;

/** A sequence of tokens that a model is run on. */
final class Prompt {
  private final String name;
  private final long[] ids;
  private final @Nullable Tokenizer tokenizer;

  /**
   * @param name where it stands, for people: {@code corpus.jsonl:17}
   * @param tokenizer for the names of tokens; null shows their ids
   */
  Prompt(String name, long[] ids, @Nullable Tokenizer tokenizer) {
    this.name = name;
    this.ids = ids;
    this.tokenizer = tokenizer;
  }

  String name() {
    return name;
  }

  /** Not a copy. */
  long[] ids() {
    return ids;
  }

  int length() {
    return ids.length;
  }

  /** The first tokens of it. */
  Prompt first(int tokens) {
    return tokens == ids.length ? this : new Prompt(name, Arrays.copyOf(ids, tokens), tokenizer);
  }

  /** Tokens {@code from} to {@code to}, the latter not included. */
  Prompt part(int from, int to) {
    return new Prompt(name, Arrays.copyOfRange(ids, from, to), tokenizer);
  }

  /** The same with another token at one position. */
  Prompt with(int position, long token) {
    long[] changed = ids.clone();
    changed[position] = token;
    return new Prompt(name, changed, tokenizer);
  }

  /** A token for people: in quotes, or its id. */
  String token(long id) {
    return tokenizer == null ? "#" + id : "'" + tokenizer.name(id) + "'";
  }

  /** The token at a position, as its text with blanks, or its id. */
  String text(int position) {
    if (tokenizer == null) {
      return "#" + ids[position];
    }
    String text = tokenizer.decode(ids[position]);
    return text.isEmpty() ? tokenizer.name(ids[position]) : text;
  }

  /** A position for people: {@code position 7 ('dog') of text 2}. */
  String at(int position) {
    return "position %d (%s) of %s".formatted(position, token(ids[position]), name);
  }
}
