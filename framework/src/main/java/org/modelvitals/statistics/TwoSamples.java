package org.modelvitals.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.SignificanceResult;
import org.modelvitals.reading.Interval;

/** Tests of whether two samples come from one population. */
public final class TwoSamples {
  private static final KolmogorovSmirnovTest KS = KolmogorovSmirnovTest.withDefaults();
  private static final ChiSquareTest CHI_SQUARE = ChiSquareTest.withDefaults();

  /** Cochran's rule: categories that are expected less often are put together. */
  private static final double LEAST_EXPECTED = 5;

  private TwoSamples() {}

  /**
   * What a test found.
   *
   * @param p how likely a statistic at least as large is if nothing differs
   */
  public record Found(double statistic, double p) {}

  /**
   * The two-sided test of Kolmogorov and Smirnov. The p-value is exact where the samples are small
   * enough for that, else asymptotic.
   */
  public static Found kolmogorovSmirnov(double[] one, double[] other) {
    SignificanceResult result = KS.test(one, other);
    return new Found(result.getStatistic(), result.getPValue());
  }

  /**
   * The interval of the statistic of Kolmogorov and Smirnov: each sample's distribution function is
   * off by no more than the inequality of Dvoretzky, Kiefer and Wolfowitz allows, with Massart's
   * constant (1990); half of the error is for each.
   */
  public static Interval kolmogorovSmirnovInterval(
      double statistic, long one, long other, double level) {
    double half = reach(one, level) + reach(other, level);
    return new Interval(
        Math.max(0, statistic - half),
        Math.min(1, statistic + half),
        level,
        "Dvoretzky-Kiefer-Wolfowitz");
  }

  private static double reach(long count, double level) {
    return Math.sqrt(Math.log(4 / (1 - level)) / (2.0 * count));
  }

  /**
   * Pearson's chi-square test of homogeneity. Categories of which fewer than five are expected in
   * either sample are put together, the rarest first; the p-value is 1 if fewer than two are left.
   *
   * @param one counts, one for each category
   * @param other the same of the other sample
   */
  public static Found chiSquare(long[] one, long[] other) {
    long[][] table = pooled(one, other);
    if (table[0].length < 2) {
      return new Found(0, 1);
    }
    SignificanceResult result = CHI_SQUARE.test(table);
    return new Found(result.getStatistic(), result.getPValue());
  }

  private static long[][] pooled(long[] one, long[] other) {
    double smaller = Math.min(LongStream.of(one).sum(), LongStream.of(other).sum());
    double all = LongStream.of(one).sum() + LongStream.of(other).sum();
    int[] rarestFirst =
        IntStream.range(0, one.length)
            .filter(i -> one[i] + other[i] > 0)
            .boxed()
            .sorted((a, b) -> Long.compare(one[a] + other[a], one[b] + other[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    long[][] kept = new long[2][rarestFirst.length];
    int size = 0;
    long here = 0;
    long there = 0;
    for (int i : rarestFirst) {
      here += one[i];
      there += other[i];
      if ((here + there) / all * smaller >= LEAST_EXPECTED) {
        kept[0][size] = here;
        kept[1][size++] = there;
        here = 0;
        there = 0;
      }
    }
    if (here + there > 0 && size > 0) { // the commonest cannot be rare, unless all are
      kept[0][size - 1] += here;
      kept[1][size - 1] += there;
    }
    return new long[][] {Arrays.copyOf(kept[0], size), Arrays.copyOf(kept[1], size)};
  }
}
