package org.modelvitals.checks.language;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataException;
import org.modelvitals.language.Logits;
import org.modelvitals.model.ElementType;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Unit;

/**
 * How likely a model finds the continuation of a context, by the rules of lm-evaluation-harness:
 *
 * <ul>
 *   <li>white space at the end of the context goes to the beginning of the continuation; context
 *       and continuation are encoded as one text, and the tokens of the continuation are what
 *       follows the tokens of the context alone ({@code _encode_pair} in lm_eval/api/model.py);
 *   <li>before an empty context stands the prefix token, unless the continuation begins with it
 *       ({@code loglikelihood}, same file);
 *   <li>what does not fit into the model is cut off on the left ({@code _loglikelihood_tokens} in
 *       lm_eval/models/huggingface.py).
 * </ul>
 */
final class Continuations {
  private static final Set<ElementType> HALF = Set.of(ElementType.FLOAT16, ElementType.BFLOAT16);

  /** A logit that more of the vocabulary has says nothing, however coarse it is. */
  private static final double HALF_OF_ALL = 0.5;

  private final TextModel model;
  private final boolean special;
  private final @Nullable String declaredPrefix;
  private final int maxLength;
  private final RowBatches<Request> batches;
  private OptionalLong prefix = OptionalLong.empty();
  private long softmaxed;
  private @Nullable String firstSoftmaxed;

  /**
   * @param special whether the tokenizer adds its special tokens; the harness's {@code
   *     add_bos_token}
   * @param prefix the token before an empty context; null takes what the configuration names
   */
  Continuations(TextModel model, LanguageSetup setup, boolean special, @Nullable String prefix) {
    this.model = model;
    this.special = special;
    this.declaredPrefix = prefix;
    this.maxLength = model.model().contextLength().orElse(Integer.MAX_VALUE - 1);
    this.batches =
        new RowBatches<>(
            model.model(),
            setup.batch(),
            model.tokenizer().padding(),
            request -> request.where,
            this::score);
  }

  /**
   * How likely a continuation is.
   *
   * @param logProbability the sum over its tokens, in nats
   * @param missed the token that the model finds most probable, of equal ones the lowest id, where
   *     the continuation first has another one; -1 if the model would have continued just so
   * @param tied whether no token is more probable anywhere, but another one is as probable
   * @param coarse whether the model says so little of it that another continuation may be exactly
   *     as likely by rounding: the logits have but 16 bits, and most tokens have another one than
   *     these
   * @param fed all tokens, those of the context among them
   */
  record Likelihood(
      double logProbability, long missed, boolean tied, boolean coarse, LongBuffer fed) {

    /**
     * Whether each token is the most probable one, of equal ones the lowest id, as argmax has it.
     */
    boolean greedy() {
      return missed < 0;
    }

    /** Whether there are ties, and not by the rounding of the logits. */
    boolean isTieUnexplained() {
      return tied && !coarse;
    }

    /** Whether an equal likelihood of the two can be rounding, and no fault. */
    boolean mayTie(Likelihood other) {
      return coarse && other.coarse && !fed.equals(other.fed);
    }
  }

  /** Tokens of a context and its continuation. */
  static final class Pair {
    final long[] context;
    final long[] continuation;

    Pair(long[] context, long[] continuation) {
      this.context = context;
      this.continuation = continuation;
    }
  }

  private static final class Request {
    final String where;
    final long[] whole;
    final long[] continuation;
    final Consumer<Likelihood> sink;

    Request(String where, long[] whole, long[] continuation, Consumer<Likelihood> sink) {
      this.where = where;
      this.whole = whole;
      this.continuation = continuation;
      this.sink = sink;
    }
  }

