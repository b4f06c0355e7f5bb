package org.modelvitals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.modelvitals.reading.Interval;

class TwoGroupsTest {

  private static Moments of(double... values) {
    Moments moments = new Moments();
    DoubleStream.of(values).forEach(moments::add);
    return moments;
  }

  private final Moments one = of(3.1, 4.7, 2.2, 5.9, 8.8, 1.4);
  private final Moments other = of(2.0, 2.5, 1.1, 3.3, 0.4, 2.9, 1.8, 2.2);

  /** scipy.stats.fisher_exact(table, 'greater'). */
  @Test
  void fisher_agrees_with_scipy() {
    assertThat(TwoGroups.fisher(8, 10, 1, 6)).isCloseTo(0.024475524475524483, within(1e-14));
    assertThat(TwoGroups.fisher(30, 100, 40, 400)).isCloseTo(1.7260742503593438e-06, within(1e-15));
  }

  @Test
  void fisher_of_nothing_says_nothing() {
    assertThat(TwoGroups.fisher(0, 10, 3, 10)).isEqualTo(1);
    assertThat(TwoGroups.fisher(10, 10, 10, 10)).isEqualTo(1);
    assertThat(TwoGroups.fisher(3, 10, 0, 0)).isEqualTo(1);
  }

  /** scipy.stats.ttest_ind(one, other, equal_var=False, alternative='greater'). */
  @Test
  void welch_agrees_with_scipy() {
    assertThat(TwoGroups.welch(one, other)).isCloseTo(0.04661150755992904, within(1e-12));
    Interval interval = TwoGroups.welchInterval(one, other, 0.95);
    assertThat(interval.low()).isCloseTo(-0.5312005825174526, within(1e-9));
    assertThat(interval.high()).isCloseTo(5.181200582517453, within(1e-9));
  }

  @Test
  void equal_values_are_no_evidence_unless_they_differ() {
    assertThat(TwoGroups.welch(of(1, 1), of(1, 1))).isEqualTo(1);
    assertThat(TwoGroups.welch(of(2, 2), of(1, 1))).isZero();
    assertThat(TwoGroups.welch(of(2), of(1, 1))).isEqualTo(1);
  }

  /** Newcombe 1998, table II, example (a), method 10: 56/70 - 48/80. */
  @Test
  void newcombe_agrees_with_the_paper() {
    Interval interval = TwoGroups.newcombe(56, 70, 48, 80, 0.95);
    assertThat(interval.low()).isCloseTo(0.0524, within(5e-5));
    assertThat(interval.high()).isCloseTo(0.3339, within(5e-5));
  }

  @Test
  void what_is_left_of_moments() {
    Moments all = of(3.1, 4.7, 2.2, 5.9, 8.8, 1.4, 2.0, 2.5, 1.1, 3.3, 0.4, 2.9, 1.8, 2.2);
    Moments rest = all.without(one);
    assertThat(rest.count()).isEqualTo(8);
    assertThat(rest.mean()).isCloseTo(other.mean(), within(1e-12));
    assertThat(rest.standardDeviation()).isCloseTo(other.standardDeviation(), within(1e-12));
    assertThat(all.without(all).count()).isZero();
  }
}
