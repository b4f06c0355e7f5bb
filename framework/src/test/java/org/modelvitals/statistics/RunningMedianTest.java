package org.modelvitals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RunningMedianTest {

  @Property(tries = 300)
  void the_rough_median_is_near_the_median(
      @ForAll @Size(min = 3, max = 99) List<@DoubleRange(min = -1e6, max = 1e6) Double> numbers,
      @ForAll @IntRange(min = 0, max = 99) int at) {
    RunningMedian left = new RunningMedian(2);
    RunningMedian right = new RunningMedian(2);
    for (int i = 0; i < numbers.size(); i++) {
      (i < at ? left : right).add(numbers.get(i));
    }
    left.merge(right);
    assertThat(left.sorted()).isNull();
    double[] sorted = numbers.stream().mapToDouble(d -> d).sorted().toArray();
    double lower = sorted[(sorted.length - 1) / 2];
    assertThat(left.rough()).isCloseTo(lower, within(Math.abs(lower) / 1024 + 1e-300));
  }

  @Property(tries = 100)
  void few_numbers_are_all_kept(
      @ForAll @Size(max = 20) List<@DoubleRange(min = -1e6, max = 1e6) Double> numbers) {
    RunningMedian median = new RunningMedian(20);
    numbers.forEach(median::add);
    assertThat(median.sorted())
        .containsExactly(numbers.stream().mapToDouble(d -> d).sorted().toArray());
  }
}
