package org.modelvitals.checks.behaviour;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Value;
import org.modelvitals.statistics.Moments;
import org.modelvitals.statistics.RunningQuantiles;

/** How the values of an output are distributed, seen once and merged like an accumulator. */
final class Distribution {
  /** How many numbers are kept for an exact median. */
  static final int KEPT = 1 << 16;

  /** How many different texts, integers or booleans are kept. */
  static final int DISTINCT = 100;

  private static final int PLACES = 5;

  private final @Nullable Double threshold;
  private final boolean sums;
  private final Moments finite = new Moments();
  private final Moments rowMeans = new Moments();
  private final Moments rowShares = new Moments();
  private final RunningQuantiles median = new RunningQuantiles(KEPT);
  private final TreeSet<Broken> broken = new TreeSet<>();
  private final TreeSet<String> distinct = new TreeSet<>();
  private final ShapeSeen shape = new ShapeSeen();
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double sumDeviation;
  private long sumsSeen;
  private long numbers;
  private long elements;
  private long reached;
  private long brokenRows;
  private long rows;

  /** A row with a number that is not finite. */
  private record Broken(long index, String where) implements Comparable<Broken> {
    @Override
    public int compareTo(Broken other) {
      return Long.compare(index, other.index);
    }
  }

  /**
   * @param threshold for the share of numbers that reach it; null if nobody asks
   * @param sums whether the last axis should sum to one
   */
  Distribution(@Nullable Double threshold, boolean sums) {
    this.threshold = threshold;
    this.sums = sums;
  }

  /**
   * Takes in the value of an output in one call.
   *
   * @param brokenHere to which the rows are added that have a number that is not finite
   */
  void add(Value value, Places places, BitSet brokenHere) {
    rows += places.rows();
    shape.add(value, places.rows());
    BitSet found = new BitSet();
    for (Elements part : Elements.of(value)) {
      elements += part.size();
      if (part.isExact()) {
        distinct(part);
      }
      if (!part.isText()) {
        numbers(part, places, found);
      }
    }
    brokenRows += found.cardinality();
    found.stream().forEach(row -> broken.add(new Broken(places.index(row), places.where(row))));
    trim();
    brokenHere.or(found);
  }

  private void distinct(Elements part) {
    for (int i = 0; i < part.size() && distinct.size() <= DISTINCT; i++) {
      distinct.add(part.text(i));
    }
  }

  private void numbers(Elements part, Places places, BitSet found) {
    int parts = Difference.rowsOf(part, places);
    int perRow = part.size() / parts;
    numbers += part.size();
    for (int row = 0; row < parts; row++) {
      if (row(part, row * perRow, perRow)) {
        found.set(row);
      }
    }
    if (sums && part.width() > 0) {
      sums(part);
    }
  }

  /** Takes in one row; whether something in it is not finite. */
  private boolean row(Elements part, int from, int count) {
    double sum = 0;
    long good = 0;
    long above = 0;
    double limit = threshold == null ? Double.NaN : threshold;
    for (int i = from; i < from + count; i++) {
      double value = part.number(i);
      above += value >= limit ? 1 : 0;
      if (Double.isFinite(value)) {
        finite.add(value);
        median.add(value);
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
        good++;
      }
    }
    reached += above;
    if (good > 0) {
      rowMeans.add(sum / (double) good);
    }
    if (count > 0) {
      rowShares.add((double) above / count);
    }
    return good < count;
  }

  private void trim() {
    while (broken.size() > PLACES) {
      broken.pollLast();
    }
  }

  private void sums(Elements part) {
    int width = part.width();
    for (int from = 0; from + width <= part.size(); from += width) {
      double sum = 0;
      for (int i = from; i < from + width; i++) {
        sum += part.number(i);
      }
      double deviation = Math.abs(sum - 1);
      sumDeviation = Double.isNaN(deviation) ? deviation : Math.max(sumDeviation, deviation);
      sumsSeen++;
    }
  }

  /** Takes in what another has seen, of other rows of the same output. */
  void merge(Distribution other) {
    include(other);
    rows += other.rows;
    brokenRows += other.brokenRows;
    shape.merge(other.shape);
    other.distinct.stream().limit(DISTINCT + 1L).forEach(distinct::add);
  }

  /** Takes in the numbers of another output. */
  void include(Distribution other) {
    finite.merge(other.finite);
    rowMeans.merge(other.rowMeans);
    rowShares.merge(other.rowShares);
    median.merge(other.median);
    broken.addAll(other.broken);
    trim();
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    sumDeviation = Math.max(sumDeviation, other.sumDeviation);
    sumsSeen += other.sumsSeen;
    numbers += other.numbers;
    elements += other.elements;
    reached += other.reached;
  }

  @Nullable Double threshold() {
    return threshold;
  }

  long rows() {
    return rows;
  }

  long elements() {
    return elements;
  }

  /** Elements that are numbers, finite or not. */
  long numbers() {
    return numbers;
  }

  /** The finite numbers. */
  Moments finite() {
    return finite;
  }

  /** The mean of the finite numbers of each row. */
  Moments rowMeans() {
    return rowMeans;
  }

  /** Numbers at or above the threshold. */
  long reached() {
    return reached;
  }

  /** The share of numbers at or above the threshold in each row. */
  Moments rowShares() {
    return rowShares;
  }

  RunningQuantiles median() {
    return median;
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  /** The largest distance from 1 of a sum along the last axis, and how many sums there were. */
  double sumDeviation() {
    return sumDeviation;
  }

  long sumsSeen() {
    return sumsSeen;
  }

  /** Rows with a number that is not finite. */
  long brokenRows() {
    return brokenRows;
  }

  /** Where the first of them are. */
  List<String> firstBroken() {
    return broken.stream().map(Broken::where).toList();
  }

  /** Different texts, integers or booleans, up to one more than are kept. */
  Set<String> distinct() {
    return distinct;
  }

  String shape() {
    return shape.toString();
  }
}
