package org.modelvitals.checks.export;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.TextSource;
import org.modelvitals.data.DataSpec;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.text.Bounds;

/**
 * The sequences of tokens that a language model is run on: given texts, given token ids, or, where
 * neither is given, sequences that are drawn from the model's vocabulary with the run's seed. What
 * the checks of this package hold for holds for any sequence, so that drawn ones are as good.
 *
 * @param texts texts, written in the suite
 * @param data a dataset of texts, instead
 * @param column the column of {@code data} that holds the text
 * @param ids token ids, instead, a row each
 * @param count how many sequences are drawn
 * @param length tokens of a drawn sequence, and the most that is read of a given one; null for
 *     {@value #DRAWN_LENGTH} and {@value #GIVEN_LENGTH}, or what the model's context holds; the
 *     last drawn sequence is then as long as the context, or {@value #LONGEST_DRAWN}, or what
 *     memory for the logits bears
 * @param tokenizer a {@code tokenizer.json}; null takes the one beside the model
 * @param special whether the tokenizer adds its special tokens to texts
 * @param inputs names of inputs and outputs that are not the usual ones
 */
@Doc("The sequences of tokens that a language model is run on.")
public record Sequences(
    @Doc(
            value = "Texts that the model is run on; without any, sequences of tokens are drawn.",
            example = "[the small dog sleeps]")
        List<String> texts,
    @Doc(value = "A dataset of texts, instead.", example = "data/corpus.jsonl")
        @Nullable DataSpec data,
    @Doc("The column of data that holds the text.") @Default(TextSource.COLUMN) String column,
    @Doc(
            value = "Token ids, instead, for a model without a tokenizer.",
            example = "[[1, 17, 4], [1, 5, 9]]")
        List<List<Long>> ids,
    @Doc("How many sequences are drawn where none are given.") @Default("4") @Minimum(1) int count,
    @Doc(
            "Tokens of a drawn sequence and those after which given ones are cut. If left out, 24, with"
                + " one drawn sequence as long as the context (at most 1,024), and 256.")
        @Minimum(2)
        @Nullable Integer length,
    @Doc("A tokenizer.json; the one beside the model otherwise.") @Nullable String tokenizer,
    @Doc("Whether the tokenizer adds its special tokens to texts.") @Default("true")
        boolean special,
    @Doc("Names of inputs and outputs that are not the usual ones.")
        @Nullable LanguageInputs inputs) {

  /** How long a drawn sequence is if nothing is said. */
  static final int DRAWN_LENGTH = 24;

  /** How long the longest drawn sequence is at most if nothing is said. */
  static final int LONGEST_DRAWN = 1024;

  /** How long it is where no context length is known, if the model can be run on that. */
  static final int MODEST_LENGTH = 128;

  /** After how many tokens a given sequence is cut if nothing is said. */
  static final int GIVEN_LENGTH = 256;

  public Sequences {
    texts = List.copyOf(texts);
    ids = ids.stream().map(List::copyOf).toList();
    Bounds.atLeast(1, "count", count);
    Bounds.atLeast(2, "length", length);
    if (Stream.of(!texts.isEmpty(), data != null, !ids.isEmpty()).filter(g -> g).count() > 1) {
      throw new IllegalArgumentException(
          "'texts', 'data' and 'ids' exclude each other; give one of them, or none and let token"
              + " sequences be drawn");
    }
    if (ids.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("ids: a row has no tokens");
    }
    if (ids.size() > 1 && ids.stream().allMatch(row -> row.size() == 1)) {
      throw new IllegalArgumentException(
          "ids: every row has one token; the tokens of one row stand in brackets of their own, as"
              + " in [[1, 17, 4]]");
    }
    if (ids.stream().flatMap(List::stream).anyMatch(id -> id < 0)) {
      throw new IllegalArgumentException("ids: a token's id cannot be negative");
    }
  }

  /** Sequences drawn from the model's vocabulary. */
  public static Sequences drawn() {
    return new Sequences(List.of(), null, TextSource.COLUMN, List.of(), 4, null, null, true, null);
  }

  /** Texts. */
  public static Sequences texts(String... texts) {
    return new Sequences(
        List.of(texts), null, TextSource.COLUMN, List.of(), 4, null, null, true, null);
  }

  /** The texts of a dataset, in its column {@code text}. */
  public static Sequences data(DataSpec data) {
    return new Sequences(List.of(), data, TextSource.COLUMN, List.of(), 4, null, null, true, null);
  }

  /** The texts of a file whose format its name tells, in its column {@code text}. */
  public static Sequences data(String file) {
    return data(DataSpec.file(file));
  }

  /** Rows of token ids. */
  public static Sequences ids(long[]... rows) {
    List<List<Long>> ids =
        Arrays.stream(rows).map(row -> Arrays.stream(row).boxed().toList()).toList();
    return new Sequences(List.of(), null, TextSource.COLUMN, ids, 4, null, null, true, null);
  }

  /** The column of the dataset that holds the text. */
  public Sequences column(String name) {
    return new Sequences(texts, data, name, ids, count, length, tokenizer, special, inputs);
  }

  /** How many sequences are drawn. */
  public Sequences count(int sequences) {
    return new Sequences(texts, data, column, ids, sequences, length, tokenizer, special, inputs);
  }

  /** How long drawn sequences are, and where given ones are cut. */
  public Sequences length(int tokens) {
    return new Sequences(texts, data, column, ids, count, tokens, tokenizer, special, inputs);
  }

  /** The {@code tokenizer.json}, relative to the suite. */
  public Sequences tokenizer(String file) {
    return new Sequences(texts, data, column, ids, count, length, file, special, inputs);
  }

  /** The texts as they are: the tokenizer adds no special tokens. */
  public Sequences withoutSpecialTokens() {
    return new Sequences(texts, data, column, ids, count, length, tokenizer, false, inputs);
  }

  /** Names of inputs and outputs that are not the usual ones. */
  public Sequences inputs(LanguageInputs names) {
    return new Sequences(texts, data, column, ids, count, length, tokenizer, special, names);
  }

  /** Whether sequences are drawn. */
  boolean areDrawn() {
    return !hasTexts() && ids.isEmpty();
  }

  /** Whether texts are given. */
  boolean hasTexts() {
    return !texts.isEmpty() || data != null;
  }
}
