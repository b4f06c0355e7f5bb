package org.modelvitals.checks.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DivergenceTest {

  private static double[] logits(double... probabilities) {
    double[] logits = new double[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Math.log(probabilities[i]) + 17; // any shift is the same distribution
    }
    return logits;
  }

  @Test
  void ofKnownDistributions() {
    // Cover and Thomas, Elements of Information Theory, example 2.3.1, with r = 1/2, s = 1/4.
    Divergence divergence = Divergence.of(logits(0.5, 0.5), logits(0.75, 0.25));
    assertThat(divergence.kl() / Math.log(2)).isCloseTo(0.2075, within(5e-5));
    assertThat(Divergence.of(logits(0.75, 0.25), logits(0.5, 0.5)).kl() / Math.log(2))
        .isCloseTo(0.1887, within(5e-5));
    // Distributions with nothing in common are ln 2 apart.
    assertThat(Divergence.of(logits(1, 0), logits(0, 1)).js())
        .isCloseTo(Math.log(2), within(1e-12));
    assertThat(Divergence.of(logits(1, 0), logits(0, 1)).kl()).isInfinite();
  }

  @Property
  void areNeverNegativeAndNoneOfADistributionFromItself(
      @ForAll @Size(5) double[] p, @ForAll @Size(5) double[] q) {
    Divergence divergence = Divergence.of(p, q);
    assertThat(divergence.kl()).isNotNegative();
    assertThat(divergence.js()).isBetween(0.0, Math.log(2) + 1e-9);
    assertThat(divergence.js()).isCloseTo(Divergence.of(q, p).js(), within(1e-9));
    assertThat(Divergence.of(p, p)).isEqualTo(new Divergence(0, 0));
  }
}