  /**
   * Asks for a continuation; the answer comes with a later call, or with {@link #flush}.
   *
   * @param where where it stands, for messages
   */
  void add(String where, String context, String continuation, Consumer<Likelihood> sink) {
    Pair pair = encode(where, context, continuation);
    if (pair.continuation.length == 0) {
      throw new DataException(
          "%s: the continuation '%s' of '%s' has no token of its own"
              .formatted(where, continuation, shortened(context)));
    }
    if (pair.continuation.length > maxLength) {
      throw new DataException(
          "%s: the continuation has %d tokens, the model takes no more than %d"
              .formatted(where, pair.continuation.length, maxLength));
    }
    int length = pair.context.length + pair.continuation.length;
    long[] whole = Arrays.copyOf(pair.context, length);
    System.arraycopy(pair.continuation, 0, whole, pair.context.length, pair.continuation.length);
    // The last token is not fed: nothing follows it.
    long[] fed = Arrays.copyOfRange(whole, Math.max(0, length - (maxLength + 1)), length - 1);
    batches.add(fed, new Request(where, whole, pair.continuation, sink));
  }

  /** Answers everything that was asked for. */
  void flush() {
    batches.flush();
  }

  /** What was found, and whether the outputs that it was computed from are logits. */
  Reading with(Reading found) {
    Reading.Builder reading = Reading.builder();
    found.measurements().forEach(reading::add);
    reading.add(Measurement.exact(Softmaxed.NAME, (double) softmaxed, Unit.NUMBER));
    if (firstSoftmaxed != null) {
      reading.add(Softmaxed.note("at " + firstSoftmaxed));
    }
    found.evidence().forEach(reading::add);
    return reading.build();
  }

  /** Encodes a context and its continuation. */
  Pair encode(String where, String context, String continuation) {
    String before = context.stripTrailing();
    // Two ids without a blank between them would be another one.
    String between = model.tokenizer().readsTexts() ? context.substring(before.length()) : " ";
    String after = between + continuation;
    if (before.isEmpty()) {
      return encodeAlone(where, after);
    }
    long[] whole = model.encode(where, before + after, special);
    long[] first = model.tokenizer().encode(before, special);
    int split = Math.min(first.length, whole.length);
    return new Pair(first, Arrays.copyOfRange(whole, split, whole.length));
  }

  private Pair encodeAlone(String where, String text) {
    long[] ids = model.encode(where, text, false);
    if (ids.length == 0) {
      throw new DataException("%s: there is nothing to continue with".formatted(where));
    }
    if (prefix.isEmpty()) {
      prefix = OptionalLong.of(model.prefix(declaredPrefix));
    }
    long first = prefix.getAsLong();
    return ids[0] == first
        ? new Pair(new long[] {first}, Arrays.copyOfRange(ids, 1, ids.length))
        : new Pair(new long[] {first}, ids);
  }

  private void score(Request request, long[] fed, Logits logits, int row) {
    long[] continuation = request.continuation;
    int before = fed.length - continuation.length;
    RowBatches.require(logits, row, before);
    double sum = 0;
    long missed = -1;
    boolean beaten = false;
    boolean tied = false;
    boolean probabilities = false;
    boolean coarse = HALF.contains(logits.type());
    for (int i = 0; i < continuation.length; i++) {
      int position = before + i;
      long token = continuation[i];
      sum += logits.logProbability(row, position, token);
      probabilities = probabilities || logits.softmaxed(row, position);
      int rival = beaten ? -1 : logits.rival(row, position, token);
      if (rival >= 0) {
        tied = true;
        beaten = logits.get(row, position, rival) > logits.get(row, position, (int) token);
        missed = missed < 0 && (beaten || rival < token) ? rival : missed;
      }
      coarse = coarse && logits.sharing(row, position, token) <= HALF_OF_ALL;
    }
    if (probabilities) {
      softmaxed++;
      firstSoftmaxed = firstSoftmaxed == null ? request.where : firstSoftmaxed;
    }
    request.sink.accept(
        new Likelihood(sum, missed, tied && !beaten, coarse, LongBuffer.wrap(request.whole)));
  }

  static String shortened(String text) {
    return text.length() <= 60 ? text : "…" + text.substring(text.length() - 59);
  }
}
