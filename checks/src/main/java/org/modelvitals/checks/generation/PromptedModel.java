package org.modelvitals.checks.generation;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.language.TextModel;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataRow;
import org.modelvitals.language.Decoding;
import org.modelvitals.language.Generator;
import org.modelvitals.language.LanguageInputs;
import org.modelvitals.language.LanguageModel;
import org.modelvitals.language.Logits;
import org.modelvitals.language.SequenceToSequence;
import org.modelvitals.language.TokenRows;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;

/**
 * The suite's model with its tokenizer, ready to be asked: a causal language model, which goes on
 * from the prompt, or the encoder-decoder pair that the suite's file is a part of, which answers
 * it. Models are not closed here.
 */
public final class PromptedModel implements AutoCloseable {
  private final PromptSource source;
  private final Tokenizer tokenizer;
  private final @Nullable LanguageModel causal;
  private final @Nullable SequenceToSequence pair;

  private PromptedModel(
      PromptSource source,
      Tokenizer tokenizer,
      @Nullable LanguageModel causal,
      @Nullable SequenceToSequence pair) {
    this.source = source;
    this.tokenizer = tokenizer;
    this.causal = causal;
    this.pair = pair;
  }

  /**
   * Opens the tokenizer and recognises the model; the caller closes the result.
   *
   * @throws ProbeException if the tokenizer cannot be read
   * @throws ModelException if it is no language model, or one half of a pair is missing
   */
  public static PromptedModel open(PromptSource source, ProbeContext context) {
    Path file = context.modelFile().path();
    LanguageInputs names = source.inputs() == null ? LanguageInputs.CONVENTION : source.inputs();
    Path tokenizer = TextModel.tokenizerFile(context, source.tokenizer()).orElse(null);
    boolean isPair = SequenceToSequence.isPart(file);
    LanguageModel causal = isPair ? null : LanguageModel.of(context.model(), names);
    SequenceToSequence pair =
        isPair ? SequenceToSequence.beside(file, part -> model(part, file, context), names) : null;
    return new PromptedModel(
        source,
        TextModel.tokenizer(
            tokenizer, () -> causal != null ? causal.vocabulary() : vocabulary(pair)),
        causal,
        pair);
  }

  private static int vocabulary(@Nullable SequenceToSequence pair) {
    return pair == null ? 0 : pair.vocabulary();
  }

  private static Model model(Path part, Path own, ProbeContext context) {
    return part.equals(own) ? context.model() : context.model(part.toString());
  }

  /**
   * The ids of a prompt's tokens, all of which a causal model knows.
   *
   * @throws DataException naming the row, if there are none
   * @throws ModelException naming the row, if the model does not know a token
   */
  public long[] encode(PromptRows.Prompt prompt) {
    long[] ids = ids(prompt);
    if (ids.length == 0) {
      throw new DataException(
          "%s: the prompt is empty for this tokenizer".formatted(prompt.row().where()));
    }
    if (causal != null) {
      LanguageModel known = causal;
      prompt.named(
          () -> {
            known.requireKnown(prompt.text(), ids, tokenizer);
            return ids;
          });
    }
    return ids;
  }

  private long[] ids(PromptRows.Prompt prompt) {
    try {
      return tokenizer.encode(prompt.text(), source.special());
    } catch (IllegalArgumentException e) {
      throw new DataException("%s: %s".formatted(prompt.row().where(), e.getMessage()), e);
    }
  }

  /** The row as prompts are made of it: without a tokenizer, lists of ids are texts. */
  public DataRow readable(DataRow row) {
    return TextModel.readable(tokenizer, row, null);
  }

  /** The text of one token, for people. */
  String decode(long id) {
    String text = tokenizer.decode(id);
    return text.isEmpty() ? tokenizer.name(id) : text;
  }

  /** Lets the model write; the caller closes it. */
  Generator generator() {
    return causal != null ? Generator.of(causal, tokenizer) : Generator.of(pair(), tokenizer, null);
  }

  /** Memory for one answer at a time; the caller closes it. */
  public Decoding decoding() {
    return causal != null ? causal.decoding() : pair().decoding();
  }

  /** Feeds a prompt: the first token of the answer follows the last place of the logits. */
  public Logits begin(long[] prompt, Decoding decoding) {
    if (causal != null) {
      return decoding.prefill(TokenRows.of(prompt));
    }
    pair().read(TokenRows.of(prompt), decoding);
    return decoding.prefill(TokenRows.of(new long[] {Generator.startToken(pair(), null)}));
  }

  private SequenceToSequence pair() {
    if (pair == null) {
      throw new IllegalStateException("neither a causal model nor a pair");
    }
    return pair;
  }

  /** Whether the model keeps what earlier tokens left behind. */
  public boolean hasCache() {
    return causal != null ? causal.hasCache() : pair().hasCache();
  }

  /**
   * How many tokens of prompt and answer together the model is made for, if that is known. A pair
   * counts them apart, and is not asked.
   */
  public OptionalInt contextLength() {
    return causal != null ? causal.contextLength() : OptionalInt.empty();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
