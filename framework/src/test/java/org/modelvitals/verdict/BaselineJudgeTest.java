package org.modelvitals.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.RowColumn;
import org.modelvitals.reading.RowOutcomes;
import org.modelvitals.reading.RowStatistic;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.suite.Conditions;
import org.modelvitals.unit.Unit;

class BaselineJudgeTest {
  private static final RowStatistic HITS =
      new RowStatistic.Mean(
          Set.of("hit"),
          (rows, row) -> true,
          (rows, row) -> rows.numbers("hit").orElseThrow().value(row));

  /** Rows of which the first {@code hits} are hits, and those from {@code from} on another. */
  private static RowOutcomes rows(int size, int from, int hits) {
    float[] hit = new float[size];
    for (int row = from; row < from + hits; row++) {
      hit[row] = 1;
    }
    return new RowOutcomes(
        new long[size], List.of(new RowColumn.Numbers("hit", hit)), Map.of(3, "data.csv:5"));
  }

  private static Measurement share(int hits, int rows) {
    return Measurement.sampled(
        "accuracy", (double) hits / rows, Unit.FRACTION, rows, Intervals.wilson(hits, rows));
  }

  private static Outcome judge(
      String condition, Measurement now, Measurement before, @Nullable PairedRows rows) {
    return ConditionJudge.judge(
        now,
        Conditions.parse(condition),
        new Approval.Approved(
            Map.of(before.name(), before),
            rows,
            rows == null ? "" : rows.unpaired(),
            name -> Optional.of(HITS),
            7,
            Status.ERROR));
  }

  /** Before, rows 0 to 919 are hits; now those from {@code worse} on, and {@code better} more. */
  private static Outcome paired(String condition, int worse, int better) {
    BitSet all = new BitSet();
    all.set(0, 1000);
    return judge(
        condition,
        share(920 - worse + better, 1000),
        share(920, 1000),
        new PairedRows(rows(1000, 0, 920), rows(1000, worse, 920 - worse + better), all, ""));
  }

  @ParameterizedTest
  @CsvSource({
    ">= baseline - 0.5 %, 4, 0, PASSED",
    ">= baseline - 0.5 %, 5, 0, PASSED",
    ">= baseline - 0.5 %, 6, 0, FAILED",
    "surely >= baseline - 0.5 %, 0, 0, PASSED",
    "surely >= baseline - 0.5 %, 4, 0, INCONCLUSIVE",
    "surely >= baseline - 0.5 %, 30, 5, FAILED",
    "surely >= baseline, 5, 0, INCONCLUSIVE", // McNemar's p is 0.0625
    "surely >= baseline, 6, 0, FAILED", // and 0.03125
    "surely >= baseline, 0, 6, PASSED",
    ">= 0.99 x baseline, 9, 0, PASSED",
    ">= 0.99 x baseline, 10, 0, FAILED",
  })
  void judgesTheDifferenceOnTheSameRows(String condition, int worse, int better, Status expected) {
    assertThat(paired(condition, worse, better).status()).isEqualTo(expected);
  }

  @Test
  void namesBothValuesAndTheRowsThatDiffer() {
    Outcome outcome = paired(">= baseline - 0.5 %", 7, 1);
    assertThat(outcome.sentence())
        .contains(
            "0.6 % less than the 92 % of the approved run",
            "paired on 1,000 rows",
            "7 got worse, the first is row 1, 1 got better",
            "McNemar's exact p = 0.07",
            "expected at least baseline - 0.5 % = 91.5 %",
            "missed by 0.1 %");
    assertThat(outcome.change()).isEqualTo("was 92 %, -0.6 %");
  }

