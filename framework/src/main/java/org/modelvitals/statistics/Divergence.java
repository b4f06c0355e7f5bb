package org.modelvitals.statistics;

import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.modelvitals.reading.Interval;

/**
 * How far two samples, counted in the same categories, are apart. Both measures are of the family
 * of f-divergences, so that near equality they are, times a factor, chi-square distributed with one
 * degree of freedom less than there are categories, non-central where the populations differ
 * (Yurdakul and Naranjo, Statistical properties of the population stability index, 2020); the
 * intervals invert the normal approximation of that, as Wilson's does for proportions. Samples that
 * come from one population are apart by chance alone, which the intervals take into account: their
 * lower end is then 0.
 */
public final class Divergence {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final double[] expected;
  private final double[] actual;
  private final double freedom;
  private final double noise;

  /**
   * Half a count is added to every category where one of them is empty on either side, which would
   * make the index infinite.
   *
   * @param expected counts of the reference, one for each category
   * @param actual counts of what is compared with it
   * @throws IllegalArgumentException if one of them is empty, or their lengths differ
   */
  public Divergence(long[] expected, long[] actual) {
    long before = LongStream.of(expected).sum();
    long now = LongStream.of(actual).sum();
    if (expected.length != actual.length || before == 0 || now == 0) {
      throw new IllegalArgumentException("samples of %d and %d rows".formatted(before, now));
    }
    int occurring = 0;
    for (int i = 0; i < expected.length; i++) {
      occurring += expected[i] + actual[i] > 0 ? 1 : 0;
    }
    this.expected = new double[occurring];
    this.actual = new double[occurring];
    int place = 0;
    for (int i = 0; i < expected.length; i++) {
      if (expected[i] + actual[i] > 0) {
        this.expected[place] = (double) expected[i];
        this.actual[place++] = (double) actual[i];
      }
    }
    this.freedom = occurring - 1.0;
    this.noise = 1.0 / before + 1.0 / now;
  }

  /** The population stability index: the sum of (a - e) ln(a / e) over the shares. */
  public double stabilityIndex() {
    double more = 0;
    for (int i = 0; i < expected.length; i++) {
      more = expected[i] == 0 || actual[i] == 0 ? 0.5 : more;
    }
    double[] e = shares(expected, more);
    double[] a = shares(actual, more);
    double sum = 0;
    for (int i = 0; i < e.length; i++) {
      sum += (a[i] - e[i]) * Math.log(a[i] / e[i]);
    }
    return sum;
  }

  /** The interval of the {@link #stabilityIndex}. */
  public Interval stabilityInterval(double level) {
    return interval(stabilityIndex(), 1, level);
  }

  /**
   * The Jensen-Shannon distance (Endres and Schindelin 2003): the square root of the divergence in
   * bits, from 0 for equal shares to 1 for shares that have no category in common.
   */
  public double jensenShannon() {
    return distance(divergence());
  }

  /** The interval of {@link #jensenShannon}. */
  public Interval jensenShannonInterval(double level) {
    // Near equality the index is eight times the divergence in nats.
    Interval of = interval(divergence(), 1.0 / 8, level);
    return new Interval(distance(of.low()), Math.min(1, distance(of.high())), level, of.method());
  }

  private double divergence() {
    double[] e = shares(expected, 0);
    double[] a = shares(actual, 0);
    double sum = 0;
    for (int i = 0; i < e.length; i++) {
      double middle = (a[i] + e[i]) / 2;
      sum += (part(a[i], middle) + part(e[i], middle)) / 2;
    }
    return Math.max(0, sum);
  }

  private static double part(double share, double middle) {
    return share == 0 ? 0 : share * Math.log(share / middle);
  }

  private static double distance(double nats) {
    return Math.sqrt(nats / Math.log(2));
  }

  private static double[] shares(double[] counts, double more) {
    double sum = 0;
    for (double count : counts) {
      sum += count + more;
    }
    double[] shares = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      shares[i] = (counts[i] + more) / sum;
    }
    return shares;
  }

  /**
   * Where the divergence of the populations lies: the estimate divided by {@code factor * noise} is
   * non-central chi-square, with mean k + u and variance 2 k + 4 u. Kept is every non-centrality u
   * from whose mean the estimate is no more than z deviations away, which is a quadratic in u.
   */
  private Interval interval(double estimate, double factor, double level) {
    double scale = factor * noise;
    double z = NORMAL.inverseSurvivalProbability((1 - level) / 2);
    double apart = estimate / scale - freedom;
    double middle = apart + 2 * z * z;
    double root =
        Math.sqrt(Math.max(0, 4 * z * z * apart + 4 * Math.pow(z, 4) + 2 * freedom * z * z));
    return new Interval(
        Math.max(0, scale * (middle - root)),
        Math.max(estimate, scale * (middle + root)),
        level,
        "non-central chi-square");
  }
}
