package org.modelvitals.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NextTokensTest {

  /** Logits that are logarithms of 1/2, 1/4, 1/8, 1/8, shifted. */
  @Test
  void closedForms() {
    double shift = 700;
    NextTokens next =
        NextTokens.ofLogits(
            new double[] {
              shift - 2 * Math.log(2),
              shift - 3 * Math.log(2),
              shift - Math.log(2),
              shift - 3 * Math.log(2)
            });
    assertThat(next.probability(2)).isCloseTo(0.5, within(1e-12));
    assertThat(next.logProbability(0)).isCloseTo(-2 * Math.log(2), within(1e-12));
    assertThat(next.entropy()).isCloseTo(1.75 * Math.log(2), within(1e-12));
    assertThat(next.sum()).isCloseTo(1, within(1e-12));
    assertThat(next.rank(2)).isEqualTo(1);
    // Of two equal ones neither is before the other.
    assertThat(next.rank(1)).isEqualTo(4);
    assertThat(next.rank(3)).isEqualTo(4);
    assertThat(next.leaders()).containsExactly(2L);
    assertThat(next.isTopDecided(2)).isTrue();
    assertThat(next.isTopDecided(3)).isFalse();
    assertThat(next.isTopDecided(4)).isTrue();
    assertThat(next.top(3)).containsExactly(2L, 0L, 1L);
    assertThat(next.top(10)).hasSize(4);
  }

  @Test
  void countsWhatIsNoNumber() {
    NextTokens next =
        NextTokens.ofLogits(new double[] {0, Double.NaN, Double.POSITIVE_INFINITY, 1});
    assertThat(next.nonFinite()).isEqualTo(2);
  }

  /** A token that cannot come has the logit minus infinity; a distribution needs one that can. */
  @Test
  void maskedTokensAreNoFault() {
    double masked = Double.NEGATIVE_INFINITY;
    NextTokens next = NextTokens.ofLogits(new double[] {masked, 0, masked, 0});
    assertThat(next.nonFinite()).isZero();
    assertThat(next.probability(0)).isZero();
    assertThat(next.sum()).isCloseTo(1, within(1e-12));
    assertThat(next.entropy()).isCloseTo(Math.log(2), within(1e-12));
    assertThat(next.rank(0)).isEqualTo(4);
    assertThat(NextTokens.ofLogits(new double[] {masked, masked}).nonFinite()).isEqualTo(2);
  }

  @Test
  void aModelThatKnowsNothingRanksNothingFirst() {
    NextTokens next = NextTokens.ofLogits(new double[] {7, 7, 7});
    assertThat(next.rank(0)).isEqualTo(3);
    assertThat(next.leaders()).containsExactly(0L, 1L, 2L);
    assertThat(next.isTopDecided(1)).isFalse();
  }

  @Property(tries = 200)
  void ranksAreInTheOrderOfTop(
      @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = -1000, max = 1000) Double> logits) {
    NextTokens next = NextTokens.ofLogits(logits.stream().mapToDouble(value -> value).toArray());
    List<Long> top = next.top(logits.size());
    for (int i = 0; i < top.size(); i++) {
      int rank = next.rank(top.get(i));
      assertThat(rank).isGreaterThan(i);
      assertThat(next.isTopDecided(i + 1)).isEqualTo(rank == i + 1);
    }
    assertThat(next.sum()).isCloseTo(1, within(1e-12));
    assertThat(next.entropy()).isBetween(-1e-12, Math.log(logits.size()) + 1e-12);
  }
}
