package org.modelvitals.checks.quality;

import org.modelvitals.reading.Interval;
import org.modelvitals.statistics.Moments;

/** Sums of errors over some rows. */
final class Errors {
  final Moments signed = new Moments();
  final Moments absolute = new Moments();
  final Moments squared = new Moments();
  final Moments targets = new Moments();
  double largest;
  long broken;
  private final ErrorGroups groups = new ErrorGroups();

  /**
   * @param index of the row in the data
   */
  void add(long index, double target, double output) {
    if (!Double.isFinite(output)) {
      broken++;
      return;
    }
    double error = output - target;
    signed.add(error);
    absolute.add(Math.abs(error));
    squared.add(error * error);
    targets.add(target);
    groups.add(index, target, error);
    largest = Math.max(largest, Math.abs(error));
  }

  void merge(Errors other) {
    signed.merge(other.signed);
    absolute.merge(other.absolute);
    squared.merge(other.squared);
    targets.merge(other.targets);
    largest = Math.max(largest, other.largest);
    broken += other.broken;
    groups.merge(other.groups);
  }

  /** The interval of the coefficient of determination. */
  Interval determination(long seed) {
    return groups.determination(seed);
  }

  long rows() {
    return signed.count() + broken;
  }
}
