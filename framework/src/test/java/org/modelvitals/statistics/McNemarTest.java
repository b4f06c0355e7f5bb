package org.modelvitals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class McNemarTest {

  /** Twice the sum of the binomial coefficients of 180 up to 59, over two to the 180th. */
  @Test
  void equalsTheSumOfBinomialCoefficients() {
    assertThat(McNemar.twoSided(121, 59)).isCloseTo(4.434449263755176e-06, within(1e-17));
  }

  @Test
  void countsTailsOfACoin() {
    assertThat(McNemar.worse(3, 1)).isCloseTo(5.0 / 16, within(1e-15));
    assertThat(McNemar.worse(0, 4)).isEqualTo(1);
    assertThat(McNemar.worse(4, 0)).isCloseTo(1.0 / 16, within(1e-15));
    assertThat(McNemar.twoSided(4, 0)).isCloseTo(1.0 / 8, within(1e-15));
    assertThat(McNemar.twoSided(2, 2)).isEqualTo(1);
    assertThat(McNemar.twoSided(0, 0)).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoCount() {
    assertThatIllegalArgumentException().isThrownBy(() -> McNemar.worse(-1, 3));
  }
}
