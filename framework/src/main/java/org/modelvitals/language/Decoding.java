package org.modelvitals.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.LanguageGraph.Cache;
import org.modelvitals.language.LanguageGraph.Input;
import org.modelvitals.language.LanguageGraph.Role;
import org.modelvitals.language.TokenRows.Padding;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;
import org.modelvitals.model.ValueInfo;

/**
 * Prefill and decode of a batch of rows: tokens are fed in several calls, and what the earlier ones
 * left behind is kept in the model's cache. A model without a cache is run on all tokens again in
 * each call, which gives the same logits and takes longer. For one thread.
 */
public final class Decoding implements AutoCloseable {
  private final LanguageGraph graph;
  private final Map<String, Tensor> caches = new LinkedHashMap<>();
  private Columns columns = new Columns(0, 0);
  private @Nullable TokenRows all;
  private int start;

  Decoding(LanguageGraph graph) {
    this.graph = graph;
  }

  /**
   * Feeds a batch from an empty cache.
   *
   * @return logits of all tokens, valid until the next call
   * @throws ModelException if a row has no tokens, or the model cannot be run on the rows
   */
  public Logits prefill(TokenRows rows) {
    return prefill(rows, 0);
  }

  /**
   * Feeds a batch from an empty cache as if other tokens had stood before it: only the positions
   * tell of them.
   *
   * @param firstPosition the position of each row's first token; what it is counts only for models
   *     that {@linkplain LanguageModel#takesPositions take positions}
   * @return logits of all tokens, valid until the next call
   * @throws ModelException if a row has no tokens, or the model cannot be run on the rows
   */
  public Logits prefill(TokenRows rows, int firstPosition) {
    for (int row = 0; row < rows.rows().size(); row++) {
      if (rows.rows().get(row).length == 0) {
        throw bad("row %d has no tokens; at least one is needed to go on from".formatted(row));
      }
    }
    start = firstPosition;
    columns = new Columns(rows.rows().size(), start);
    all = null;
    caches.clear();
    for (Cache cache : graph.caches()) {
      ValueInfo past = cache.past();
      caches.put(past.name(), Tensor.allocate(past.type(), emptyCache(past, columns.rows())));
    }
    return feed(rows);
  }

  /**
   * Feeds further tokens of every row; a row may have none.
   *
   * @return logits of these tokens, valid until the next call
   */
  public Logits append(TokenRows more) {
    if (columns.rows() == 0) {
      throw new IllegalStateException("prefill comes before append");
    }
    if (more.rows().size() != columns.rows()) {
      throw new IllegalArgumentException(
          "%d rows of tokens for a batch of %d".formatted(more.rows().size(), columns.rows()));
    }
    return feed(more);
  }

  /** Feeds one further token of every row. */
  public Logits step(long... next) {
    List<long[]> rows = new ArrayList<>();
    for (long token : next) {
      rows.add(new long[] {token});
    }
    return append(new TokenRows(rows, Padding.RIGHT, 0));
  }

  /** How many places the cache has for each row: tokens, and padding among them. */
  public int length() {
    return columns.total();
  }

  /** Whether all tokens are fed again in each call, because the model has no cache. */
  public boolean recomputes() {
    return graph.caches().isEmpty();
  }

  /** The size of the cache as it is now, in bytes. */
  public long cacheBytes() {
    return caches.values().stream().mapToLong(t -> (long) t.size() * t.type().bytes()).sum();
  }

  private Logits feed(TokenRows rows) {
    if (recomputes()) {
      all = joined(all, rows);
      columns = new Columns(rows.rows().size(), start);
      columns.append(all);
    } else {
      columns.append(rows);
    }
    requireFeedable();
    Map<String, Tensor> inputs = new LinkedHashMap<>(caches);
    graph.inputs().forEach(input -> inputs.put(input.info().name(), tensor(input)));
    Map<String, Value> outputs = graph.model().run(inputs);
    for (Cache cache : graph.caches()) {
      ValueInfo present = cache.present();
      if (present != null && outputs.get(present.name()) instanceof Tensor tensor) {
        caches.put(cache.past().name(), tensor);
      }
    }
    return logits(outputs.get(graph.logits().name()), rows);
  }

  private static TokenRows joined(@Nullable TokenRows before, TokenRows more) {
    if (before == null) {
      return more;
    }
    List<long[]> rows = new ArrayList<>();
    for (int row = 0; row < more.rows().size(); row++) {
      long[] head = before.rows().get(row);
      long[] tail = more.rows().get(row);
      long[] both = java.util.Arrays.copyOf(head, head.length + tail.length);
      System.arraycopy(tail, 0, both, head.length, tail.length);
      rows.add(both);
    }
    return new TokenRows(rows, before.side(), before.paddingId());
  }

