package org.modelvitals.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.TokenRows.Padding;
import org.modelvitals.model.ModelException;

/**
 * Prefill and decode of a batch of rows: tokens are fed in several calls, and what the earlier ones
 * left behind is kept in the model's cache, in native memory. A model without a cache is run on all
 * tokens again in each call, which gives the same logits and takes longer. For one thread.
 */
public final class Decoding implements AutoCloseable {
  private final Stage first;
  private final @Nullable Stage later;
  private @Nullable Encoded encoded;
  private final boolean recomputes;
  private final SideBySide sideBySide = new SideBySide();
  private Columns columns = new Columns(0, 0);
  private int start;
  private @Nullable TokenRows all;
  private long[][] single = {};

  /**
   * A decoding.
   *
   * @param later the graph for the calls after the first, if that is another
   */
  private Decoding(Stage first, @Nullable Stage later) {
    this.first = first;
    this.later = later;
    this.recomputes = later == null && first.graph().caches().isEmpty();
  }

  /** Of one graph that takes and gives its cache, or has none. */
  static Decoding of(LanguageGraph graph) {
    return new Decoding(Stage.carrying(graph), null);
  }

  /** For passes that nothing follows. */
  static Decoding once(LanguageGraph graph) {
    return graph.takesOneToken() ? of(graph) : new Decoding(Stage.once(graph), null);
  }

  /**
   * Of a decoder over an encoder's states.
   *
   * @param later the graph for the calls after the first; null if there is but one, without a cache
   */
  static Decoding ofDecoder(LanguageGraph first, @Nullable LanguageGraph later) {
    return later == null
        ? new Decoding(Stage.once(first), null)
        : new Decoding(Stage.first(first, later), Stage.later(later));
  }

  /** From the next prefill on, what the encoder made of its batch. */
  Decoding over(Encoded source) {
    encoded = source;
    return this;
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
    requireTokens(rows);
    start = firstPosition;
    columns = new Columns(rows.rows().size(), start, first.graph().fixedLength());
    all = recomputes ? rows : null;
    first.start(columns.rows());
    Logits logits = feed(first, filledUp(rows));
    if (later != null) {
      later.takeFrom(first);
    }
    return logits;
  }

  /**
   * Where logits come after the last place only, what fills up a fixed length must stand before the
   * tokens.
   */
  private TokenRows filledUp(TokenRows rows) {
    LanguageGraph graph = first.graph();
    return graph.fixedLength() > 0 && graph.saysLastOnly()
        ? rows.padded(Padding.LEFT, rows.paddingId())
        : rows;
  }

  private static void requireTokens(TokenRows rows) {
    for (int row = 0; row < rows.rows().size(); row++) {
      if (rows.rows().get(row).length == 0) {
        throw new ModelException(
            ModelException.Reason.BAD_INPUT,
            "row %d has no tokens; at least one is needed to go on from".formatted(row));
      }
    }
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
    if (all != null) {
      return again(all, more);
    }
    return feed(later == null ? first : later, more);
  }

  /** In one call, or in one a place where the graph takes no more. */
  private Logits feed(Stage stage, TokenRows rows) {
    if (rows.width() <= 1 || !stage.graph().takesOneToken()) {
      columns.append(rows);
      return call(stage, columns.own());
    }
    for (int place = 0; place < rows.width(); place++) {
      columns.append(rows.at(place));
      sideBySide.add(call(stage, columns.own()), place, rows.width());
    }
    return sideBySide.logits(rows);
  }

  /** All tokens again, without a cache. */
  private Logits again(TokenRows before, TokenRows more) {
    List<long[]> rows = new ArrayList<>();
    int[] counts = new int[columns.rows()];
    for (int row = 0; row < counts.length; row++) {
      long[] head = before.rows().get(row);
      long[] tail = more.rows().get(row);
      long[] both = Arrays.copyOf(head, head.length + tail.length);
      System.arraycopy(tail, 0, both, head.length, tail.length);
      rows.add(both);
      counts[row] = tail.length;
    }
    TokenRows joined = new TokenRows(rows, before.side(), before.paddingId());
    all = joined;
    columns = new Columns(counts.length, start, first.graph().fixedLength());
    columns.append(filledUp(joined));
    return call(first, counts);
  }

  /** After a call that failed, nothing is known of the cache: what comes next is a prefill. */
  private Logits call(Stage stage, int[] counts) {
    Columns now = columns;
    columns = new Columns(0, 0);
    Logits logits = stage.call(now, counts, encoded);
    columns = now;
    return logits;
  }

  /** Feeds one further token of every row. */
  public Logits step(long... next) {
    if (single.length != next.length) {
      single = new long[next.length][1];
    }
    for (int row = 0; row < next.length; row++) {
      single[row][0] = next[row];
    }
    return append(new TokenRows(List.of(single), Padding.RIGHT, 0));
  }

  /** How many places each row has so far: tokens, and padding among them. */
  public int length() {
    return columns.fed();
  }

  /** Whether all tokens are fed again in each call, because the model has no cache. */
  public boolean recomputes() {
    return recomputes;
  }

  /** The size of the cache as it is now, in bytes. */
  public long cacheBytes() {
    return (later == null ? first : later).cacheBytes();
  }

  @Override
  public void close() {
    if (later != null) {
      later.close();
    }
    first.close();
  }
}
