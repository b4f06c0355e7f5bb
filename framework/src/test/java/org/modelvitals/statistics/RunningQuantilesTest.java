package org.modelvitals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RunningQuantilesTest {

  @Property(tries = 300)
  void the_rough_median_is_near_the_median(
      @ForAll @Size(min = 3, max = 99) List<@DoubleRange(min = -1e6, max = 1e6) Double> numbers,
      @ForAll @IntRange(min = 0, max = 99) int at) {
    RunningQuantiles left = new RunningQuantiles(2);
    RunningQuantiles right = new RunningQuantiles(2);
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
    RunningQuantiles median = new RunningQuantiles(20);
    numbers.forEach(median::add);
    assertThat(median.sorted())
        .containsExactly(numbers.stream().mapToDouble(d -> d).sorted().toArray());
  }

  @Property(tries = 200)
  void a_quantile_is_the_least_number_that_has_its_share_below(
      @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = -1e6, max = 1e6) Double> numbers,
      @ForAll @IntRange(min = 1, max = 10) int tenths) {
    RunningQuantiles few = new RunningQuantiles(60);
    RunningQuantiles binned = new RunningQuantiles(2);
    numbers.forEach(few::add);
    numbers.forEach(binned::add);
    double exact = few.quantile(tenths / 10.0);
    assertThat(numbers).contains(exact);
    assertThat(10 * numbers.stream().filter(n -> n <= exact).count())
        .isGreaterThanOrEqualTo((long) tenths * numbers.size());
    assertThat(10 * numbers.stream().filter(n -> n < exact).count())
        .isLessThan((long) tenths * numbers.size());
    assertThat(binned.quantile(tenths / 10.0))
        .isCloseTo(exact, within(Math.abs(exact) / 1024 + 1e-300));
    assertThat(binned.count()).isEqualTo(few.count()).isEqualTo(numbers.size());
  }
}