  private Logits logits(@Nullable Value output, TokenRows rows) {
    int batch = columns.rows();
    int added = columns.added();
    if (!(output instanceof Tensor tensor) || tensor.rank() < 2) {
      throw failed("the output '%s' is no tensor with logits".formatted(graph.logits().name()));
    }
    int places = tensor.rank() == 3 ? Math.toIntExact(tensor.dim(1)) : 1;
    boolean fits = tensor.dim(0) == batch && tensor.rank() <= 3 && (places == added || places == 1);
    if (!fits) {
      throw failed(
          "the output '%s' is %s for %d rows of %d tokens; expected [%d, %d, vocabulary] or [%d, vocabulary]"
              .formatted(graph.logits().name(), tensor, batch, added, batch, added, batch));
    }
    int[] own = new int[batch];
    int[] first = columns.first();
    for (int row = 0; row < batch; row++) {
      own[row] = rows.rows().get(row).length;
      first[row] += columns.own()[row] - own[row];
      if (places == 1 && added > 1 && first[row] + own[row] != added) {
        throw bad(
            "the model gives logits at the last place only, where row %d has padding; pad on the left"
                .formatted(row));
      }
    }
    return new Logits(tensor, first, own, places, Math.toIntExact(tensor.dim(-1)));
  }

  private void requireFeedable() {
    if (!graph.has(Role.MASK) && !graph.has(Role.LAST_INDEX) && columns.isPaddedBefore()) {
      throw bad(
          "the model takes no attention mask, so tokens cannot stand behind padding; feed rows of"
              + " one length, or one row at a time");
    }
  }

  private Tensor tensor(Input input) {
    ValueInfo info = input.info();
    int rows = columns.rows();
    int added = columns.added();
    return switch (input.role()) {
      case IDS, TYPES, POSITIONS -> {
        long[] shape =
            info.shape().size() == 3 ? new long[] {0, rows, added} : new long[] {rows, added};
        if (shape.length == 3) {
          shape[0] = info.shape().get(0).isFree() ? 3 : info.shape().get(0).size();
        }
        requireLength(info, info.shape().size() - 1, added);
        Tensor tensor = Tensor.allocate(info.type(), shape);
        if (input.role() == Role.IDS) {
          columns.fillIds(tensor);
        } else if (input.role() == Role.POSITIONS) {
          columns.fillPositions(tensor);
        }
        yield tensor;
      }
      case MASK -> {
        requireLength(info, 1, columns.total());
        Tensor tensor = Tensor.allocate(info.type(), rows, columns.total());
        columns.fillMask(tensor);
        yield tensor;
      }
      case CACHE_POSITIONS -> {
        Tensor tensor = Tensor.allocate(info.type(), added);
        columns.fillCachePositions(tensor);
        yield tensor;
      }
      case LAST_INDEX -> {
        Tensor tensor =
            info.shape().size() == 1
                ? Tensor.allocate(info.type(), rows)
                : Tensor.allocate(info.type(), rows, 1);
        columns.fillLastIndex(tensor);
        yield tensor;
      }
      case USE_CACHE -> filled(info, columns.past() > 0 ? 1 : 0);
      case PAST_LENGTH -> filled(info, columns.past());
      case TOTAL_LENGTH -> filled(info, columns.total());
      case CONSTANT -> filled(info, input.constant());
      case ENCODER_STATES, ENCODER_MASK ->
          throw bad(
              "the input '%s' is the encoder's; the model is a decoder that needs its encoder"
                  .formatted(info.name()));
    };
  }

  private static Tensor filled(ValueInfo info, double value) {
    long[] shape = info.shape().stream().mapToLong(dim -> dim.isFree() ? 1 : dim.size()).toArray();
    Tensor tensor = Tensor.allocate(info.type(), shape);
    Columns.fill(tensor, value);
    return tensor;
  }

  private static void requireLength(ValueInfo info, int axis, int wanted) {
    Dim length = info.shape().get(axis);
    if (!length.isFree() && length.size() != wanted) {
      throw bad(
          "the input '%s' takes exactly %d tokens, the text has %d"
              .formatted(info.name(), length.size(), wanted));
    }
  }

  /** No past: the first free dimension is the batch unless its name says otherwise. */
  static long[] emptyCache(ValueInfo input, int rows) {
    long[] shape = new long[input.shape().size()];
    boolean batch = false;
    for (int i = 0; i < shape.length; i++) {
      Dim dim = input.shape().get(i);
      if (!dim.isFree()) {
        shape[i] = dim.size();
        continue;
      }
      String name = dim.name() == null ? "" : dim.name().toLowerCase(Locale.ROOT);
      boolean past = name.contains("past") || name.contains("seq") || name.contains("len");
      boolean isBatch = !batch && (!past || name.contains("batch"));
      shape[i] = isBatch ? rows : 0;
      batch |= isBatch;
    }
    return shape;
  }

  private static ModelException bad(String sentence) {
    return new ModelException(ModelException.Reason.BAD_INPUT, sentence);
  }

  private static ModelException failed(String sentence) {
    return new ModelException(ModelException.Reason.RUN_FAILED, sentence);
  }

  @Override
  public void close() {
    caches.clear();
  }
}
