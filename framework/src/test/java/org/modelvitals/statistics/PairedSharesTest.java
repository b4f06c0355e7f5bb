package org.modelvitals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.reading.Interval;

class PairedSharesTest {
  private static final double Z = 1.959963984540054;

  /** From tango.py, which maximises the likelihood by search instead of by formula. */
  @ParameterizedTest
  @CsvSource({
    "50, 12, 2, 0.0611124, 0.3447087",
    "44, 1, 0, -0.0593932, 0.1180771",
    "10000, 28, 90, -0.0084478, -0.0041427",
    "100, 0, 5, -0.1117505, -0.0111568",
    "1000, 3, 3, -0.0061251, 0.0061251",
    "30, 10, 10, -0.2827909, 0.2827909",
  })
  void intervalsAreThoseOfAnotherImplementation(
      long rows, long better, long worse, double low, double high) {
    Interval interval = new PairedShares(rows, better, worse).interval(0.95);
    assertThat(interval.low()).isEqualTo(low, within(1e-6));
    assertThat(interval.high()).isEqualTo(high, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"10", "500", "100000"})
  void whereNoRowDiffersTheEndsHaveAClosedForm(long rows) {
    Interval interval = new PairedShares(rows, 0, 0).interval(0.95);
    assertThat(interval.high()).isEqualTo(Z * Z / (rows + Z * Z), within(1e-9));
    assertThat(interval.low()).isEqualTo(-interval.high(), within(1e-9));
  }

  /** Tails of the binomial distribution, counted by hand. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "1, 6, 0.125",
    "0, 5, 0.0625",
    "0, 6, 0.03125",
    "3, 3, 1",
    "2, 8, 0.109375"
  })
  void mcNemarCountsTheRowsThatDiffer(long better, long worse, double p) {
    assertThat(new PairedShares(1000, better, worse).mcNemar()).isEqualTo(p, within(1e-12));
  }

  @Test
  void theIntervalHoldsTheTruthAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(20261125);
    double[][] models = {{0.06, 0.03, 200}, {0.02, 0.02, 400}, {0.01, 0.05, 300}};
    for (double[] model : models) {
      int held = 0;
      int runs = 4000;
      for (int run = 0; run < runs; run++) {
        long better = 0;
        long worse = 0;
        for (int row = 0; row < model[2]; row++) {
          double drawn = random.nextDouble();
          better += drawn < model[0] ? 1 : 0;
          worse += drawn >= model[0] && drawn < model[0] + model[1] ? 1 : 0;
        }
        Interval interval = new PairedShares((long) model[2], better, worse).interval(0.95);
        double truth = model[0] - model[1];
        held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
      }
      assertThat((double) held / runs).isBetween(0.935, 0.97);
    }
  }
}
