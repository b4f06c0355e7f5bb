package org.modelvitals.checks.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.unit.Unit;

class WeakSlicesTest {
  private static final WeakSearch SEARCH = WeakSearch.over("age", "sex", "site");

  /** Rows with three columns that have nothing to do with each other. */
  private static List<Map<String, Object>> rows(SplittableRandom random, int count) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          Map.of(
              "age",
              20 + random.nextInt(60),
              "sex",
              random.nextBoolean() ? "f" : "m",
              "site",
              "abcd".substring(random.nextInt(4)).substring(0, 1)));
    }
    return rows;
  }

  private static Reading search(
      WeakSearch declared,
      List<Map<String, Object>> rows,
      SplittableRandom random,
      ToDoubleBiFunction<Map<String, Object>, SplittableRandom> loss) {
    Slicer slicer =
        Slicer.of(
            Slicing.searching(declared), visitor -> rows.forEach(row -> visitor.row(row::get)));
    WeakSlices first = slicer.search().orElseThrow();
    WeakSlices second = slicer.search().orElseThrow();
    for (int i = 0; i < rows.size(); i++) {
      Map<String, Object> row = rows.get(i);
      (i % 3 == 0 ? first : second).add(row::get, loss.applyAsDouble(row, random));
    }
    first.merge(second);
    SliceFindings found = first.findings("share of wrong rows", Unit.FRACTION);
    return new Reading(found.measurements(), found.evidence());
  }

  private static double found(Reading reading) {
    return Objects.requireNonNull(reading.measurement("weak slices").orElseThrow().value());
  }

  @Test
  void a_planted_slice_is_found_and_named_alone() {
    SplittableRandom random = new SplittableRandom(1);
    Reading reading =
        search(
            SEARCH,
            rows(random, 2000),
            random,
            (row, dice) -> dice.nextDouble() < (isPlanted(row) ? 0.4 : 0.08) ? 1 : 0);
    assertThat(found(reading)).isEqualTo(1);
    Measurement gap = reading.measurement("weak slice gap[sex=f, site=c]").orElseThrow();
    assertThat(gap.value()).isBetween(0.2, 0.45);
    assertThat(Objects.requireNonNull(gap.interval()).low()).isBetween(0.1, 0.4);
    assertThat(gap.count()).isBetween(200L, 300L);
    Evidence.Table table = (Evidence.Table) reading.evidence().get(0);
    assertThat(table.sentence()).startsWith("the model is weakest where sex=f, site=c: share of");
    assertThat(table.rows()).hasSize(1);
  }

  private static boolean isPlanted(Map<String, Object> row) {
    return "f".equals(row.get("sex")) && "c".equals(row.get("site"));
  }

  @Test
  void a_column_that_explains_its_parts_is_told_instead_of_them() {
    SplittableRandom random = new SplittableRandom(2);
    Reading reading =
        search(
            SEARCH,
            rows(random, 2000),
            random,
            (row, dice) -> dice.nextDouble() < ("b".equals(row.get("site")) ? 0.35 : 0.05) ? 1 : 0);
    assertThat(found(reading)).isEqualTo(1);
    assertThat(reading.measurement("weak slice gap[site=b]")).isPresent();
  }

  @Test
  void larger_errors_are_found_as_well_as_wrong_answers() {
    SplittableRandom random = new SplittableRandom(3);
    Reading reading =
        search(
            SEARCH,
            rows(random, 1500),
            random,
            (row, dice) -> -Math.log(dice.nextDouble()) * (isPlanted(row) ? 2.5 : 1));
    assertThat(reading.measurement("weak slice gap[sex=f, site=c]")).isPresent();
    assertThat(found(reading)).isEqualTo(1);
  }

  /** Were it 5 % of 500 runs, 41 false alarms or more would have a chance of 1 in 600. */
  @Test
  void where_nothing_is_weak_the_rate_of_false_alarms_is_kept() {
    for (boolean shares : new boolean[] {true, false}) {
      SplittableRandom random = new SplittableRandom(4);
      int alarms = 0;
      for (int run = 0; run < 500; run++) {
        Reading reading =
            search(
                SEARCH,
                rows(random, 300),
                random,
                (row, dice) ->
                    shares ? dice.nextDouble() < 0.15 ? 1 : 0 : -Math.log(dice.nextDouble()));
        alarms += found(reading) > 0 ? 1 : 0;
      }
      assertThat(alarms).as(shares ? "wrong answers" : "errors").isLessThanOrEqualTo(40);
    }
  }

  @Test
  void small_slices_are_not_looked_at() {
    SplittableRandom random = new SplittableRandom(5);
    List<Map<String, Object>> rows = rows(random, 100);
    Reading reading = search(SEARCH.least(40), rows, random, (row, dice) -> 1);
    assertThat(reading.measurement("weak slices").orElseThrow().note())
        .isEqualTo(
            "of 2 slices of 40 rows or more; the chance of any false one is at most 5 % (Holm)");
  }

  @Test
  void that_none_is_weak_is_not_said_where_none_was_looked_at() {
    SplittableRandom random = new SplittableRandom(5);
    List<Map<String, Object>> rows = rows(random, 100);
    Measurement weak =
        search(SEARCH.least(90), rows, random, (row, dice) -> 1)
            .measurement("weak slices")
            .orElseThrow();
    assertThat(weak.value()).isNull();
    assertThat(weak.note())
        .matches("of \\d+ slices none could be tested: none has 90 rows or more, .*'least'");
  }

  @Test
  void a_search_without_bounds_is_refused() {
    SplittableRandom random = new SplittableRandom(6);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      rows.add(Map.of("a", "a" + i, "b", "b" + i, "c", "c" + i));
    }
    assertThatThrownBy(() -> search(WeakSearch.over("a", "b", "c"), rows, random, (row, dice) -> 0))
        .isInstanceOf(ProbeException.class)
        .hasMessage(
            "the search for weak slices over a, b, c would count 2,432,700 conjunctions, and at most"
                + " 100,000 are counted; search fewer columns, declare bins for those with many"
                + " values, or lower 'depth'");
  }
}
