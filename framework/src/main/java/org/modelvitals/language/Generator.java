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
  private final Settings settings;

  /** What the decoder is fed first, for a prompt or source. */
  private interface Source {
    long[] start(long[] prompt, Decoding decoding);
  }

  private Generator(
      Source source,
      @Nullable Tokenizer tokenizer,
      Decoding decoding,
      OptionalInt contextLength,
      Settings settings) {
    this.source = source;
    this.tokenizer = tokenizer;
    this.decoding = decoding;
    this.contextLength = contextLength;
    this.settings = settings;
  }

  /**
   * A generator of a causal model.
   *
   * @param tokenizer for the text of what is generated, and for stop strings; the caller closes it
   */
  public static Generator of(LanguageModel model, @Nullable Tokenizer tokenizer) {
    OptionalInt context = model.contextLength();
    return new Generator(
        (prompt, decoding) -> {
          ContextLimit.require("the prompt", prompt.length, context);
          return prompt;
        },
        tokenizer,
        model.decoding(),
        context,
        model.settings());
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
        model.settings());
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
   * @throws ModelException if the prompt is longer than the model's context, a stop token is not in
   *     its vocabulary, or it cannot be run on the tokens
   */
  public Generated generate(long[] prompt, Sampling sampling, Stopping stopping) {
    if (!stopping.strings().isEmpty() && (tokenizer == null || !tokenizer.readsTexts())) {
      throw new IllegalArgumentException(
          "stop strings need a tokenizer; without one, declare the ids of stop tokens");
    }
    TokenChoice choice = new TokenChoice(sampling);
    List<Long> tokens = new ArrayList<>();
    List<Double> logProbabilities = new ArrayList<>();
    long[] start = source.start(prompt, decoding);
    for (long token : start) {
      choice.saw(token);
    }
    StopStrings stops = new StopStrings(stopping.strings(), ids -> String.valueOf(text(ids)));
    Logits logits = decoding.prefill(TokenRows.of(start));
    List<Long> ends = ends(stopping, logits.vocabulary());
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
      String cut = stops.add(next);
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

  private List<Long> ends(Stopping stopping, int vocabulary) {
    if (stopping.tokens().isEmpty()) {
      return settings.endTokens(vocabulary);
    }
    for (long token : stopping.tokens()) {
      if (token < 0 || token >= vocabulary) {
        throw new ModelException(
            ModelException.Reason.BAD_INPUT,
            "the stop token %d is none of the model's: its vocabulary has %d tokens"
                .formatted(token, vocabulary));
      }
    }
    return stopping.tokens();
  }

  private @Nullable String text(List<Long> tokens) {
    return text(tokens.stream().mapToLong(Long::longValue).toArray());
  }

  private @Nullable String text(long[] tokens) {
    return tokenizer == null ? null : tokenizer.text(tokens, false);
  }

  @Override
  public void close() {
    decoding.close();
  }
}
