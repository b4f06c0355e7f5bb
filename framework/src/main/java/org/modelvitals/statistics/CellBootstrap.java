package org.modelvitals.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.modelvitals.reading.Interval;

/**
 * The bootstrap of rows that fall into cells and are alike within each, such as those of a
 * confusion matrix. To resample rows is to draw the cells' counts from a multinomial distribution,
 * so memory and time depend on the number of cells and not on that of rows. Resamples are drawn in
 * parallel; the seed alone decides what comes out.
 */
public final class CellBootstrap {
  /** Resamples for an interval that is looked at closely. */
  public static final int RESAMPLES = 2000;

  /** Resamples where there are many intervals. */
  public static final int FEW_RESAMPLES = 400;

  /** So many cells are drawn in all, unless that were too few resamples. */
  private static final int BUDGET = 20_000_000;

  /** With more cells the jackknife takes longer than the resamples, and is left out. */
  private static final int MOST_LEFT_OUT = 10_000;

  private CellBootstrap() {}

  /**
   * The bias-corrected and accelerated intervals of several statistics. Unbounded for fewer than
   * two rows, and where a statistic is not finite.
   *
   * @param cells how many rows are in each cell
   * @param statistics of such counts; called from several threads
   * @param size how many statistics there are
   * @param most resamples; fewer are drawn where there are very many cells
   */
  public static List<Interval> bca(
      long[] cells,
      Function<long[], double[]> statistics,
      int size,
      double level,
      int most,
      long seed) {
    Interval unbounded =
        new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, level, "BCa");
    if (LongStream.of(cells).sum() < 2) {
      return java.util.Collections.nCopies(size, unbounded);
    }
    double[] estimates = statistics.apply(cells.clone());
    List<double[]> resamples = resamples(cells, statistics, most, seed);
    List<double[]> left = leftOut(cells, statistics);
    double[] weights = LongStream.of(cells).filter(count -> count > 0).asDoubleStream().toArray();
    List<Interval> intervals = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int statistic = i;
      double[] values = resamples.stream().mapToDouble(all -> all[statistic]).sorted().toArray();
      boolean finite =
          Double.isFinite(estimates[i]) && Arrays.stream(values).allMatch(Double::isFinite);
      double acceleration =
          left.isEmpty()
              ? 0
              : Bca.acceleration(
                  left.stream().mapToDouble(all -> all[statistic]).toArray(), weights);
      intervals.add(finite ? Bca.interval(values, estimates[i], acceleration, level) : unbounded);
    }
    return intervals;
  }

  /**
   * The basic interval of a statistic: as far below the estimate as resamples are above it, and the
   * other way round. For statistics that noise pushes to one side.
   */
  public static Interval basic(
      long[] cells, ToDoubleFunction<long[]> statistic, double level, int most, long seed) {
    double estimate = statistic.applyAsDouble(cells.clone());
    double[] values =
        resamples(cells, drawn -> new double[] {statistic.applyAsDouble(drawn)}, most, seed)
            .stream()
            .mapToDouble(all -> all[0])
            .sorted()
            .toArray();
    double tail = (1 - level) / 2;
    return new Interval(
        2 * estimate - Bca.quantile(values, 1 - tail),
        2 * estimate - Bca.quantile(values, tail),
        level,
        "basic bootstrap");
  }

  private static List<double[]> resamples(
      long[] cells, Function<long[], double[]> statistics, int most, long seed) {
    Multinomial distribution = new Multinomial(cells);
    int number =
        Math.max(Math.min(most, FEW_RESAMPLES), Math.min(most, BUDGET / Math.max(1, cells.length)));
    return IntStream.range(0, number)
        .parallel()
        .mapToObj(i -> statistics.apply(distribution.draw(Bootstrap.stream(seed, i))))
        .toList();
  }

  /** The statistics with one row of each cell left out. */
  private static List<double[]> leftOut(long[] cells, Function<long[], double[]> statistics) {
    return cells.length > MOST_LEFT_OUT
        ? List.of()
        : IntStream.range(0, cells.length)
            .filter(cell -> cells[cell] > 0)
            .parallel()
            .mapToObj(
                cell -> {
                  long[] left = cells.clone();
                  left[cell]--;
                  return statistics.apply(left);
                })
            .toList();
  }
}
