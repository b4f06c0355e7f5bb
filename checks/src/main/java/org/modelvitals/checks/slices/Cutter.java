package org.modelvitals.checks.slices;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.modelvitals.probe.ProbeException;

/** Tells which slice a value of one column is in. */
interface Cutter {

  /** Every value is a slice. */
  Cutter EACH =
      new Cutter() {
        @Override
        public String slice(@Nullable Object value) {
          return value == null || SliceValues.isMissing(value)
              ? SliceValues.MISSING
              : SliceValues.text(value);
        }

        @Override
        public Comparator<String> order() {
          return SliceValues.IN_ORDER;
        }
      };

  /** The name of the slice. */
  String slice(@Nullable Object value);

  /** The order of the names for people. */
  Comparator<String> order();

  /** Numbers between edges: {@code under 30}, {@code 30 to 50}, {@code 50 and over}. */
  static Cutter at(String column, List<Double> edges) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i <= edges.size(); i++) {
      names.add(
          i == 0
              ? "under " + SliceValues.text(edges.get(0))
              : i == edges.size()
                  ? SliceValues.text(edges.get(i - 1)) + " and over"
                  : SliceValues.text(edges.get(i - 1)) + " to " + SliceValues.text(edges.get(i)));
    }
    return new OfNumbers(column, edges, names);
  }

  /**
   * Numbers between quantiles: {@code 1 of 4} and so on, whatever the quantiles are; fewer where
   * many numbers are equal.
   *
   * @param edges of all slices but the first; null where no number is between two of them
   */
  static Cutter parts(String column, List<@Nullable Double> edges) {
    List<Double> kept = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of("1 of " + (edges.size() + 1)));
    for (int i = 0; i < edges.size(); i++) {
      Double edge = edges.get(i);
      if (edge != null) {
        kept.add(edge);
        names.add((i + 2) + " of " + (edges.size() + 1));
      }
    }
    return new OfNumbers(column, kept, names);
  }

  /** A number's place between edges, each of which belongs to the slice above it. */
  record OfNumbers(String column, List<Double> edges, List<String> names) implements Cutter {

    @Override
    public String slice(@Nullable Object value) {
      if (value == null || SliceValues.isMissing(value)) {
        return SliceValues.MISSING;
      }
      OptionalDouble number = SliceValues.number(value);
      if (number.isEmpty()) {
        throw new ProbeException(
            "the column '%s' has '%s', and bins need numbers".formatted(column, value));
      }
      int place = 0;
      while (place < edges.size() && number.getAsDouble() >= edges.get(place)) {
        place++;
      }
      return names.get(place);
    }

    @Override
    public Comparator<String> order() {
      return Comparator.comparing(
          name -> names.contains(name) ? names.indexOf(name) : Integer.MAX_VALUE);
    }
  }
}
