package org.modelvitals.language;

import java.util.BitSet;
import java.util.List;
import org.modelvitals.language.TokenRows.Padding;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.Tensor;

/**
 * Which places of a batch hold tokens and which padding, over all calls since the start. Positions
 * count the tokens before a place, as Hugging Face derives them from the mask ({@code
 * mask.cumsum(-1) - 1}); places of padding have position 1 there, and here. Models whose sequences
 * have a fixed length get rows that are filled up to it.
 */
final class Columns {
  private final BitSet[] attended;
  private final int[] counts;
  private final int[] first;
  private final int[] own;
  private final int start;
  private final int least;
  private int length;
  private int fed;
  private int added;
  private List<long[]> ids = List.of();
  private long paddingId;

  /**
   * @param start the position of each row's first token
   */
  Columns(int rows, int start) {
    this(rows, start, 0);
  }

  /**
   * The same for a model whose calls have at least so many places.
   *
   * @param least places of a call
   */
  Columns(int rows, int start, int least) {
    this.start = start;
    this.least = least;
    attended = new BitSet[rows];
    for (int row = 0; row < rows; row++) {
      attended[row] = new BitSet();
    }
    counts = new int[rows];
    first = new int[rows];
    own = new int[rows];
  }

  /** Appends the places of further tokens. */
  void append(TokenRows rows) {
    rows.rows().forEach(Columns::requireIds);
    length += added;
    added = Math.max(least, rows.width());
    fed += rows.width();
    ids = rows.rows();
    paddingId = rows.paddingId();
    for (int row = 0; row < attended.length; row++) {
      counts[row] += own[row];
      own[row] = ids.get(row).length;
      first[row] = rows.side() == Padding.LEFT ? added - own[row] : 0;
      int start = length + first[row];
      attended[row].set(start, start + own[row]);
    }
  }

  /** An index below zero would count from the end of the embeddings, without a word. */
  private static void requireIds(long[] row) {
    for (int i = 0; i < row.length; i++) {
      if (row[i] < 0) {
        throw new ModelException(
            ModelException.Reason.BAD_INPUT,
            "token %d of a row has the id %d; ids count from 0".formatted(i, row[i]));
      }
    }
  }

  int rows() {
    return attended.length;
  }

  /** Places of earlier calls. */
  int past() {
    return length;
  }

  /** Places of all calls. */
  int total() {
    return length + added;
  }

  /** Places of all calls, without those that fill up a fixed length. */
  int fed() {
    return fed;
  }

  /** Places of the last call. */
  int added() {
    return added;
  }

  int[] first() {
    return first.clone();
  }

  int[] own() {
    return own.clone();
  }

  /** Whether any place holds padding. */
  boolean isRagged() {
    for (BitSet row : attended) {
      if (row.cardinality() < total()) {
        return true;
      }
    }
    return false;
  }

  /** Whether padding stands before a token. */
  boolean isPaddedBefore() {
    for (BitSet row : attended) {
      if (row.cardinality() < row.length()) {
        return true;
      }
    }
    return false;
  }

  private boolean isOwn(int row, int place) {
    return place >= first[row] && place < first[row] + own[row];
  }

  /** Fills [rows, added] with the ids of the last call. */
  void fillIds(Tensor tensor) {
    for (int row = 0; row < attended.length; row++) {
      for (int place = 0; place < added; place++) {
        tensor.setLong(
            row * added + place, isOwn(row, place) ? ids.get(row)[place - first[row]] : paddingId);
      }
    }
  }

  /** Fills [rows, added], or [n, rows, added], with positions of the tokens of the last call. */
  void fillPositions(Tensor tensor) {
    int repeat = tensor.size() / (attended.length * added);
    int at = 0;
    for (int time = 0; time < repeat; time++) {
      for (int row = 0; row < attended.length; row++) {
        for (int place = 0; place < added; place++) {
          tensor.setLong(
              at++, isOwn(row, place) ? (long) start + counts[row] + place - first[row] : 1);
        }
      }
    }
  }

  /**
   * Fills [rows, places] with ones for tokens.
   *
   * @param from places before it are there already
   * @param total how many places there are
   */
  void fillMask(Tensor tensor, int from, int total) {
    for (int row = 0; row < attended.length; row++) {
      for (int place = from; place < total; place++) {
        set(tensor, row * total + place, attended[row].get(place) ? 1 : 0);
      }
    }
  }

  private static void set(Tensor tensor, int i, int value) {
    if (tensor.type().isFloating()) {
      tensor.setDouble(i, value);
    } else {
      tensor.setLong(i, value);
    }
  }

  /** Fills [added] with the places of the last call. */
  void fillCachePositions(Tensor tensor) {
    for (int place = 0; place < added; place++) {
      tensor.setLong(place, (long) length + place);
    }
  }

  /** Fills [rows] with the index of each row's last token among its tokens. */
  void fillLastIndex(Tensor tensor) {
    for (int row = 0; row < attended.length; row++) {
      tensor.setLong(row, (long) counts[row] + own[row] - 1);
    }
  }

  static void fill(Tensor tensor, double value) {
    for (int i = 0; i < tensor.size(); i++) {
      if (tensor.type().isFloating() || tensor.type() == ElementType.BOOL) {
        tensor.setDouble(i, value);
      } else {
        tensor.setLong(i, (long) value);
      }
    }
  }
}
