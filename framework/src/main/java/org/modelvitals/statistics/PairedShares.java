package org.modelvitals.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.modelvitals.reading.Interval;

/**
 * Two shares of the same rows, such as the accuracies of two models: only the rows that one gets
 * right and the other does not tell them apart.
 *
 * @param rows how many rows there are
 * @param better rows that are hits now and were none before
 * @param worse rows that were hits before and are none now
 */
public record PairedShares(long rows, long better, long worse) {
  private static final double PRECISION = 1e-12;

  public PairedShares {
    if (rows <= 0 || better < 0 || worse < 0 || better + worse > rows) {
      throw new IllegalArgumentException(
          "%d better and %d worse of %d rows make no pairs".formatted(better, worse, rows));
    }
  }

  /** How much larger the share is now. */
  public double difference() {
    return (double) (better - worse) / rows;
  }

  /**
   * The two-sided p-value of McNemar's exact test that neither is better (McNemar 1947; Mosteller
   * 1952): of the rows that differ, each is as likely to be one as the other. 1 if none differs.
   */
  public double mcNemar() {
    long differing = better + worse;
    if (differing == 0) {
      return 1;
    }
    double tail =
        BinomialDistribution.of(Math.toIntExact(differing), 0.5)
            .cumulativeProbability((int) Math.min(better, worse));
    return Math.min(1, 2 * tail);
  }

  /**
   * The score interval of the difference (Tango 1998): keeps its level also for few rows that
   * differ, and holds more than one value where none does.
   */
  public Interval interval(double level) {
    double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
    double estimate = difference();
    return new Interval(
        search(-1, estimate, z), search(1, estimate, z), level, "Tango's paired score");
  }

  /** The difference farthest in one direction that the score test does not reject. */
  private double search(double end, double estimate, double z) {
    double accepted = estimate;
    double rejected = end;
    if (Math.abs(score(rejected)) <= z) {
      return end;
    }
    while (Math.abs(rejected - accepted) > PRECISION) {
      double middle = (accepted + rejected) / 2;
      if (Math.abs(score(middle)) <= z) {
        accepted = middle;
      } else {
        rejected = middle;
      }
    }
    return (accepted + rejected) / 2;
  }

  /** The score statistic of a difference, with the nuisance at its likeliest (equation 6). */
  private double score(double difference) {
    double n = (double) rows;
    double apart = better - worse - n * difference;
    if (apart == 0) {
      return 0;
    }
    double b = -better - worse + (2 * n - better + worse) * difference;
    double c = -worse * difference * (1 - difference);
    double likeliest = (Math.sqrt(Math.max(0, b * b - 8 * n * c)) - b) / (4 * n);
    double variance = n * (2 * likeliest + difference * (1 - difference));
    return variance > 0
        ? apart / Math.sqrt(variance)
        : Math.copySign(Double.POSITIVE_INFINITY, apart);
  }
}
