package org.modelvitals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.modelvitals.reading.Interval;

class RatioOfSumsTest {

  @Test
  void equalClustersGiveStudentsInterval() {
    RatioOfSums ratio = new RatioOfSums();
    Moments moments = new Moments();
    for (double value : new double[] {3, 1, 4, 1, 5, 9, 2, 6}) {
      ratio.add(value * 7, 7);
      moments.add(value);
    }
    Interval expected = Intervals.mean(moments);
    assertThat(ratio.value()).isCloseTo(moments.mean(), within(1e-12));
    assertThat(ratio.interval().low()).isCloseTo(expected.low(), within(1e-9));
    assertThat(ratio.interval().high()).isCloseTo(expected.high(), within(1e-9));
  }

  /** Computed with numpy after the formula: sqrt(n/(n-1) * sum((y - r x)^2)) / sum(x). */
  @Test
  void unequalClusters() {
    RatioOfSums ratio = new RatioOfSums();
    ratio.add(10, 4);
    ratio.add(21, 10);
    ratio.add(3, 2);
    ratio.add(16, 8);
    double r = 50.0 / 24;
    double sum =
        Math.pow(10 - 4 * r, 2)
            + Math.pow(21 - 10 * r, 2)
            + Math.pow(3 - 2 * r, 2)
            + Math.pow(16 - 8 * r, 2);
    assertThat(ratio.value()).isCloseTo(r, within(1e-15));
    assertThat(ratio.standardError()).isCloseTo(Math.sqrt(sum * 4 / 3) / 24, within(1e-12));
  }

  @Test
  void oneClusterSaysNothingOfTheError() {
    RatioOfSums ratio = new RatioOfSums();
    ratio.add(10, 4);
    assertThat(ratio.interval().low()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(ratio.interval().high()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  /** Clusters of unequal length whose members share an effect: the usual error is far too small. */
  @Test
  void keepsItsLevelWhereMembersOfAClusterAreAlike() {
    Random random = new Random(7);
    int inside = 0;
    int runs = 400;
    for (int run = 0; run < runs; run++) {
      RatioOfSums ratio = new RatioOfSums();
      for (int cluster = 0; cluster < 60; cluster++) {
        int members = 5 + random.nextInt(20);
        double shared = 2 + random.nextGaussian();
        double sum = 0;
        for (int i = 0; i < members; i++) {
          sum += shared + random.nextGaussian() / 10;
        }
        ratio.add(sum, members);
      }
      Interval interval = ratio.interval();
      inside += interval.low() <= 2 && 2 <= interval.high() ? 1 : 0;
    }
    assertThat(inside / (double) runs).isBetween(0.91, 0.98);
  }

  @Property
  void mergedIsTheSameAsWhole(
      @ForAll @Size(min = 2, max = 30) int[] values, @ForAll @IntRange(min = 0, max = 30) int cut) {
    RatioOfSums whole = new RatioOfSums();
    RatioOfSums early = new RatioOfSums();
    RatioOfSums late = new RatioOfSums();
    for (int i = 0; i < values.length; i++) {
      double upper = values[i] % 1000;
      whole.add(upper, i + 1);
      (i < cut ? early : late).add(upper, i + 1);
    }
    early.merge(late);
    assertThat(early.clusters()).isEqualTo(whole.clusters());
    assertThat(early.value()).isEqualTo(whole.value());
    assertThat(early.standardError()).isCloseTo(whole.standardError(), within(1e-9));
  }
}
