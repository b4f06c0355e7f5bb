package org.modelvitals.checks.budget;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.modelvitals.statistics.Moments;

/**
 * Times in nanoseconds, kept to three significant digits (within 0.1 %) by their counts; mean,
 * least and greatest are exact. Adding one allocates nothing.
 */
final class Times {
  private final Histogram histogram = new Histogram(3);
  private final Moments moments = new Moments();
  private long least = Long.MAX_VALUE;
  private long greatest;

  void add(long nanos) {
    long time = Math.max(0, nanos);
    histogram.recordValue(time);
    moments.add((double) time);
    least = Math.min(least, time);
    greatest = Math.max(greatest, time);
  }

  /** Takes in what another has seen. */
  void merge(Times other) {
    histogram.add(other.histogram);
    moments.merge(other.moments);
    least = Math.min(least, other.least);
    greatest = Math.max(greatest, other.greatest);
  }

  long count() {
    return moments.count();
  }

  Moments moments() {
    return moments;
  }

  long least() {
    return least;
  }

  long greatest() {
    return greatest;
  }

  Histogram histogram() {
    return histogram;
  }

  /** The value of this rank, from 1, or up to 0.1 % more. */
  long ranked(long rank) {
    long seen = 0;
    for (HistogramIterationValue value : histogram.recordedValues()) {
      seen += value.getCountAddedInThisIterationStep();
      if (seen >= rank) {
        return Math.min(greatest, histogram.highestEquivalentValue(value.getValueIteratedTo()));
      }
    }
    throw new IllegalArgumentException("rank %d of %d".formatted(rank, count()));
  }

  /** The smallest value that at least the share {@code q} of all does not exceed. */
  long quantile(double q) {
    return ranked(Math.max(1, (long) Math.ceil(q * (double) count() - 1e-9)));
  }

  /** How many took longer, counting those that cannot be told from it. */
  long over(double nanos) {
    long over = 0;
    for (HistogramIterationValue value : histogram.recordedValues()) {
      if (Math.min(greatest, histogram.highestEquivalentValue(value.getValueIteratedTo()))
          > nanos) {
        over += value.getCountAddedInThisIterationStep();
      }
    }
    return over;
  }
}
