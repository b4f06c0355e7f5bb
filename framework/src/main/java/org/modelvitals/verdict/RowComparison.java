package org.modelvitals.verdict;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.RowOutcomes;
import org.modelvitals.reading.RowStatistic;
import org.modelvitals.statistics.Bootstrap;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.statistics.PairedShares;

/**
 * One measurement of two runs on the same rows.
 *
 * @param before the value on these rows in the approved run
 * @param now the value on them in this run
 * @param interval of {@code now - factor * before}; null if there is none
 * @param p of McNemar's exact test; NaN where it does not apply
 * @param firstWorse the first row that got worse, for people; empty if none did
 */
record RowComparison(
    double before,
    double now,
    long rows,
    @Nullable Interval interval,
    double p,
    long worse,
    long better,
    String firstWorse) {

  /** Resampling costs about so many rows at most, whatever their number. */
  private static final long BUDGET = 40_000_000;

  private static final int MOST_RESAMPLES = 2000;
  private static final int LEAST_RESAMPLES = 400;

  /**
   * Compares.
   *
   * @param upwards whether more is better
   */
  static RowComparison of(
      PairedRows rows, RowStatistic statistic, double factor, boolean upwards, long seed) {
    return statistic instanceof RowStatistic.Mean mean
        ? mean(rows, mean, factor, upwards, seed)
        : whole(rows, (RowStatistic.Whole) statistic, factor, seed);
  }

  private static RowComparison mean(
      PairedRows rows, RowStatistic.Mean mean, double factor, boolean upwards, long seed) {
    RowOutcomes now = rows.now();
    int[] counted = rows.same().stream().filter(row -> mean.belongs().test(now, row)).toArray();
    int n = counted.length;
    double[] before = new double[n];
    double[] after = new double[n];
    long more = 0;
    long less = 0;
    int first = -1;
    boolean shares = factor == 1;
    for (int i = 0; i < n; i++) {
      before[i] = mean.value().of(rows.before(), counted[i]);
      after[i] = mean.value().of(now, counted[i]);
      shares &= isHitOrMiss(before[i]) && isHitOrMiss(after[i]);
      if (after[i] > before[i]) {
        more++;
      } else if (after[i] < before[i]) {
        less++;
      }
      boolean isWorse = upwards ? after[i] < before[i] : after[i] > before[i];
      first = first < 0 && isWorse ? counted[i] : first;
    }
    if (n == 0) {
      return new RowComparison(Double.NaN, Double.NaN, 0, null, Double.NaN, 0, 0, "");
    }
    Interval interval;
    double p = Double.NaN;
    if (shares) {
      PairedShares paired = new PairedShares(n, more, less);
      interval = paired.interval(Intervals.LEVEL);
      p = paired.mcNemar();
    } else {
      interval =
          Bootstrap.bca(
              n,
              chosen -> {
                double sum = 0;
                for (int i : chosen) {
                  sum += after[i] - factor * before[i];
                }
                return sum / chosen.length;
              },
              Intervals.LEVEL,
              resamples(n),
              seed);
    }
    return new RowComparison(
        Arrays.stream(before).sum() / n,
        Arrays.stream(after).sum() / n,
        n,
        interval,
        p,
        upwards ? less : more,
        upwards ? more : less,
        first < 0 ? "" : now.place(first));
  }

  private static boolean isHitOrMiss(double value) {
    return value == 0 || value == 1;
  }

  private static RowComparison whole(
      PairedRows rows, RowStatistic.Whole whole, double factor, long seed) {
    int[] same = rows.same().stream().toArray();
    RowStatistic.Statistic statistic = whole.statistic();
    Interval interval =
        Bootstrap.bca(
            same.length,
            chosen -> {
              int[] numbers = new int[chosen.length];
              for (int i = 0; i < chosen.length; i++) {
                numbers[i] = same[chosen[i]];
              }
              return statistic.of(rows.now(), numbers)
                  - factor * statistic.of(rows.before(), numbers);
            },
            Intervals.LEVEL,
            resamples(same.length),
            seed);
    if (interval.low() == interval.high() && factor == 1 && isOfWords(rows, whole)) {
      // Nobody says anything else on any row; that tells of other rows what it tells of a share.
      interval = new PairedShares(same.length, 0, 0).interval(Intervals.LEVEL);
    }
    return new RowComparison(
        statistic.of(rows.before(), same),
        statistic.of(rows.now(), same),
        same.length,
        interval,
        Double.NaN,
        0,
        0,
        "");
  }

  private static boolean isOfWords(PairedRows rows, RowStatistic statistic) {
    return statistic.columns().stream()
        .anyMatch(name -> rows.now().words(name).filter(words -> !words.given()).isPresent());
  }

  private static int resamples(int rows) {
    return (int) Math.max(LEAST_RESAMPLES, Math.min(MOST_RESAMPLES, BUDGET / Math.max(1, rows)));
  }

  /** The rows that differ, and the test on them, in words; empty if the measure has none. */
  String words() {
    if (worse + better == 0 && Double.isNaN(p)) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "%,d got worse%s, %,d got better%s",
        worse,
        firstWorse.isEmpty() ? "" : ", the first is " + firstWorse,
        better,
        Double.isNaN(p) ? "" : String.format(Locale.ROOT, "; McNemar's exact p = %.2g", p));
  }
}
