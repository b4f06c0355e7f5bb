package org.modelvitals.checks.quality;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Interval;
import org.modelvitals.statistics.Intervals;

/**
 * The scores of the rows that are of a class and of those that are not, for the area under the ROC
 * curve. All scores are kept up to a limit, and the area is exact; past it they are counted in bins
 * of log-odds, and the area has known bounds. What comes out does not depend on the order of rows
 * or of merges.
 */
final class RankScores {
  private static final int BINS = 4096;
  private static final double REACH = 20; // log-odds past these are one bin

  private final int limit;
  private Scores positives = new Scores();
  private Scores negatives = new Scores();
  private long @Nullable [][] bins;

  /**
   * @param limit how many scores are kept
   */
  RankScores(int limit) {
    this.limit = limit;
  }

  /** The area, and where it can lie if it is not exact. */
  record Area(double value, double low, double high, @Nullable Interval interval) {
    boolean isExact() {
      return low == high;
    }
  }

  void add(double score, boolean positive) {
    long[][] counts = bins;
    if (counts != null) {
      counts[positive ? 1 : 0][bin(score)]++;
      return;
    }
    (positive ? positives : negatives).add(score);
    if ((long) positives.size + negatives.size > limit) {
      collapse();
    }
  }

  void merge(RankScores other) {
    if (bins == null
        && (other.bins != null
            || (long) positives.size + negatives.size + other.positives.size + other.negatives.size
                > limit)) {
      collapse();
    }
    long[][] theirs = other.bins;
    long[][] mine = bins;
    if (theirs != null && mine != null) {
      for (int side = 0; side < 2; side++) {
        for (int i = 0; i < BINS; i++) {
          mine[side][i] += theirs[side][i];
        }
      }
      return;
    }
    for (int i = 0; i < other.positives.size; i++) {
      add(other.positives.values[i], true);
    }
    for (int i = 0; i < other.negatives.size; i++) {
      add(other.negatives.values[i], false);
    }
  }

  private void collapse() {
    long[][] counts = new long[2][BINS];
    for (int i = 0; i < positives.size; i++) {
      counts[1][bin(positives.values[i])]++;
    }
    for (int i = 0; i < negatives.size; i++) {
      counts[0][bin(negatives.values[i])]++;
    }
    bins = counts;
    positives = new Scores();
    negatives = new Scores();
  }

  private static int bin(double probability) {
    double odds = Math.log(probability / (1 - probability));
    double place = (Math.min(REACH, Math.max(-REACH, odds)) + REACH) / (2 * REACH);
    return Math.min(BINS - 1, (int) (place * BINS));
  }

  /** The area under the curve; null if rows of the class, or others, are missing. */
  @Nullable Area area() {
    long[][] counts = bins;
    return counts == null ? exact() : binned(counts);
  }

  private static @Nullable Area binned(long[][] counts) {
    double below = 0;
    double won = 0;
    double tied = 0;
    double positive = 0;
    for (int i = 0; i < BINS; i++) {
      won += counts[1][i] * below;
      tied += (double) counts[1][i] * counts[0][i];
      below += counts[0][i];
      positive += counts[1][i];
    }
    double pairs = positive * below;
    if (pairs == 0) {
      return null;
    }
    double area = (won + tied / 2) / pairs;
    double low = won / pairs;
    double high = (won + tied) / pairs;
    return new Area(area, low, high, binned(counts, area, low, high, positive, below));
  }

  /**
   * DeLong's standard error of scores that are known by their bins, beyond where the area can lie.
   */
  private static @Nullable Interval binned(
      long[][] counts, double area, double low, double high, double positives, double negatives) {
    if (positives < 2 || negatives < 2) {
      return null;
    }
    double below = 0;
    double above = positives;
    double ofPositives = 0;
    double ofNegatives = 0;
    for (int i = 0; i < BINS; i++) {
      above -= counts[1][i];
      double won = (below + counts[0][i] / 2.0) / negatives - area;
      double lost = (above + counts[1][i] / 2.0) / positives - area;
      ofPositives += counts[1][i] * won * won;
      ofNegatives += counts[0][i] * lost * lost;
      below += counts[0][i];
    }
    double error =
        Math.sqrt(
            ofPositives / (positives - 1) / positives + ofNegatives / (negatives - 1) / negatives);
    if (error == 0) {
      return NewcombeArea.interval(area, (long) positives, (long) negatives);
    }
    Interval wide = Intervals.normal(area, error, Intervals.LEVEL, "DeLong, in bins");
    return new Interval(
        Math.max(0, wide.low() - (area - low)),
        Math.min(1, wide.high() + (high - area)),
        wide.level(),
        wide.method());
  }

