package org.modelvitals.checks.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void whatCannotBeALogitIsApartFromEverything() {
    Comparison<String> comparison = within(9);
    assertThat(comparison.add(of(1, NAN), of(1, NAN), "a")).isFalse();
    assertThat(comparison.add(of(1, INFINITY), of(1, INFINITY), "b")).isFalse();
    assertThat(comparison.add(of(-INFINITY, -INFINITY), of(-INFINITY, -INFINITY), "c")).isFalse();
    assertThat(comparison.first()).allMatch(Comparison.Apart::isUndefined);
    assertThat(comparison.undefined()).isEqualTo(3);
    assertThat(comparison.moved()).isZero();
    assertThat(comparison.add(of(NAN, 1), of(1, 1), "d")).isFalse();
    assertThat(comparison.moved()).isEqualTo(1);
    assertThat(comparison.largest()).isInfinite();
  }

  /** One token with a logit of -1e9 excuses nothing but its own rounding. */
  @Test
  void theAllowanceIsThatOfTheLogitsThatMatter() {
    Comparison<String> comparison = new Comparison<>(new Allowance(null, 1e-4));
    assertThat(comparison.add(of(1, 2, -1e9), of(1.01, 2, -1e9), "")).isFalse();
    assertThat(comparison.add(of(1, 2, -1e9 + 64), of(1, 2, -1e9), "")).isTrue();
    assertThat(comparison.add(of(-150, 2), of(-150.01, 2), "")).isTrue();
    // After log-softmax, what matters is below 0.
    assertThat(comparison.add(of(-20.001, -1e-9), of(-20, -1e-9), "")).isTrue();
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
    assertThat(share(ElementType.FLOAT32, "MatMul")).isEqualTo(1e-4);
    assertThat(share(ElementType.FLOAT16)).isEqualTo(0.02);
    assertThat(share(ElementType.BFLOAT16)).isEqualTo(0.1);
    assertThat(share(ElementType.FLOAT32, "com.microsoft::MatMulNBits")).isEqualTo(0.02);
    assertThat(share(ElementType.FLOAT32, "QuantizeLinear", "DequantizeLinear")).isEqualTo(0.02);
    assertThat(share(ElementType.FLOAT32, "QLinearAdd")).isEqualTo(0.02);
    assertThat(share(ElementType.FLOAT32, "DequantizeLinear", "MatMul"))
        .as("weights in eight bits")
        .isEqualTo(1e-4);
    assertThat(share(ElementType.FLOAT32, "DynamicQuantizeLinear", "MatMulInteger"))
        .isEqualTo(1e-4);
    assertThat(Allowance.of(0.3, ElementType.FLOAT32, Set.of()).of(of(1000, 900)).within(900))
        .isEqualTo(0.3);
  }

  private static double share(ElementType type, String... operators) {
    Allowance.Bounds bounds = Allowance.of(null, type, Set.of(operators)).of(of(0.5, -0.5));
    return bounds.within(0.5);
  }

  @Test
  void toleranceIsAFiniteNumber() {
    for (double wrong : of(-1, NAN, INFINITY)) {
      assertThatThrownBy(() -> Allowance.require(wrong)).hasMessageContaining("finite number");
    }
  }
}
