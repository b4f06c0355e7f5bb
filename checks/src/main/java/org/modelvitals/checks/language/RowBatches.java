package org.modelvitals.checks.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.LanguageModel;
import org.modelvitals.language.Logits;
import org.modelvitals.language.TokenRows;
import org.modelvitals.language.TokenRows.Padding;
import org.modelvitals.model.ModelException;
import org.modelvitals.probe.ProbeException;

/**
 * Feeds rows of tokens to a model, several at a time, and hands over the logits of each. Rows are
 * held back and sorted by length, so that little is padded: they are handed over in another order
 * than they were added in, but always in the same one.
 *
 * @param <T> what a row belongs to
 */
final class RowBatches<T> {
  private static final int BATCHES_HELD = 16;
  private static final int MOST_ROWS = 32;

  /** Past this many places, padding included, a larger batch no longer saves time. */
  private static final long MOST_PLACES = 4096;

  /** Logits of one batch, at most: 128 MiB of float32. */
  private static final long MOST_LOGITS = 1L << 25;

  private final LanguageModel model;
  private final @Nullable Integer declared;
  private final OptionalInt fixed;
  private final long padding;
  private final Function<T, String> where;
  private final Visitor<T> visitor;
  private final List<Held<T>> held = new ArrayList<>();

  private static final class Held<T> {
    final long[] ids;
    final T owner;

    Held(long[] ids, T owner) {
      this.ids = ids;
      this.owner = owner;
    }
  }

  /** Takes the logits of a row, which are valid until it returns. */
  interface Visitor<T> {
    void visit(T owner, long[] ids, Logits logits, int row);
  }

  /**
   * @param declared rows in a batch; null for as many as the model is fixed to, or as seem good
   * @param padding the id that fills up shorter rows
   * @param where tells where what a row belongs to stands, for messages
   * @throws ProbeException if the model takes another number of rows than is declared
   */
  RowBatches(
      LanguageModel model,
      @Nullable Integer declared,
      long padding,
      Function<T, String> where,
      Visitor<T> visitor) {
    this.model = model;
    this.declared = declared;
    this.fixed = model.fixedRows();
    if (declared != null && fixed.isPresent() && fixed.getAsInt() != declared) {
      throw new ProbeException(
          "batch is %d, but the rows of a call are fixed to %d in the model; leave 'batch' out"
              .formatted(declared, fixed.getAsInt()));
    }
    this.padding = padding;
    this.where = where;
    this.visitor = visitor;
  }

  /** Adds a row, which is not copied. */
  void add(long[] ids, T owner) {
    held.add(new Held<>(ids, owner));
    if (held.size() >= BATCHES_HELD * (declared == null ? MOST_ROWS : declared)) {
      flush();
    }
  }

  /** Runs what is held back. */
  void flush() {
    held.sort(Comparator.comparingInt((Held<T> row) -> -row.ids.length));
    for (int at = 0; at < held.size(); ) {
      int rows = Math.min(held.size() - at, rows(held.get(at).ids.length));
      run(held.subList(at, at + rows));
      at += rows;
    }
    held.clear();
  }

  private int rows(int width) {
    if (declared != null) {
      return declared;
    }
    if (fixed.isPresent()) {
      return fixed.getAsInt();
    }
    long fitting = Math.min(MOST_PLACES / width, MOST_LOGITS / ((long) width * model.vocabulary()));
    return (int) Math.max(1, Math.min(MOST_ROWS, fitting));
  }

  /**
   * Refuses logits that begin after the position that is needed.
   *
   * @throws ProbeException with a sentence for the author of the check
   */
  static void require(Logits logits, int row, int position) {
    if (position < logits.firstPosition(row)) {
      throw new ProbeException(
          "the model gives logits after the last token of a text only; this probe needs them after"
              + " every token");
    }
  }

  private void run(List<Held<T>> rows) {
    List<long[]> ids = new ArrayList<>(Math.max(rows.size(), fixed.orElse(0)));
    rows.forEach(row -> ids.add(row.ids));
    while (ids.size() < fixed.orElse(0)) {
      ids.add(rows.get(0).ids); // nobody looks at its logits
    }
    // What is padded on the right comes after all that counts, and changes nothing before it.
    Logits logits = score(new TokenRows(ids, Padding.RIGHT, padding), rows);
    for (int i = 0; i < rows.size(); i++) {
      visitor.visit(rows.get(i).owner, rows.get(i).ids, logits, i);
    }
  }

  private Logits score(TokenRows ids, List<Held<T>> rows) {
    try {
      return model.score(ids);
    } catch (ModelException e) {
      Held<T> longest = rows.get(0);
      throw new ModelException(
          e.reason(),
          "%s, with %d tokens%s: %s"
              .formatted(
                  where.apply(longest.owner),
                  longest.ids.length,
                  rows.size() == 1 ? "" : ", the longest of %d in this call".formatted(rows.size()),
                  e.getMessage()),
          e);
    }
  }
}
