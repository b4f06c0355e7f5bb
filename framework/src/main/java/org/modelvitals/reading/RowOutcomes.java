package org.modelvitals.reading;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of each row, in the order of the data, so that a later run can be paired with this
 * one row by row. Immutable.
 */
public final class RowOutcomes {
  /** Of more rows than this nothing is kept. */
  public static final int MOST = 1 << 18;

  private final long[] prints;
  private final List<RowColumn> columns;
  private final Map<Integer, String> places;

  /**
   * @param prints a fingerprint of each row as it stands in the data
   * @param columns what is known of the rows, names unique
   * @param places where some of the rows stand, for people
   */
  public RowOutcomes(long[] prints, List<RowColumn> columns, Map<Integer, String> places) {
    this.prints = prints.clone();
    this.columns = List.copyOf(columns);
    this.places = Map.copyOf(places);
  }

  /** The number of rows. */
  public int size() {
    return prints.length;
  }

  /** The fingerprint of a row as it stands in the data: equal rows have equal ones. */
  public long print(int row) {
    return prints[row];
  }

  public List<RowColumn> columns() {
    return columns;
  }

  /** Where a row stands, for people: its place where that is known, else its number from 1. */
  public String place(int row) {
    String place = places.get(row);
    return place == null ? "row " + (row + 1) : place;
  }

  /** The places that are known, by the row's number from 0. */
  public Map<Integer, String> places() {
    return places;
  }

  /** The words under a name. */
  public Optional<RowColumn.Words> words(String name) {
    return column(name, RowColumn.Words.class);
  }

  /** The numbers under a name. */
  public Optional<RowColumn.Numbers> numbers(String name) {
    return column(name, RowColumn.Numbers.class);
  }

  /** Whether something is known under a name. */
  public boolean has(String name) {
    return columns.stream().anyMatch(column -> column.name().equals(name));
  }

  private <C extends RowColumn> Optional<C> column(String name, Class<C> type) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  /** The same rows with other columns. */
  public RowOutcomes with(List<RowColumn> others) {
    return new RowOutcomes(prints, others, places);
  }
}
