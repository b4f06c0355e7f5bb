package org.modelvitals.checks.export;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.statistics.Moments;

/**
 * Compares vectors of numbers that should be equal, place by place: what a model gave for one thing
 * in two situations. An infinity is equal to itself; where one side only is finite, the two are
 * infinitely far from each other. What is expected must be logits: where one of them is NaN or
 * infinity, or all are minus infinity, the place counts as apart whatever it is compared with.
 *
 * @param <P> what a place is called; its {@code toString} is for people
 */
final class Comparison<P> {
  private static final int KEPT = 10;

  private final Allowance allowance;
  private final Moments differences = new Moments();
  private final List<Apart<P>> first = new ArrayList<>();
  private long places;
  private long apart;
  private long numbers;
  private long differing;
  private long undefined;
  private long blind;
  private double largest;
  private double moved;

  Comparison(Allowance allowance) {
    this.allowance = allowance;
  }

  /**
   * Two vectors that are farther apart than allowed, at the element that is farthest.
   *
   * @param allowed how far they may be
   * @param failure why there is nothing to compare; null if there is
   */
  record Apart<P>(
      P place,
      int element,
      double actual,
      double expected,
      double allowed,
      @Nullable String failure) {

    /** Whether what is expected are no logits, so that nothing could be compared. */
    boolean isUndefined() {
      return failure == null && Double.compare(actual, expected) == 0;
    }

    double difference() {
      return distance(actual, expected);
    }
  }

  /** Infinite where one is finite and the other is not. */
  private static double distance(double actual, double expected) {
    if (Double.compare(actual, expected) == 0) {
      return 0;
    }
    double difference = Math.abs(actual - expected);
    return Double.isFinite(difference) ? difference : Double.POSITIVE_INFINITY;
  }

  /** Compares two vectors of one length; whether they are as near as allowed. */
  boolean add(double[] actual, double[] expected, P place) {
    numbers += expected.length;
    places++;
    int wrong = notLogits(expected);
    Allowance.Bounds bounds = allowance.of(expected);
    int farthest = 0;
    double most = -1;
    double worst = -1;
    for (int i = 0; i < expected.length; i++) {
      double a = actual[i];
      double e = expected[i];
      differing += Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(e) ? 0 : 1;
      if (wrong >= 0) {
        continue;
      }
      double difference = distance(a, e);
      double excess = excess(difference, bounds.within(e));
      if (excess > worst
          || (excess == worst && difference > distance(actual[farthest], expected[farthest]))) {
        worst = excess;
        farthest = i;
      }
      most = Math.max(most, difference);
      if (Double.isFinite(difference)) {
        differences.add(difference);
      }
    }
    if (wrong >= 0) {
      undefined++;
      largest = Double.POSITIVE_INFINITY;
      keep(new Apart<>(place, wrong, expected[wrong], expected[wrong], 0, null));
      return false;
    }
    blind += allowance.isTooWideFor(expected) ? 1 : 0;
    largest = Math.max(largest, most);
    moved = Math.max(moved, most);
    if (worst <= 1) {
      return true;
    }
    keep(
        new Apart<>(
            place,
            farthest,
            actual[farthest],
            expected[farthest],
            bounds.within(expected[farthest]),
            null));
    return false;
  }

  /** A difference in units of what is allowed: at most 1 if it is allowed. */
  private static double excess(double difference, double allowed) {
    return difference == 0 ? 0 : difference / allowed;
  }

  /** The first element that no logit can be, or -1 if there is none. */
  private static int notLogits(double[] logits) {
    boolean any = false;
    for (int i = 0; i < logits.length; i++) {
      if (!(logits[i] < Double.POSITIVE_INFINITY)) {
        return i;
      }
      any |= logits[i] != Double.NEGATIVE_INFINITY;
    }
    return any ? -1 : 0;
  }

  /** Counts a place where the model gave nothing to compare. */
  void fail(P place, String why) {
    places++;
    largest = Double.POSITIVE_INFINITY;
    keep(new Apart<>(place, 0, Double.NaN, Double.NaN, 0, why));
  }

  private void keep(Apart<P> one) {
    apart++;
    if (first.size() < KEPT) {
      first.add(one);
    }
  }

  /** Takes in what another has seen, of later places. */
  void merge(Comparison<P> other) {
    differences.merge(other.differences);
    other.first.stream().limit(KEPT - first.size()).forEach(first::add);
    places += other.places;
    apart += other.apart;
    numbers += other.numbers;
    differing += other.differing;
    undefined += other.undefined;
    blind += other.blind;
    largest = Math.max(largest, other.largest);
    moved = Math.max(moved, other.moved);
  }

  /** How many vectors were compared. */
  long places() {
    return places;
  }

  /** The sum of all differences that are finite. */
  double sum() {
    return differences.count() == 0 ? 0 : differences.mean() * differences.count();
  }

  /** How many differences are finite. */
  long finite() {
    return differences.count();
  }

  /** How many vectors are farther apart than allowed, or cannot be compared. */
  long apart() {
    return apart;
  }

  /** The first of those. */
  List<Apart<P>> first() {
    return List.copyOf(first);
  }

  /** How many numbers were compared. */
  long numbers() {
    return numbers;
  }

  /** How many numbers differ in any bit. */
  long differing() {
    return differing;
  }

  /** After how many places what is expected are no logits. */
  long undefined() {
    return undefined;
  }

  /** Whether at most places the declared bound is {@linkplain Allowance#isTooWideFor too wide}. */
  boolean isBlind() {
    return 2 * blind > places;
  }

  /** How many vectors of logits are farther apart than allowed. */
  long moved() {
    return apart - undefined;
  }

  /** The largest difference of two logits. */
  double largestMove() {
    return moved;
  }

  /** The largest difference of two numbers; 0 if nothing was compared. */
  double largest() {
    return Math.max(0, largest);
  }

  /** The mean of the finite differences. */
  double mean() {
    return differences.mean();
  }
}
