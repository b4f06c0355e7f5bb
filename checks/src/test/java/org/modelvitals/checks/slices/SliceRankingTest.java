package org.modelvitals.checks.slices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.statistics.Intervals;
import org.modelvitals.unit.Unit;

class SliceRankingTest {

  private static void add(SliceRanking ranking, String name, long right, long rows, String why) {
    ranking.add(
        name,
        rows,
        (double) right / rows,
        level -> Intervals.wilson(right, rows, level),
        Optional.of(why).filter(text -> !text.isEmpty()));
  }

  private static Reading reading(SliceRanking ranking) {
    return new Reading(ranking.findings().measurements(), ranking.findings().evidence());
  }

  @Test
  void the_worst_come_first_and_the_small_ones_last() {
    SliceRanking ranking = new SliceRanking("accuracy", Unit.FRACTION, true, 0.9, 0.25);
    add(ranking, "a=1", 900, 1000, "");
    add(ranking, "a=2", 150, 200, "");
    add(ranking, "a=3", 495, 500, "");
    add(ranking, "a=4", 1, 5, "");
    add(ranking, "a=5", 90, 100, "too few rows to say: 100, at least 200 are declared");
    Reading reading = reading(ranking);
    Evidence.Table table = (Evidence.Table) reading.evidence().get(0);
    assertThat(table.sentence())
        .isEqualTo("the worst slice is a=2: accuracy 75 % in 200 rows, 90 % in all");
    assertThat(table.rows())
        .extracting(row -> row.get(0))
        .containsExactly("a=2", "a=1", "a=3", "a=5", "a=4");
    assertThat(table.rows())
        .extracting(row -> row.get(4))
        .containsExactly(
            "worse",
            "no clear difference",
            "better",
            "too few rows to say: 100, at least 200 are declared",
            "too few rows to say: the interval is 58.824 % wide");
    Measurement worst = reading.measurement("worst slice").orElseThrow();
    assertThat(worst.value()).isEqualTo(0.75);
    assertThat(worst.note()).isEqualTo("accuracy where a=2");
    // Of three slices each has a third of the error.
    assertThat(Objects.requireNonNull(worst.interval()).low())
        .isEqualTo(Intervals.wilson(150, 200, 1 - 0.05 / 3).low());
  }

  @Test
  void of_errors_the_largest_is_the_worst() {
    SliceRanking ranking = new SliceRanking("mean absolute error", Unit.NUMBER, false, 2, 1);
    ranking.add("a=1", 50, 1.5, level -> Intervals.mean(1.5, 0.5, 50, level), Optional.empty());
    ranking.add("a=2", 50, 2.5, level -> Intervals.mean(2.5, 0.5, 50, level), Optional.empty());
    Reading reading = reading(ranking);
    assertThat(reading.measurement("worst slice").orElseThrow().value()).isEqualTo(2.5);
  }

  @Test
  void slices_that_are_all_small_leave_the_worst_undefined() {
    SliceRanking ranking = new SliceRanking("accuracy", Unit.FRACTION, true, 0.9, 0.25);
    add(ranking, "a=4", 1, 5, "");
    Reading reading = reading(ranking);
    assertThat(reading.measurement("worst slice").orElseThrow().note())
        .isEqualTo("of 1 slices every one has too few rows to say");
    assertThat(List.of(reading.evidence().get(0).sentence())).containsExactly("");
  }
}
