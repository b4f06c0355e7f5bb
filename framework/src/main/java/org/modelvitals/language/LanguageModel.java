package org.modelvitals.language;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.LanguageInputs.Role;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ValueInfo;

/**
 * A causal language model: logits for the token after each token of a sequence. What each input of
 * its graph is for is recognised by the signature, whatever the convention of its exporter: token
 * ids, and, where the model takes them, an attention mask, positions, token types, lengths, and
 * caches of what earlier tokens left behind.
 *
 * <p>{@link #score}, {@link #next} and {@link #vocabulary} share memory: for one thread at a time.
 * A {@link Decoding} has memory of its own.
 */
public final class LanguageModel {
  private final LanguageGraph graph;
  private final Settings settings;
  private OptionalInt vocabulary = OptionalInt.empty();
  private @Nullable OptionalInt contextLength;
  private @Nullable Decoding scoring;

  private LanguageModel(LanguageGraph graph) {
    this.graph = graph;
    this.settings = Settings.beside(graph.model().file().path());
  }

  /**
   * Recognises a model.
   *
   * @throws ModelException with a sentence that lists inputs and outputs if it is no such model
   */
  public static LanguageModel of(Model model, LanguageInputs names) {
    LanguageGraph graph = Recognition.of(model, names);
    if (graph.needsEncoder()) {
      throw new ModelException(
          ModelException.Reason.BAD_INPUT,
          "%s is the decoder of an encoder-decoder pair (it takes %s) and cannot be run as a causal language model"
              .formatted(model.file().path().getFileName(), graph.convention()));
    }
    return new LanguageModel(graph);
  }

  /** Recognises a model by the usual names. */
  public static LanguageModel of(Model model) {
    return of(model, LanguageInputs.CONVENTION);
  }

  public Model model() {
    return graph.model();
  }

  LanguageGraph graph() {
    return graph;
  }

  /** What was recognised: inputs and what they are for, logits, and caches, in one sentence. */
  public String convention() {
    return graph.convention();
  }

  /** Whether the model takes and gives back what earlier tokens left behind. */
  public boolean hasCache() {
    return !graph.caches().isEmpty();
  }

  /** Whether the model is told the position of each token, by an input of its own. */
  public boolean takesPositions() {
    return graph.has(Role.POSITIONS);
  }

  /**
   * Whether each call takes one token and no more, as exports for decoding alone do. Whole texts go
   * through the cache then, too, token by token.
   */
  public boolean takesOneToken() {
    return graph.takesOneToken();
  }

  /** The coarsest type among those of the logits and of the caches: how finely it computes. */
  public ElementType precision() {
    return Stream.concat(
            Stream.of(graph.logits()), graph.caches().stream().map(LanguageGraph.Cache::past))
        .map(ValueInfo::type)
        .filter(ElementType::isFloating)
        .max(Comparator.comparingInt(LanguageModel::coarseness))
        .orElse(graph.logits().type());
  }

  private static int coarseness(ElementType type) {
    return switch (type) {
      case BFLOAT16 -> 3;
      case FLOAT16 -> 2;
      case FLOAT32 -> 1;
      default -> 0;
    };
  }

  /** How many tokens the model knows: the width of its logits. Runs the model if it must. */
  public int vocabulary() {
    if (vocabulary.isEmpty()) {
      Dim width = graph.logits().shape().get(graph.logits().shape().size() - 1);
      vocabulary =
          OptionalInt.of(
              width.isFree()
                  ? run(TokenRows.of(new long[] {0})).vocabulary()
                  : Math.toIntExact(width.size()));
    }
    return vocabulary.getAsInt();
  }

  /**
   * How many tokens the model is made for: the fixed length of its input, or what {@code
   * config.json} or {@code genai_config.json} beside it declare; empty if nothing does.
   *
   * @throws ModelException if what they declare is no length
   */
  public OptionalInt contextLength() {
    if (contextLength == null) {
      contextLength = declaredLength();
    }
    return contextLength;
  }

  private OptionalInt declaredLength() {
    Dim length = graph.input(Role.TOKEN_IDS).orElseThrow().info().shape().get(1);
    return length.isFree() || hasCache()
        ? settings.contextLength()
        : OptionalInt.of(Math.toIntExact(length.size()));
  }

  /** How many rows every call must have, where the input of token ids is fixed to that. */
  public OptionalInt fixedRows() {
    Dim rows = graph.input(Role.TOKEN_IDS).orElseThrow().info().shape().get(0);
    return rows.isFree() ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(rows.size()));
  }

  Settings settings() {
    return settings;
  }

  /**
   * One pass over a batch, from an empty cache. The logits are valid until the next call of this
   * method, of {@link #next} or of {@link #vocabulary}. A {@link Decoding} takes more tokens than
   * the model is made for.
   *
   * @throws ModelException if a row has no tokens, or more than the {@linkplain #contextLength
   *     context}, or the model cannot be run on the rows
   */
  public Logits score(TokenRows rows) {
    OptionalInt context = contextLength();
    for (int row = 0; row < rows.rows().size(); row++) {
      ContextLimit.require("row %d".formatted(row), rows.rows().get(row).length, context);
    }
    return run(rows);
  }

  private Logits run(TokenRows rows) {
    if (scoring == null) {
      scoring = Decoding.once(graph);
    }
    return scoring.prefill(rows);
  }

  /**
   * A decoding from an empty cache, with memory of its own. For one thread; the caller closes it.
   */
  public Decoding decoding() {
    return Decoding.of(graph);
  }

  /**
   * The distribution of the token after {@code ids}, all of which are attended.
   *
   * @throws ModelException if there are no tokens, or more than the {@linkplain #contextLength
   *     context}, or the model cannot be run on them
   */
  public NextTokens next(long... ids) {
    if (ids.length == 0) {
      throw new ModelException(
          ModelException.Reason.BAD_INPUT,
          "there are no tokens to go on from; the text is empty for this tokenizer");
    }
    ContextLimit.require("the text", ids.length, contextLength());
    return run(new TokenRows(List.of(ids), TokenRows.Padding.RIGHT, 0)).at(0, ids.length - 1);
  }

  /**
   * Refuses a text with tokens that the model does not know, before it is fed.
   *
   * @throws ModelException with a sentence that names both vocabularies' sizes
   */
  public void requireKnown(String text, long[] ids, Tokenizer tokenizer) {
    int known = vocabulary();
    for (long id : ids) {
      if (id < 0 || id >= known) {
        throw new ModelException(
            ModelException.Reason.BAD_INPUT,
            tokenizer.readsTexts()
                ? String.format(
                    Locale.ROOT,
                    "the text '%s' has the token %d ('%s'), which the model does not know: its"
                        + " vocabulary has %,d tokens, the tokenizer's %,d",
                    shortened(text),
                    id,
                    tokenizer.name(id),
                    known,
                    tokenizer.size())
                : String.format(
                    Locale.ROOT,
                    "'%s' has the token %d, which the model does not know: its vocabulary has %,d"
                        + " tokens",
                    shortened(text),
                    id,
                    known));
      }
    }
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 59) + "…";
  }
}
