package org.modelvitals.checks.behaviour;

import java.util.ArrayList;
import java.util.List;
import org.modelvitals.model.Value;
import org.modelvitals.statistics.Moments;

/**
 * How far values are from those that were expected, element by element, seen once and merged like
 * an accumulator. Two NaN are equal, and an infinity equals itself; where one side only is not
 * finite, the two are infinitely far from each other.
 */
final class Difference {
  private static final int KEPT = 10;

  private final Tolerance tolerance;
  private final Mismatches mismatches = new Mismatches();
  private final Moments absolute = new Moments();
  private final Moments rowMeans = new Moments();
  private final Moments squares = new Moments();
  private final Moments cosines = new Moments();
  private double leastCosine = Double.POSITIVE_INFINITY;
  private double largest;
  private String largestAt = "";
  private final List<List<String>> otherMaxima = new ArrayList<>();
  private double largestRelative;
  private long elements;
  private long numbers;
  private long apart;
  private long maxima;
  private long equalMaxima;

  Difference(Tolerance tolerance) {
    this.tolerance = tolerance;
  }

  /** Compares the value of an output in one call with what it should be. */
  void add(Value actual, Value expected, Places places) {
    List<Elements> ours = Elements.of(actual);
    List<Elements> theirs = Elements.of(expected);
    if (!fits(actual, expected)) {
      long lost = Math.max(size(ours), size(theirs));
      elements += lost;
      mismatches.add(places, lost, Elements.describe(expected), Elements.describe(actual));
      apart++;
      return;
    }
    for (int part = 0; part < ours.size(); part++) {
      add(ours.get(part), theirs.get(part), places);
    }
  }

  /** Same structure, element types and shapes. */
  private static boolean fits(Value actual, Value expected) {
    return Elements.describe(actual).equals(Elements.describe(expected));
  }

  private static long size(List<Elements> parts) {
    return parts.stream().mapToLong(Elements::size).sum();
  }

  private void add(Elements actual, Elements expected, Places places) {
    int parts = rowsOf(actual, places);
    int perRow = actual.size() / parts;
    for (int row = 0; row < parts; row++) {
      int from = row * perRow;
      if (actual.isText()) {
        texts(actual, expected, places, row, from, from + perRow);
      } else {
        numbers(actual, expected, places, row, from, from + perRow);
      }
    }
    elements += actual.size();
    if (!actual.isText() && actual.width() > 1) {
      maxima(actual, expected, places);
    }
  }

  /** How many rows the elements are of: all those of the call, or one if they do not tell. */
  static int rowsOf(Elements elements, Places places) {
    return leads(elements, places) ? Math.max(1, places.rows()) : 1;
  }

  /** Whether the first axis is that of rows. */
  private static boolean leads(Elements elements, Places places) {
    return elements instanceof Elements.OfTensor of
        ? of.tensor().rank() > 0 && of.tensor().dim(0) == places.rows()
        : elements.size() == places.rows() * elements.width();
  }

