package org.modelvitals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MultipleTestsTest {
  private static final Offset<Double> NEAR = within(1e-12);

  /** The fifteen p-values of Benjamini and Hochberg 1995, section 4.1; R's p.adjust. */
  private static final double[] THROMBOLYSIS = {
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
    0.6528, 0.7590, 1.0
  };

  @Test
  void holm_rejects_what_the_paper_says() {
    // Of these Bonferroni and Holm reject three at 5 %.
    double[] adjusted = MultipleTests.holm(THROMBOLYSIS);
    assertThat(adjusted).usingComparatorWithPrecision(1e-12).contains(0.0015, 0.0056, 0.0247);
    assertThat(adjusted[3]).isCloseTo(0.114, NEAR);
    assertThat(adjusted[14]).isEqualTo(1);
  }

  @Test
  void benjamini_and_hochberg_reject_what_their_paper_says() {
    double[] adjusted = MultipleTests.benjaminiHochberg(THROMBOLYSIS);
    assertThat(adjusted[3]).isCloseTo(0.0095 * 15 / 4, NEAR).isLessThan(0.05);
    assertThat(adjusted[4]).isGreaterThan(0.05);
  }

  @Property(tries = 200)
  void the_order_of_tests_does_not_matter(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = 0, max = 1) Double> values) {
    double[] p = values.stream().mapToDouble(value -> value).toArray();
    double[] backwards = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      backwards[p.length - 1 - i] = p[i];
    }
    double[] holm = MultipleTests.holm(p);
    double[] fdr = MultipleTests.benjaminiHochberg(p);
    double[] reversed = MultipleTests.holm(backwards);
    for (int i = 0; i < p.length; i++) {
      assertThat(reversed[p.length - 1 - i]).isCloseTo(holm[i], NEAR);
      assertThat(holm[i]).isBetween(fdr[i] - 1e-12, 1.0);
      assertThat(fdr[i]).isGreaterThanOrEqualTo(p[i] - 1e-12);
    }
  }
}
