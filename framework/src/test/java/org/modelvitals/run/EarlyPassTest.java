package org.modelvitals.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.modelvitals.suite.Measured.measured;
import static org.modelvitals.unit.Quantity.percent;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelvitals.data.RowOrder;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;

/** When a pass over data may end before the data do. */
final class EarlyPassTest {
  private static final Expectation AT_LEAST_90 = measured("accuracy").isAtLeast(percent(90));

  private static Reading reading(long right, long rows) {
    return new Reading(
        List.of(
            Measurement.sampled(
                "accuracy",
                (double) right / rows,
                Unit.FRACTION,
                rows,
                Intervals.wilson(right, rows)),
            Measurement.sampled("log loss", 0.1, Unit.NATS, rows, null)),
        List.of());
  }

  private static EarlyPass pass(double error, Expectation... expectations) {
    return new EarlyPass(new EarlyPass.Plan(List.of(expectations), error));
  }

  /** Rows until the pass ends, of which the first are right as {@code right} says. */
  private static int rows(EarlyPass pass, int total, IntUnaryOperator right) {
    for (int rows = 1; rows <= total; rows++) {
      int read = rows;
      if (pass.isDecided(rows, total, () -> reading(right.applyAsInt(read), read))) {
        return rows;
      }
    }
    return total;
  }

  @Test
  void endsWhenTheRestCannotChangeTheVerdict() {
    // All right: 900 of 1000 are enough. All wrong: after 101 no more than 899 can be right.
    assertThat(rows(pass(0, AT_LEAST_90), 1000, read -> read)).isBetween(900, 945);
    assertThat(rows(pass(0, AT_LEAST_90), 1000, read -> 0)).isBetween(101, 107);
    // 90.2 % right: nothing is certain before the last rows.
    assertThat(rows(pass(0, AT_LEAST_90), 1000, read -> (int) Math.round(read * 0.902)))
        .isGreaterThan(975);
  }

  @Test
  void goesOnForWhatIsNoShareOfRowsAndForWhatMustBeSure() {
    assertThat(
            Stream.of(
                    measured("log loss").isAtMost(1),
                    measured("no such thing").isAtMost(1),
                    measured("accuracy").isSurelyAtLeast(percent(50)))
                .map(expectation -> rows(pass(0, expectation), 100, read -> read)))
        .containsOnly(100);
    assertThat(rows(pass(0, AT_LEAST_90, measured("log loss").isAtMost(1)), 100, read -> 0))
        .isEqualTo(100);
  }

  @Test
  void needsToKnowHowManyRowsThereAre() {
    assertThat(pass(0, AT_LEAST_90).isDecided(10, -1, () -> reading(0, 10))).isFalse();
    assertThat(pass(0, AT_LEAST_90).order()).isEqualTo(RowOrder.COUNTED);
    assertThat(pass(0.01, AT_LEAST_90).order()).isEqualTo(RowOrder.RANDOM);
  }

  @Test
  void saysWhenItWasDecidedAndWithWhatBounds() {
    EarlyPass pass = pass(0, AT_LEAST_90);
    int rows = rows(pass, 1000, read -> 0);
    Probed closed = pass.close(Probed.of(reading(0, rows)), "classification");
    Reading reading = Objects.requireNonNull(closed.reading());
    assertThat(reading.evidence())
        .extracting(Evidence::sentence)
        .containsExactly(
            "decided after %d of 1,000 rows; whatever the others hold, the verdict stays"
                .formatted(rows));
    assertThat(reading.measurement("accuracy").orElseThrow().interval())
        .isEqualTo(new Interval(0, (1000.0 - rows) / 1000, 1, "whatever the other rows hold"));
  }

  @Test
  void refusesAProbeThatReadsNoRows() {
    Probed closed = pass(0, AT_LEAST_90).close(Probed.of(reading(1, 1)), "latency");
    assertThat(closed.status()).isEqualTo(Status.ERROR);
    assertThat(closed.sentence())
        .isEqualTo(
            "'decide-early' is for probes that feed the model from a pass over data, such as"
                + " classification, regression and outputs; latency is none of them");
  }

  /** 10,000 runs right at the threshold, and 10,000 with one row less: both are seldom wrong. */
  @ParameterizedTest
  @ValueSource(ints = {90, 89})
  void keepsItsErrorRateOnBothSidesOfTheThreshold(int right) {
    int total = 100;
    int runs = 10_000;
    double error = 0.05;
    Status truth = right >= 90 ? Status.PASSED : Status.FAILED;
    SplittableRandom random = new SplittableRandom(right);
    int wrong = 0;
    for (int run = 0; run < runs; run++) {
      EarlyPass pass = pass(error, AT_LEAST_90);
      int left = right;
      for (int rows = 1; rows <= total; rows++) {
        left -= random.nextInt(total - rows + 1) < left ? 1 : 0;
        Reading reading = reading(right - left, rows);
        if (rows == total || pass.isDecided(rows, total, () -> reading)) {
          wrong += Judge.judge(reading, List.of(AT_LEAST_90)).status() == truth ? 0 : 1;
          break;
        }
      }
    }
    assertThat(wrong).isLessThan((int) (runs * error + 3 * Math.sqrt(runs * error)));
  }

  @Test
  void decidesFarFromTheThresholdAfterFewRows() {
    SplittableRandom random = new SplittableRandom(5);
    int[] right = new int[60_001];
    for (int i = 1; i < right.length; i++) {
      right[i] = right[i - 1] + (random.nextInt(100) < 97 ? 1 : 0);
    }
    assertThat(rows(pass(0.01, AT_LEAST_90), 60_000, read -> right[read])).isLessThan(600);
  }
}
