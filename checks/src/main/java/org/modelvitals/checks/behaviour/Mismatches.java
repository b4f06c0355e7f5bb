package org.modelvitals.checks.behaviour;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.modelvitals.reading.Evidence;

/** How many elements are not what was expected, and the first few of them. */
final class Mismatches {
  private static final int KEPT = 10;

  private final TreeSet<One> first =
      new TreeSet<>(Comparator.comparingLong(One::row).thenComparingLong(One::element));
  private long count;

  /**
   * One element.
   *
   * @param element its number within the row
   * @param difference how far it is, as a text; empty for texts
   */
  private record One(
      long row, long element, String place, String expected, String actual, String difference) {}

  /**
   * Counts element {@code i}; looks at it only if it is among the first.
   *
   * @param from where the row begins
   * @param ofRows whether the first axis is that of rows
   */
  void add(
      Places places, int row, int i, int from, boolean ofRows, Elements actual, Elements expected) {
    count++;
    long index = places.index(row);
    if (first.size() < KEPT || index <= first.last().row) {
      boolean numbers = !actual.isText() && !expected.isText();
      keep(
          new One(
              index,
              i - from,
              places.where(row) + " " + actual.place(i, ofRows),
              expected.text(i),
              actual.text(i),
              numbers
                  ? org.modelvitals.unit.Quantity.number(actual.number(i) - expected.number(i))
                      .display()
                  : ""));
    }
  }

  /** Counts {@code elements} that cannot be compared one by one. */
  void add(Places places, long elements, String expected, String actual) {
    count += Math.max(1, elements);
    keep(new One(places.index(0), -1, places.where(0), expected, actual, ""));
  }

  private void keep(One one) {
    first.add(one);
    if (first.size() > KEPT) {
      first.pollLast();
    }
  }

  void merge(Mismatches other) {
    count += other.count;
    other.first.forEach(this::keep);
  }

  long count() {
    return count;
  }

  /** A table of the first ones, headed by the output's name. */
  Evidence table(String output, String limits) {
    One one = first.first();
    return new Evidence.Table(
        "First mismatches of '" + output + "'",
        "the output '%s' is %s at %s, expected %s (%s)"
            .formatted(output, one.actual, one.place, one.expected, limits),
        List.of("place", "expected", "actual", "difference"),
        first.stream()
            .map(m -> List.of(m.place, m.expected, m.actual, m.difference))
            .collect(Collectors.toList()));
  }
}
