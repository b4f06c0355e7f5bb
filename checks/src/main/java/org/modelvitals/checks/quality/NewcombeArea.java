package org.modelvitals.checks.quality;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.modelvitals.reading.Interval;
import org.modelvitals.statistics.Intervals;

/**
 * The interval of an area under the ROC curve where rows themselves show no variance, as where all
 * are in the right order: the areas from which the one that was found is no farther than so many
 * standard errors, these being what the areas themselves would have (Newcombe, Confidence intervals
 * for an effect size measure based on the Mann-Whitney statistic, Part 2, Statistics in Medicine
 * 25, 2006, method 5).
 */
final class NewcombeArea {
  private static final int HALVINGS = 60;

  private NewcombeArea() {}

  /**
   * The interval at the usual level.
   *
   * @param area from 0 to 1
   * @param positives rows of the class, 1 at least
   * @param negatives other rows, 1 at least
   */
  static Interval interval(double area, long positives, long negatives) {
    double quantile =
        NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - Intervals.LEVEL) / 2);
    DoubleUnaryOperator reach =
        of -> quantile * Math.sqrt(variance(of, (double) positives, (double) negatives));
    double low = area - nearest(step -> reach.applyAsDouble(area - step), area);
    double high = area + nearest(step -> reach.applyAsDouble(area + step), 1 - area);
    return new Interval(low, high, Intervals.LEVEL, "Newcombe");
  }

  /** Hanley and McNeil's for exponential scores, made symmetric in the two sides. */
  static double variance(double area, double positives, double negatives) {
    double more = (positives + negatives) / 2 - 1;
    return area
        * (1 - area)
        / (positives * negatives)
        * (1 + more * ((1 - area) / (2 - area) + area / (1 + area)));
  }

  /** The step that is as long as what is reached from its end; {@code most} at most. */
  private static double nearest(DoubleUnaryOperator reach, double most) {
    double inside = 0;
    double outside = most;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (inside + outside) / 2;
      if (middle <= reach.applyAsDouble(middle)) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return outside;
  }
}
