package org.modelvitals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.modelvitals.reading.Interval;

class CellBootstrapTest {
  private static double[] share(long[] cells) {
    return new double[] {(double) cells[0] / LongStream.of(cells).sum()};
  }

  @Test
  void drawsAsManyRowsAsThereAreInTheirProportions() {
    long[] cells = {5, 0, 995, 9000, 90_000};
    Multinomial distribution = new Multinomial(cells);
    Moments[] drawn = IntStream.range(0, 5).mapToObj(i -> new Moments()).toArray(Moments[]::new);
    for (int i = 0; i < 4000; i++) {
      long[] counts = distribution.draw(Bootstrap.stream(3, i));
      assertThat(LongStream.of(counts).sum()).isEqualTo(100_000);
      for (int cell = 0; cell < cells.length; cell++) {
        drawn[cell].add((double) counts[cell]);
      }
    }
    for (int cell = 0; cell < cells.length; cell++) {
      double share = cells[cell] / 100_000.0;
      double deviation = Math.sqrt(100_000 * share * (1 - share));
      assertThat(drawn[cell].mean())
          .isEqualTo((double) cells[cell], within(0.08 * deviation + 1e-9));
      assertThat(drawn[cell].standardDeviation())
          .isEqualTo(deviation, within(0.05 * deviation + 1e-9));
    }
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() throws InterruptedException, ExecutionException {
    long[] cells = {40, 7, 3, 150};
    List<Interval> parallel = CellBootstrap.bca(cells, CellBootstrapTest::share, 1, 0.95, 500, 7);
    ForkJoinPool one = new ForkJoinPool(1);
    try {
      assertThat(
              one.submit(() -> CellBootstrap.bca(cells, CellBootstrapTest::share, 1, 0.95, 500, 7))
                  .get())
          .isEqualTo(parallel);
    } finally {
      one.shutdown();
    }
  }

  @Test
  void agreesWithTheBootstrapOfRows() {
    Interval cells =
        CellBootstrap.bca(new long[] {40, 160}, CellBootstrapTest::share, 1, 0.95, 2000, 7).get(0);
    Interval rows =
        Bootstrap.bca(
            200,
            chosen -> IntStream.of(chosen).filter(row -> row < 40).count() / 200.0,
            0.95,
            2000,
            7);
    assertThat(cells.low()).isEqualTo(rows.low(), within(0.01));
    assertThat(cells.high()).isEqualTo(rows.high(), within(0.01));
  }

  /** The mean recall of two classes, of which the truth is known. */
  @Test
  void holdsTheTruthAboutAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(11);
    Function<long[], double[]> balanced =
        c -> new double[] {((double) c[0] / (c[0] + c[1]) + (double) c[2] / (c[2] + c[3])) / 2};
    int held = 0;
    int runs = 400;
    for (int run = 0; run < runs; run++) {
      long[] cells = new long[4];
      for (int row = 0; row < 300; row++) {
        boolean first = random.nextDouble() < 0.3;
        boolean hit = random.nextDouble() < (first ? 0.8 : 0.9);
        cells[(first ? 0 : 2) + (hit ? 0 : 1)]++;
      }
      Interval interval = CellBootstrap.bca(cells, balanced, 1, 0.95, 400, run).get(0);
      held += interval.low() <= 0.85 && 0.85 <= interval.high() ? 1 : 0;
    }
    assertThat((double) held / runs).isBetween(0.91, 0.985);
  }
}