  /** However many rows there are: two that are equal are equal on all of them. */
  @Test
  void proposesAnAllowanceWhereNothingDiffers() {
    Outcome itself = paired("surely >= baseline", 0, 0);
    assertThat(itself.status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(itself.sentence())
        .contains("allow a loss, such as 'baseline - 0.5 %'")
        .doesNotContain("more rows are needed");
    assertThat(paired("surely <= baseline", 0, 0).sentence()).contains("'baseline + 0.5 %'");
    assertThat(paired("surely >= baseline", 1, 0).sentence()).contains("more rows are needed");
    assertThat(paired("surely >= baseline - 0.1 %", 0, 0).sentence())
        .contains("more rows are needed");
  }

  /** Such as ROC AUC, or the mean of an output: there is nothing of single rows to compare. */
  @ParameterizedTest
  @CsvSource({
    "0, >= baseline, INCONCLUSIVE, the data are others; use its data",
    "0, surely >= baseline - 0.5 %, INCONCLUSIVE, the data are others; use its data",
    "499, >= baseline, INCONCLUSIVE, most rows are others",
    "499, < baseline, FAILED, expected less than baseline",
    "500, >= baseline, PASSED, not paired; the data are others",
  })
  void doesNotPassOnOtherRowsWhatIsNotComparedByRows(
      int same, String condition, Status expected, String words) {
    BitSet some = new BitSet();
    some.set(0, same);
    Outcome outcome =
        unpaired(
            condition,
            share(1000, 1000),
            share(900, 1000),
            new PairedRows(rows(1000, 0, 900), rows(1000, 0, 1000), some, "the data are others"));
    assertThat(outcome.status()).isEqualTo(expected);
    assertThat(outcome.sentence()).contains(words);
  }

  /** How many rows there are says the same of whatever rows. */
  @Test
  void comparesCountsOfOtherRows() {
    assertThat(
            unpaired(
                    "<= baseline",
                    Measurement.exact("rows", 900, Unit.NUMBER),
                    Measurement.exact("rows", 1000, Unit.NUMBER),
                    new PairedRows(rows(1000, 0, 0), rows(900, 0, 0), new BitSet(), "others"))
                .status())
        .isEqualTo(Status.PASSED);
  }

  /** Of a check that tells its rows, but not what they make of a measurement. */
  private static Outcome unpaired(
      String condition, Measurement now, Measurement before, PairedRows rows) {
    return ConditionJudge.judge(
        now,
        Conditions.parse(condition),
        new Approval.Approved(
            Map.of(before.name(), before),
            rows,
            rows.unpaired(),
            name -> Optional.empty(),
            7,
            Status.ERROR));
  }

  /** Resamples of rows on which both say the same are all alike, however few they are. */
  @ParameterizedTest
  @CsvSource({"10, INCONCLUSIVE", "1000, PASSED"})
  void isNotSureOfFewRowsOnWhichNothingChanged(int size, Status expected) {
    RowOutcomes rows =
        new RowOutcomes(
            new long[size],
            List.of(new RowColumn.Words("said", false, List.of("a"), new int[size])),
            Map.of());
    BitSet all = new BitSet();
    all.set(0, size);
    Measurement score = Measurement.sampled("macro f1", 1, Unit.FRACTION, size, null);
    Outcome outcome =
        ConditionJudge.judge(
            score,
            Conditions.parse("surely >= baseline - 1 %"),
            new Approval.Approved(
                Map.of("macro f1", score),
                new PairedRows(rows, rows, all, ""),
                "",
                name -> Optional.of(new RowStatistic.Whole(Set.of("said"), (r, chosen) -> 1)),
                7,
                Status.ERROR));
    assertThat(outcome.status()).isEqualTo(expected);
  }

  /** The interval of unpaired shares is far wider: rows that both get right tell nothing there. */
  @Test
  void comparesIntervalsWhereRowsCannotBePaired() {
    Outcome unpaired = judge("surely >= baseline - 2 %", share(915, 1000), share(920, 1000), null);
    assertThat(unpaired.status()).isEqualTo(Status.INCONCLUSIVE);
    assertThat(unpaired.sentence()).contains("not paired");
    assertThat(paired("surely >= baseline - 2 %", 5, 0).status()).isEqualTo(Status.PASSED);
  }

  @Test
  void comparesTheRowsThatAreLeftWhereDataChanged() {
    BitSet some = new BitSet();
    some.set(100, 1000);
    // The first hundred rows are others now: only of the rest can one say what became of them.
    Outcome outcome =
        judge(
            ">= baseline",
            share(820, 1000),
            share(920, 1000),
            new PairedRows(rows(1000, 0, 920), rows(1000, 100, 820), some, "the data changed"));
    assertThat(outcome.status()).isEqualTo(Status.PASSED);
    assertThat(outcome.sentence()).contains("on the rows that are the same", "the data changed");
  }

  /** Before 100 of the 1,000 rows were wrong; now none is, of rows that are no longer the same. */
  @ParameterizedTest
  @CsvSource({
    "0, >= baseline, INCONCLUSIVE, the data are others; use its data",
    "0, surely >= baseline - 0.5 %, INCONCLUSIVE, approve=anyway",
    "0, < baseline, INCONCLUSIVE, the data are others",
    "499, >= baseline, INCONCLUSIVE, most rows are others",
    "499, < baseline, FAILED, expected less than baseline",
    "500, >= baseline, PASSED, on the rows that are the same",
  })
  void doesNotPassOnOtherRows(int same, String condition, Status expected, String words) {
    BitSet some = new BitSet();
    some.set(0, same);
    Outcome outcome =
        judge(
            condition,
            share(1000, 1000),
            share(900, 1000),
            new PairedRows(rows(1000, 0, 900), rows(1000, 0, 1000), some, "the data are others"));
    assertThat(outcome.status()).isEqualTo(expected);
    assertThat(outcome.sentence()).contains(words);
  }

  @Test
  void judgesWhatIsExactByItsNumbers() {
    Measurement before = Measurement.exact("nodes", 10, Unit.NUMBER);
    List<Status> statuses = new ArrayList<>();
    for (int now : new int[] {9, 11, 12}) {
      statuses.add(
          judge(
                  "surely <= 1.1 x baseline",
                  Measurement.exact("nodes", now, Unit.NUMBER),
                  before,
                  null)
              .status());
    }
    assertThat(statuses).containsExactly(Status.PASSED, Status.PASSED, Status.FAILED);
  }

  @Test
  void comparesTexts() {
    Measurement before = Measurement.text("opset", "17");
    assertThat(judge("= baseline", Measurement.text("opset", "17"), before, null).status())
        .isEqualTo(Status.PASSED);
    assertThat(judge("= baseline", Measurement.text("opset", "18"), before, null).sentence())
        .isEqualTo("opset is 18, and was 17 in the approved run, expected the same");
  }

  @Test
  void saysThatNothingIsApproved() {
    Outcome outcome =
        ConditionJudge.judge(share(9, 10), Conditions.parse(">= baseline"), Approval.none());
    assertThat(outcome.status()).isEqualTo(Status.ERROR);
    assertThat(outcome.sentence()).contains("no approved run", "modelvitals.baseline");
  }

  @Test
  void asksForAllRowsWhereTheLimitIsStrict() {
    // A Wilson interval begins at exactly 0 where nothing is a hit.
    assertThat(ConditionJudge.judge(share(0, 10), Conditions.parse("surely > 0 %")).status())
        .isEqualTo(Status.INCONCLUSIVE);
  }
}