  /** Mann and Whitney's statistic; its variance by DeLong, DeLong and Clarke-Pearson (1988). */
  private @Nullable Area exact() {
    double[] a = positives.sorted();
    double[] b = negatives.sorted();
    if (a.length == 0 || b.length == 0) {
      return null;
    }
    double area = placements(a, b)[0];
    double ofPositives = placements(a, b)[1];
    double ofNegatives = placements(b, a)[1];
    Interval interval = null;
    if (a.length > 1 && b.length > 1) {
      Interval wide =
          Intervals.normal(
              area,
              Math.sqrt(ofPositives / a.length + ofNegatives / b.length),
              Intervals.LEVEL,
              "DeLong");
      // Without a single pair in the wrong order the variance is 0, which says nothing.
      interval =
          wide.low() == wide.high()
              ? NewcombeArea.interval(area, a.length, b.length)
              : new Interval(
                  Math.max(0, wide.low()), Math.min(1, wide.high()), wide.level(), wide.method());
    }
    return new Area(area, area, area, interval);
  }

  /** Whether all scores are kept. */
  boolean isExact() {
    return bins == null;
  }

  /** The area, where all scores are kept and there are rows of the class and others. */
  double value() {
    return placements(positives.sorted(), negatives.sorted())[0];
  }

  /**
   * How far each row moves the area: its placement among the rows of the other side, less the area,
   * over the rows of its own side. Their squares sum up to the variance. Empty if there are no rows
   * of the class, or no others.
   *
   * @param own the class
   * @param truths the classes of the rows in the order in which they were added
   */
  double[] contributions(int own, Truths truths) {
    double[] above = positives.sorted();
    double[] below = negatives.sorted();
    if (above.length == 0 || below.length == 0) {
      return new double[0];
    }
    double area = placements(above, below)[0];
    double[] contributions = new double[truths.size()];
    int positive = 0;
    int negative = 0;
    for (int row = 0; row < contributions.length; row++) {
      contributions[row] =
          truths.get(row) == own
              ? (place(below, positives.values[positive++]) - area) / above.length
              : (1 - place(above, negatives.values[negative++]) - area) / below.length;
    }
    return contributions;
  }

  /** The share of sorted scores below a score, equal ones counted half. */
  private static double place(double[] sorted, double score) {
    int low = bound(sorted, score, false);
    int high = bound(sorted, score, true);
    return (low + (high - low) / 2.0) / sorted.length;
  }

  /** How many scores are less than a score, or equal to it if {@code orEqual}. */
  private static int bound(double[] sorted, double score, boolean orEqual) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < score || (orEqual && sorted[middle] == score)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Mean and sample variance of the share of {@code others} below each of {@code ones}. */
  private static double[] placements(double[] ones, double[] others) {
    double sum = 0;
    double[] share = new double[ones.length];
    int below = 0;
    int upTo = 0;
    for (int i = 0; i < ones.length; i++) {
      while (below < others.length && others[below] < ones[i]) {
        below++;
      }
      upTo = Math.max(upTo, below);
      while (upTo < others.length && others[upTo] == ones[i]) {
        upTo++;
      }
      share[i] = (below + (upTo - below) / 2.0) / others.length;
      sum += share[i];
    }
    double mean = sum / ones.length;
    double squares = Arrays.stream(share).map(s -> (s - mean) * (s - mean)).sum();
    return new double[] {mean, ones.length < 2 ? 0 : squares / (ones.length - 1)};
  }

  /** A growing list of numbers without boxes. */
  private static final class Scores {
    private double[] values = new double[16];
    private int size;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size + size / 2);
      }
      // Adding zero makes the negative zero positive, so that sorting and comparing agree.
      values[size++] = value + 0.0;
    }

    double[] sorted() {
      double[] copy = Arrays.copyOf(values, size);
      Arrays.sort(copy);
      return copy;
    }
  }
}
