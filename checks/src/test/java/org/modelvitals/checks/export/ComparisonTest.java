package org.modelvitals.checks.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.model.ElementType;

class ComparisonTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static Comparison<String> within(double tolerance) {
    return new Comparison<>(Allowance.declared(tolerance));
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
    Comparison<String> comparison = new Comparison<>(Allowance.of(1e-4));
    assertThat(comparison.add(of(1, 2, -1e9), of(1.01, 2, -1e9), "")).isFalse();
    assertThat(comparison.add(of(1, 2, -1e9 + 64), of(1, 2, -1e9), "")).isTrue();
    assertThat(comparison.add(of(-150, 2), of(-150.01, 2), "")).isTrue();
    // After log-softmax, what matters is below 0.
    assertThat(comparison.add(of(-20.0009, -1e-9), of(-20, -1e-9), "")).isTrue();
  }

  /** Where a token is all but certain, its logit is as large a sum as any. */
  @Test
  void aTokenThatStandsAloneHasTheAllowanceOfTheRange() {
    Comparison<String> comparison = new Comparison<>(Allowance.of(1e-4));
    assertThat(comparison.add(of(40.001, -1, 0), of(40, -1, 0), "")).isTrue();
    assertThat(comparison.add(of(40.002, -1, 0), of(40, -1, 0), "")).isFalse();
  }

  /** GPT-2's logits are about -100; a constant changes no probability. */
  @ParameterizedTest
  @CsvSource({
    // Half of what they range over is 8, four units at 108 are 0.42 and 3.4.
    "FLOAT16, -100, 0.4, 0.5",
    "BFLOAT16, -100, 3, 4",
    "BFLOAT16, 0, 0.7, 0.9",
    // At 30,000 a unit of four bytes is 0.002.
    "FLOAT32, 30000, 0.01, 0.02",
    "FLOAT32, -100, 0.0007, 0.0009",
    "FLOAT32, 0, 0.0007, 0.0009"
  })
  void aConstantThatIsAddedToAllExcusesAFewUnitsInTheLastPlace(
      ElementType type, double constant, double allowed, double apart) {
    Comparison<String> comparison = new Comparison<>(Allowance.of(null, type, Set.of()));
    double[] expected = DoubleStream.of(-8, -3, 0, 8).map(logit -> logit + constant).toArray();
    double[] actual = expected.clone();
    actual[2] = expected[2] + allowed;
    assertThat(comparison.add(actual, expected, "")).isTrue();
    actual[2] = expected[2] + apart;
    assertThat(comparison.add(actual, expected, "")).isFalse();
  }

  /** The last step of a graph in eight bits: a scale from zero to the largest. */
  @Test
  void aStepOfEightBitsIsThatOfTheSize() {
    Allowance allowance = Allowance.of(null, ElementType.FLOAT32, Set.of("QLinearMatMul"));
    Comparison<String> comparison = new Comparison<>(allowance);
    double step = 100 / 255.0;
    assertThat(comparison.add(of(-90 - 2 * step, -99), of(-90, -99), "")).isTrue();
    assertThat(comparison.add(of(-90 - 5 * step, -99), of(-90, -99), "")).isFalse();
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
