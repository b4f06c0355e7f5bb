package org.modelvitals.statistics;

import org.apache.commons.statistics.distribution.TDistribution;
import org.modelvitals.reading.Interval;

/**
 * The ratio of two sums over clusters, such as nats per token over texts. What belongs to one
 * cluster is not independent, so the error is that between clusters: the linearised variance of a
 * ratio (Cochran, Sampling Techniques, 3rd ed., 2.11; what survey statistics and regressions call
 * cluster-robust), with Student's t for the number of clusters less one. Two are merged by adding.
 */
public final class RatioOfSums {
  private long clusters;
  private double above;
  private double below;
  private double aboveAbove;
  private double aboveBelow;
  private double belowBelow;

  /** Adds a cluster's part of the sum above and of the sum below. */
  public void add(double upper, double lower) {
    clusters++;
    above += upper;
    below += lower;
    aboveAbove += upper * upper;
    aboveBelow += upper * lower;
    belowBelow += lower * lower;
  }

  /** Takes in what another has seen. */
  public void merge(RatioOfSums other) {
    clusters += other.clusters;
    above += other.above;
    below += other.below;
    aboveAbove += other.aboveAbove;
    aboveBelow += other.aboveBelow;
    belowBelow += other.belowBelow;
  }

  public long clusters() {
    return clusters;
  }

  /** The sum above. */
  public double numerator() {
    return above;
  }

  /** The sum below. */
  public double denominator() {
    return below;
  }

  /** The ratio; NaN if nothing was added. */
  public double value() {
    return above / below;
  }

  /** The standard error of the ratio; NaN for fewer than two clusters. */
  public double standardError() {
    if (clusters < 2) {
      return Double.NaN;
    }
    double ratio = value();
    double residuals = aboveAbove - 2 * ratio * aboveBelow + ratio * ratio * belowBelow;
    return Math.sqrt(Math.max(0, residuals) * clusters / (clusters - 1.0)) / below;
  }

  /** The interval at the usual level; unbounded for fewer than two clusters. */
  public Interval interval() {
    return interval(Intervals.LEVEL);
  }

  /** The interval; unbounded for fewer than two clusters. */
  public Interval interval(double level) {
    if (clusters < 2) {
      return new Interval(
          Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, level, "cluster-robust t");
    }
    double quantile = TDistribution.of(clusters - 1.0).inverseSurvivalProbability((1 - level) / 2);
    double half = quantile * standardError();
    return new Interval(value() - half, value() + half, level, "cluster-robust t");
  }
}
