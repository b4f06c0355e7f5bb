package org.modelvitals.checks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RankScoresTest {

  private static RankScores scores(int limit, List<Integer> eighths, int from, int to) {
    RankScores scores = new RankScores(limit);
    for (int i = from; i < Math.min(to, eighths.size()); i++) {
      scores.add(Math.abs(eighths.get(i)) / 8.0, eighths.get(i) > 0);
    }
    return scores;
  }

  /** The definition: the share of pairs in the right order, ties counted half. */
  private static double byPairs(List<Integer> eighths) {
    double won = 0;
    double pairs = 0;
    for (int positive : eighths) {
      for (int other : eighths) {
        if (positive > 0 && other <= 0) {
          pairs++;
          won += positive > -other ? 1 : positive == -other ? 0.5 : 0;
        }
      }
    }
    return won / pairs;
  }

  @Property(tries = 300)
  void areaIsTheShareOfPairsInTheRightOrder(
      @ForAll @Size(min = 2, max = 60) List<@IntRange(min = -8, max = 8) Integer> eighths,
      @ForAll @IntRange(min = 0, max = 60) int cut) {
    RankScores merged = scores(1000, eighths, 0, cut);
    merged.merge(scores(1000, eighths, cut, eighths.size()));
    RankScores.Area area = merged.area();
    double expected = byPairs(eighths);
    if (Double.isNaN(expected)) {
      assertThat(area).isNull();
      return;
    }
    assertThat(Objects.requireNonNull(area).value()).isCloseTo(expected, within(1e-12));
    assertThat(area.isExact()).isTrue();
  }

  @Property(tries = 200)
  void pastTheLimitTheExactAreaLiesWithinTheBounds(
      @ForAll @Size(min = 10, max = 60) List<@IntRange(min = -8, max = 8) Integer> eighths,
      @ForAll @IntRange(min = 0, max = 60) int cut) {
    RankScores merged = scores(5, eighths, 0, cut);
    merged.merge(scores(5, eighths, cut, eighths.size()));
    RankScores.Area area = merged.area();
    RankScores.Area whole = scores(5, eighths, 0, eighths.size()).area();
    assertThat(area).isEqualTo(whole);
    double expected = byPairs(eighths);
    if (area != null) {
      assertThat(expected).isBetween(area.low() - 1e-12, area.high() + 1e-12);
    }
  }

  /**
   * By hand: positives .35 and .8 have placements 1/2 and 1, negatives .1 and .4 have 0 and 1/2
   * above; both variances are 1/8, so the area's is 1/8.
   */
  @Test
  void intervalIsDeLongs() {
    RankScores scores = new RankScores(10);
    scores.add(.1, false);
    scores.add(.4, false);
    scores.add(.35, true);
    scores.add(.8, true);
    RankScores.Area area = Objects.requireNonNull(scores.area());
    assertThat(area.value()).isEqualTo(0.75);
    assertThat(Objects.requireNonNull(area.interval()).low())
        .isCloseTo(0.75 - 1.959964 * Math.sqrt(0.125), within(1e-6));
    assertThat(area.interval().high()).isEqualTo(1);
  }
}