  private void texts(Elements actual, Elements expected, Places places, int row, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!actual.isSame(i, expected)) {
        mismatches.add(places, row, i, from, leads(actual, places), actual, expected);
      }
    }
  }

  private void numbers(
      Elements actual, Elements expected, Places places, int row, int from, int to) {
    double sum = 0;
    double product = 0;
    double normActual = 0;
    double normExpected = 0;
    long finite = 0;
    boolean exact = actual.isExact();
    double scale = tolerance.share() > 0 ? scale(expected, from, to) : 0;
    for (int i = from; i < to; i++) {
      double a = actual.number(i);
      double e = expected.number(i);
      if (exact ? !actual.isSame(i, expected) : !tolerance.accepts(a, e, scale)) {
        mismatches.add(places, row, i, from, leads(actual, places), actual, expected);
      }
      if (Double.isFinite(a) && Double.isFinite(e)) {
        double difference = Math.abs(a - e);
        sum += difference;
        absolute.add(difference);
        squares.add(difference * difference);
        if (difference > largest) {
          largest = difference;
          largestAt = places.where(row) + " " + actual.place(i, leads(actual, places));
        }
        if (e != 0) {
          largestRelative = Math.max(largestRelative, difference / Math.abs(e));
        }
        product += a * e;
        normActual += a * a;
        normExpected += e * e;
        finite++;
      } else if (Double.compare(a, e) != 0) {
        apart++;
      }
    }
    numbers += to - from;
    if (finite > 0) {
      rowMeans.add(sum / (double) finite);
    }
    if (finite == to - from && finite > 1) {
      cosine(product, normActual, normExpected);
    }
  }

  private static double scale(Elements expected, int from, int to) {
    double largest = 0;
    for (int i = from; i < to; i++) {
      double value = Math.abs(expected.number(i));
      largest = Double.isFinite(value) ? Math.max(largest, value) : largest;
    }
    return largest;
  }

  private void cosine(double product, double normActual, double normExpected) {
    double norms = Math.sqrt(normActual) * Math.sqrt(normExpected);
    // Two vectors of zeros point the same way as much as anything can be said of them.
    double cosine =
        norms > 0 ? Math.max(-1, Math.min(1, product / norms)) : normActual == normExpected ? 1 : 0;
    cosines.add(cosine);
    leastCosine = Math.min(leastCosine, cosine);
  }

  private void maxima(Elements actual, Elements expected, Places places) {
    int width = actual.width();
    int perRow = actual.size() / rowsOf(actual, places);
    for (int from = 0; from + width <= actual.size(); from += width) {
      maxima++;
      int ours = largestOf(actual, from, width);
      int theirs = largestOf(expected, from, width);
      if (ours == theirs) {
        equalMaxima++;
      } else if (otherMaxima.size() < KEPT) {
        boolean leads = leads(actual, places);
        otherMaxima.add(
            List.of(
                places.where(perRow == 0 ? 0 : from / perRow),
                actual.place(ours, leads),
                actual.place(theirs, leads)));
      }
    }
  }

  /**
   * The place of the largest of {@code width} elements, the first of equal ones; NaN is largest.
   */
  private static int largestOf(Elements elements, int from, int width) {
    int best = from;
    for (int i = from + 1; i < from + width; i++) {
      if (Double.compare(elements.number(i), elements.number(best)) > 0) {
        best = i;
      }
    }
    return best;
  }

  /** Takes in what another has seen, of later rows or of another output. */
  void merge(Difference other) {
    mismatches.merge(other.mismatches);
    absolute.merge(other.absolute);
    rowMeans.merge(other.rowMeans);
    squares.merge(other.squares);
    cosines.merge(other.cosines);
    leastCosine = Math.min(leastCosine, other.leastCosine);
    if (other.largest > largest) {
      largest = other.largest;
      largestAt = other.largestAt;
    }
    other.otherMaxima.stream().limit(KEPT - otherMaxima.size()).forEach(otherMaxima::add);
    largestRelative = Math.max(largestRelative, other.largestRelative);
    elements += other.elements;
    numbers += other.numbers;
    apart += other.apart;
    maxima += other.maxima;
    equalMaxima += other.equalMaxima;
  }

  Tolerance tolerance() {
    return tolerance;
  }

  Mismatches mismatches() {
    return mismatches;
  }

  /** Elements compared, of any type. */
  long elements() {
    return elements;
  }

  /** Elements that are numbers. */
  long numbers() {
    return numbers;
  }

  /** Elements of which one side only is finite, and values of different shape or type. */
  long apart() {
    return apart;
  }

  double largest() {
    return apart > 0 ? Double.POSITIVE_INFINITY : largest;
  }

  /** Where the largest finite difference is, for people; empty if nothing differs. */
  String largestAt() {
    return largestAt;
  }

  /** Rows of the first arg max that do not agree: where, ours, theirs. */
  List<List<String>> otherMaxima() {
    return List.copyOf(otherMaxima);
  }

  double largestRelative() {
    return apart > 0 ? Double.POSITIVE_INFINITY : largestRelative;
  }

  /** The absolute differences of all elements. */
  Moments absolute() {
    return absolute;
  }

  /** The mean absolute difference of each row. */
  Moments rowMeans() {
    return rowMeans;
  }

  /** The mean squared difference of all elements. */
  double meanSquare() {
    return apart > 0 ? Double.POSITIVE_INFINITY : squares.mean();
  }

  /** Cosines of the angle between actual and expected rows that have at least two numbers. */
  Moments cosines() {
    return cosines;
  }

  double leastCosine() {
    return leastCosine;
  }

  /** How many times an arg max along the last axis was compared, and how often it agreed. */
  long maxima() {
    return maxima;
  }

  long equalMaxima() {
    return equalMaxima;
  }
}
