package org.modelvitals.checks.quality;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Interval;
import org.modelvitals.statistics.Bootstrap;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.Moments;

/**
 * Sums over groups of rows, dealt out in turn, for the bootstrap of what needs several sums at
 * once. Groups are resampled instead of rows, as one resamples clusters: what is kept does not grow
 * with the rows, and of few rows each is a group.
 */
final class ErrorGroups {
  private static final int MOST = 64;
  private static final int RESAMPLES = 1000;

  private final @Nullable Moments[] squared = new Moments[MOST];
  private final @Nullable Moments[] targets = new Moments[MOST];

  /**
   * @param index of the row in the data, so that a row's group does not depend on who adds it
   */
  void add(long index, double target, double error) {
    int group = (int) (index % MOST);
    moments(squared, group).add(error * error);
    moments(targets, group).add(target);
  }

  private static Moments moments(@Nullable Moments[] groups, int group) {
    Moments moments = groups[group];
    if (moments == null) {
      moments = new Moments();
      groups[group] = moments;
    }
    return moments;
  }

  void merge(ErrorGroups other) {
    for (int i = 0; i < MOST; i++) {
      Moments errors = other.squared[i];
      Moments spread = other.targets[i];
      if (errors != null && spread != null) {
        moments(squared, i).merge(errors);
        moments(targets, i).merge(spread);
      }
    }
  }

  Interval determination(long seed) {
    int[] used = IntStream.range(0, MOST).filter(group -> squared[group] != null).toArray();
    return Bootstrap.bca(
        used.length,
        chosen -> determination(IntStream.of(chosen).map(i -> used[i]).toArray()),
        Intervals.LEVEL,
        RESAMPLES,
        seed);
  }

  private double determination(int[] chosen) {
    Moments errors = new Moments();
    Moments spread = new Moments();
    for (int group : chosen) {
      errors.merge(moments(squared, group));
      spread.merge(moments(targets, group));
    }
    return 1 - errors.mean() * errors.count() / spread.sumOfSquares();
  }
}
