package org.modelvitals.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * McNemar's exact test (1947): whether two models that answered the same rows are equally often
 * right. Rows on which both are right, or both are wrong, say nothing; of the others, were the
 * models equal, half would go either way.
 */
public final class McNemar {
  private McNemar() {}

  /**
   * The two-sided p-value: how often two equal models would part at least so far.
   *
   * @param onlyFirst rows that only the first model has right
   * @param onlySecond rows that only the second has right
   * @return 1 if there is no such row
   */
  public static double twoSided(int onlyFirst, int onlySecond) {
    return Math.min(1, 2 * worse(Math.max(onlyFirst, onlySecond), Math.min(onlyFirst, onlySecond)));
  }

  /**
   * The one-sided p-value of "the second is worse": how often two equal models would lose at least
   * so many rows.
   *
   * @param lost rows that only the first model has right
   * @param won rows that only the second has right
   */
  public static double worse(int lost, int won) {
    if (lost < 0 || won < 0) {
      throw new IllegalArgumentException("%d and %d are no counts".formatted(lost, won));
    }
    int parted = Math.addExact(lost, won);
    return parted == 0 || lost == 0
        ? 1
        : BinomialDistribution.of(parted, 0.5).survivalProbability(lost - 1);
  }
}
