package org.modelvitals.language;

import java.util.List;

/**
 * Rows of token ids that are fed together, padded to one length.
 *
 * @param rows token ids, a row each, of any lengths; not copied
 * @param side where shorter rows are padded
 * @param paddingId the id at places without a token; masked, so that any known id will do
 */
public record TokenRows(List<long[]> rows, Padding side, long paddingId) {

  /** The side on which shorter rows are padded. */
  public enum Padding {
    LEFT,
    RIGHT
  }

  public TokenRows {
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one row of tokens");
    }
  }

  /** Rows that are padded on the right with id 0. */
  public static TokenRows of(long[]... rows) {
    return new TokenRows(List.of(rows), Padding.RIGHT, 0);
  }

  /** The same rows, padded on {@code newSide}. */
  public TokenRows padded(Padding newSide, long id) {
    return new TokenRows(rows, newSide, id);
  }

  /** The length of the longest row. */
  public int width() {
    int width = 0;
    for (long[] row : rows) {
      width = Math.max(width, row.length);
    }
    return width;
  }

  /** How many tokens there are, padding left out. */
  public long tokens() {
    return rows.stream().mapToLong(row -> row.length).sum();
  }

  /** What stands at one place: a token of each row, or none where it has padding. */
  TokenRows at(int place) {
    return new TokenRows(
        rows.stream()
            .map(
                row -> {
                  int index = side == Padding.LEFT ? place - (width() - row.length) : place;
                  return index >= 0 && index < row.length ? new long[] {row[index]} : new long[0];
                })
            .toList(),
        Padding.RIGHT,
        paddingId);
  }

  /** The place of a row's first token among the places of all rows. */
  int first(int row) {
    return side == Padding.LEFT ? width() - rows.get(row).length : 0;
  }
}
