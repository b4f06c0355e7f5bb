package org.modelvitals.language;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Turns texts into ids of tokens and back; several threads may use it. {@link Tokenizers} opens the
 * one of a {@code tokenizer.json}; a model without one is given the ids themselves, see {@link
 * #ofIds}.
 */
public sealed interface Tokenizer extends AutoCloseable permits FileTokenizer, IdTokenizer {

  /**
   * The tokenizer of a model that has none: a text is the ids of its tokens with white space
   * between them, {@code 1 17 4}, and a token is called by its id.
   *
   * @param vocabulary how many tokens the model knows
   */
  static Tokenizer ofIds(int vocabulary) {
    return new IdTokenizer(vocabulary);
  }

  /** Whether texts are written by people; false if they are ids with blanks between them. */
  boolean readsTexts();

  /**
   * The ids of a text's tokens.
   *
   * @param special whether the tokenizer adds its special tokens, such as a beginning of sequence
   * @throws IllegalArgumentException if texts are ids, and this one is something else
   */
  long[] encode(String text, boolean special);

  /**
   * A text's tokens with what models take beside the ids.
   *
   * @param special as in {@link #encode}
   */
  Tokens tokens(String text, boolean special);

  /** The id that fills up shorter texts of a batch; 0 if the tokenizer names none. */
  long padding();

  /** The text of one token, blanks included; empty for ids that the tokenizer does not have. */
  String decode(long id);

  /**
   * The text of several tokens, put together as the tokenizer does it.
   *
   * @param special whether special tokens, such as an end of sequence, are shown
   */
  String text(long[] ids, boolean special);

  /**
   * A token's text for people: without blanks around it, or its vocabulary entry if it is blank.
   */
  String name(long id);

  /** The number of tokens in the vocabulary, those added later not counted. */
  int size();

  /** The ids of all tokens, by their entries in the vocabulary, those added later among them. */
  Map<String, Long> vocabulary();

  /** The ids of tokens that stand for no text, such as an end of sequence. */
  Set<Long> special();

  /** The id of the token that stands for whatever is not in the vocabulary, if there is one. */
  OptionalLong unknown();

  /**
   * The id of the one token that {@code text} is: an entry of the vocabulary, or a text that is one
   * token, a leading blank given or not.
   *
   * @throws IllegalArgumentException with a sentence if it is no token, or several
   */
  long token(String text);

  @Override
  void close();
}
