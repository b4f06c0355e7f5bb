package org.modelvitals.checks.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.modelvitals.model.ElementType;

class ComparisonTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static Comparison<String> within(double tolerance) {
    return new Comparison<>(new Allowance(tolerance, 0));
  }

  private static double[] of(double... values) {
    return values;
  }

  @Test
  void keepsTheFirstPlacesAndTheirFarthestElement() {
    Comparison<String> comparison = within(0.5);
    assertThat(comparison.add(of(1, 2), of(1, 2.4), "a")).isTrue();
    assertThat(comparison.add(of(1, 5), of(1.6, 2), "b")).isFalse();
    assertThat(comparison.places()).isEqualTo(2);
    assertThat(comparison.apart()).isEqualTo(1);
    assertThat(comparison.largest()).isEqualTo(3);
    assertThat(comparison.differing()).isEqualTo(3);
    assertThat(comparison.first()).containsExactly(new Comparison.Apart<>("b", 1, 5, 2, 0.5, null));
  }

  @Test
  void infinitiesAreEqualToThemselvesOnly() {
    assertThat(within(0).add(of(-INFINITY, 1), of(-INFINITY, 1), "")).isTrue();
    assertThat(within(9).add(of(INFINITY, 1), of(-INFINITY, 1), "")).isFalse();
    assertThat(within(9).add(of(0, 1), of(-INFINITY, 1), "")).isFalse();
  }

  @Test
  void nothingIsSaidWhereNoNumberIsExpected() {
    Comparison<String> comparison = within(0);
    assertThat(comparison.add(of(1, NAN), of(NAN, NAN), "")).isTrue();
    assertThat(comparison.undefined()).isEqualTo(2);
    assertThat(comparison.add(of(NAN, 1), of(1, 1), "")).isFalse();
    assertThat(comparison.largest()).isInfinite();
  }

  @Test
  void partsMergeIntoTheWhole() {
    Comparison<String> one = within(0);
    Comparison<String> other = within(0);
    Comparison<String> both = within(0);
    for (int i = 0; i < 30; i++) {
      (i < 7 ? one : other).add(of(i), of(0), "p" + i);
      both.add(of(i), of(0), "p" + i);
    }
    one.merge(other);
    assertThat(one.first()).isEqualTo(both.first()).hasSize(10);
    assertThat(one.apart()).isEqualTo(29);
    assertThat(one.largest()).isEqualTo(29);
    assertThat(one.mean()).isEqualTo(both.mean());
  }

  @Test
  void theAllowanceFollowsTypeAndGraph() {
    assertThat(Allowance.of(null, ElementType.FLOAT32, Set.of("MatMul")).within(20))
        .isEqualTo(0.002);
    assertThat(Allowance.of(null, ElementType.FLOAT16, Set.of()).within(10)).isEqualTo(0.2);
    assertThat(Allowance.of(null, ElementType.BFLOAT16, Set.of()).within(0.1)).isEqualTo(0.1);
    assertThat(
            Allowance.of(null, ElementType.FLOAT32, Set.of("com.microsoft::MatMulNBits"))
                .within(10))
        .isEqualTo(0.2);
    Set<String> dynamic = Set.of("DynamicQuantizeLinear", "MatMulInteger");
    assertThat(Allowance.of(null, ElementType.FLOAT32, dynamic).within(10)).isEqualTo(0.001);
    assertThat(Allowance.of(0.3, ElementType.FLOAT32, Set.of()).within(1000)).isEqualTo(0.3);
  }
}
