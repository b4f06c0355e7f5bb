package org.modelvitals.checks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.modelvitals.language.NextTokens;

/** Against {@link NextTokens}, which takes memory anew, and against looking at all pairs. */
class PositionDistributionTest {
  private static final int SIZE = 9;

  /** Few different values, so that there are ties. */
  private static double[] logits(Random random) {
    return random.doubles(SIZE).map(value -> Math.floor(value * 4) - 2).toArray();
  }

  @Property
  void isThatOfTheNextToken(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int count) {
    Random random = new Random(seed);
    PositionDistribution position = new PositionDistribution(SIZE);
    for (int round = 0; round < 3; round++) {
      double[] logits = logits(random);
      position.set(logits);
      NextTokens expected = NextTokens.ofLogits(logits);
      assertThat(position.entropy()).isCloseTo(expected.entropy(), within(1e-12));
      assertThat(position.sum()).isCloseTo(expected.sum(), within(1e-12));
      assertThat(position.top()).isEqualTo(expected.top(1).get(0).intValue());
      assertThat(Arrays.stream(position.top(count)).mapToObj(id -> (long) id).toList())
          .isEqualTo(expected.top(count));
      int[] top = position.top(count);
      double named = Arrays.stream(top).mapToDouble(position::probability).sum();
      assertThat(position.probabilityOfOthers(top)).isCloseTo(1 - named, within(1e-12));
      for (int token = 0; token < SIZE; token++) {
        assertThat(position.logProbability(token))
            .isCloseTo(expected.logProbability(token), within(1e-12));
      }
    }
  }

  @Property
  void tiesAreThoseOfAllPairs(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int rounds) {
    Random random = new Random(seed);
    TiedTokens ties = new TiedTokens();
    PositionDistribution position = new PositionDistribution(SIZE);
    double[][] all = new double[rounds][];
    for (int round = 0; round < rounds; round++) {
      all[round] = logits(random);
      position.set(all[round]);
      ties.add(position);
    }
    TreeSet<Integer> tied = new TreeSet<>();
    for (int a = 0; a < SIZE; a++) {
      for (int b = 0; b < SIZE; b++) {
        int one = a;
        int other = b;
        if (a != b && Arrays.stream(all).allMatch(row -> row[one] == row[other])) {
          tied.add(a);
        }
      }
    }
    assertThat(ties.groups(token -> true).stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(tied);
    for (List<Integer> group : ties.groups(token -> true)) {
      IntStream.range(1, group.size())
          .forEach(
              i ->
                  assertThat(Arrays.stream(all))
                      .allMatch(row -> row[group.get(0)] == row[group.get(i)]));
    }
  }
}
