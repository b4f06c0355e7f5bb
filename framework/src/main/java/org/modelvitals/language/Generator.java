package org.modelvitals.language;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.Generated.End;
import org.modelvitals.model.ModelException;

/**
 * Lets a model write: a causal one goes on from the prompt, an encoder-decoder answers a source.
 * For one thread; it uses its memory again for each text.
 */
public final class Generator implements AutoCloseable {
  private final Source source;
  private final @Nullable Tokenizer tokenizer;
  private final Decoding decoding;
  private final OptionalInt contextLength;
  private final List<Long> endTokens;

  /** What the decoder is fed first, for a prompt or source. */
  private interface Source {
    long[] start(long[] prompt, Decoding decoding);
  }

  private Generator(
      Source source,
      @Nullable Tokenizer tokenizer,
      Decoding decoding,
      OptionalInt contextLength,
      List<Long> endTokens) {
    this.source = source;
    this.tokenizer = tokenizer;
    this.decoding = decoding;
    this.contextLength = contextLength;
    this.endTokens = endTokens;
  }

  /**
   * A generator of a causal model.
   *
   * @param tokenizer for the text of what is generated, and for stop strings; the caller closes it
   */
  public static Generator of(LanguageModel model, @Nullable Tokenizer tokenizer) {
    return new Generator(
        (prompt, decoding) -> prompt,
        tokenizer,
        model.decoding(),
        model.contextLength(),
        model.endTokens());
  }

  /**
   * A generator of an encoder-decoder, whose prompts are sources.
   *
   * @param tokenizer as in the other method
   * @param startToken what the decoder begins with; null takes what the configuration beside the
   *     model says
   * @throws ModelException if no start token is known
   */
  public static Generator of(
      SequenceToSequence model, @Nullable Tokenizer tokenizer, @Nullable Long startToken) {
    long start = startToken(model, startToken);
    return new Generator(
        (prompt, decoding) -> {
          model.read(TokenRows.of(prompt), decoding);
          return new long[] {start};
        },
        tokenizer,
        model.decoding(),
        model.contextLength(),
        model.endTokens());
  }

  /**
   * The token that a decoder begins with.
   *
   * @param declared null takes what the configuration beside the model says
   * @throws ModelException if none is known
   */
  public static long startToken(SequenceToSequence model, @Nullable Long declared) {
    return declared != null
        ? declared
        : model
            .startToken()
            .orElseThrow(
                () ->
                    new ModelException(
                        ModelException.Reason.BAD_INPUT,
                        "no file beside the decoder declares 'decoder_start_token_id'; name the"
                            + " token that it begins with"));
  }

  /**
   * Generates tokens until {@code stopping} ends it. The end tokens that files beside the model
   * declare end it too, if {@code stopping} names none. So do logits that are no distribution. The
   * same seed gives the same tokens, whatever was generated before.
   *
   * @param prompt at least one token
   * @throws IllegalArgumentException if there are stop strings and no tokenizer
   * @throws ModelException if the model cannot be run on the tokens
   */
  public Generated generate(long[] prompt, Sampling sampling, Stopping stopping) {
    if (!stopping.strings().isEmpty() && tokenizer == null) {
      throw new IllegalArgumentException("stop strings need a tokenizer");
    }
    List<Long> ends = stopping.tokens().isEmpty() ? endTokens : stopping.tokens();
    TokenChoice choice = new TokenChoice(sampling);
    List<Long> tokens = new ArrayList<>();
    List<Double> logProbabilities = new ArrayList<>();
    long[] start = source.start(prompt, decoding);
    for (long token : start) {
      choice.saw(token);
    }
    Logits logits = decoding.prefill(TokenRows.of(start));
    while (true) {
      int last = logits.positions(0) - 1;
      double logSumExp = logits.logSumExp(0, last);
      if (!Double.isFinite(logSumExp)) {
        int faults = logits.nonFinite(0, last);
        return new Generated(tokens, logProbabilities, text(tokens), End.NOT_FINITE, faults);
      }
      long next = choice.choose(logits, 0, last);
      if (ends.contains(next)) {
        return new Generated(tokens, logProbabilities, text(tokens), End.STOP_TOKEN);
      }
      tokens.add(next);
      choice.saw(next);
      logProbabilities.add(logits.get(0, last, Math.toIntExact(next)) - logSumExp);
      String cut = stopping.strings().isEmpty() ? null : cut(text(tokens), stopping.strings());
      if (cut != null) {
        return new Generated(tokens, logProbabilities, cut, End.STOP_STRING);
      }
      if (tokens.size() == stopping.maxNewTokens()) {
        return new Generated(tokens, logProbabilities, text(tokens), End.MAX_NEW_TOKENS);
      }
      if (decoding.length() >= contextLength.orElse(Integer.MAX_VALUE)) {
        return new Generated(tokens, logProbabilities, text(tokens), End.CONTEXT);
      }
      logits = decoding.step(next);
    }
  }

  private @Nullable String text(List<Long> tokens) {
    return tokenizer == null
        ? null
        : tokenizer.text(tokens.stream().mapToLong(Long::longValue).toArray(), false);
  }

  /** The text before the first stop string; null if there is none in it. */
  private static @Nullable String cut(@Nullable String text, List<String> stops) {
    if (text == null) {
      return null;
    }
    OptionalInt stop = stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min();
    return stop.isPresent() ? text.substring(0, stop.getAsInt()) : null;
  }

  @Override
  public void close() {
    decoding.close();
  }
}
