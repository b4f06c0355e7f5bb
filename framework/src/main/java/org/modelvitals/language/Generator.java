package org.modelvitals.language;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.Generated.End;

/** Lets a model continue a prompt, token by token. For one thread. */
public final class Generator implements AutoCloseable {
  private final LanguageModel model;
  private final @Nullable Tokenizer tokenizer;
  private final Decoding decoding;

  private Generator(LanguageModel model, @Nullable Tokenizer tokenizer) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.decoding = model.decoding();
  }

  /**
   * A generator.
   *
   * @param tokenizer needed for stop strings only; the caller closes it
   */
  public static Generator of(LanguageModel model, @Nullable Tokenizer tokenizer) {
    return new Generator(model, tokenizer);
  }

  /**
   * Continues a prompt of at least one token.
   *
   * @throws IllegalArgumentException if there are stop strings and no tokenizer
   */
  public Generated generate(long[] prompt, Sampling sampling, Stopping stopping) {
    if (!stopping.strings().isEmpty() && tokenizer == null) {
      throw new IllegalArgumentException("stop strings need a tokenizer");
    }
    List<Long> tokens = new ArrayList<>();
    List<Double> logProbabilities = new ArrayList<>();
    Logits logits = decoding.prefill(TokenRows.of(prompt));
    while (true) {
      int last = logits.positions(0) - 1;
      long next = logits.argmax(0, last);
      if (stopping.tokens().contains(next)) {
        return new Generated(tokens, logProbabilities, text(tokens), End.STOP_TOKEN);
      }
      tokens.add(next);
      logProbabilities.add(logits.logProbability(0, last, next));
      if (!stopping.strings().isEmpty()) {
        String text = String.valueOf(text(tokens));
        OptionalInt stop =
            stopping.strings().stream().mapToInt(text::indexOf).filter(at -> at >= 0).min();
        if (stop.isPresent()) {
          return new Generated(
              tokens, logProbabilities, text.substring(0, stop.getAsInt()), End.STOP_STRING);
        }
      }
      if (tokens.size() == stopping.maxNewTokens()) {
        return new Generated(tokens, logProbabilities, text(tokens), End.MAX_NEW_TOKENS);
      }
      if (model.contextLength().orElse(Integer.MAX_VALUE) <= prompt.length + tokens.size()) {
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

  @Override
  public void close() {
    decoding.close();
  }
}
