package org.modelvitals.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Against the values in Hugging Face's tests of its processors (transformers,
 * tests/generation/test_logits_process.py): repetition penalty, top-k and top-p.
 */
class TokenChoiceTest {
  private static final int DRAWS = 20_000;

  private static double[] logs(double... probabilities) {
    return Arrays.stream(probabilities).map(Math::log).toArray();
  }

  /** How often each token is drawn. */
  private static Map<Integer, Double> drawn(Sampling sampling, double... logits) {
    TokenChoice choice = new TokenChoice(sampling);
    Map<Integer, Double> shares = new TreeMap<>();
    for (int i = 0; i < DRAWS; i++) {
      shares.merge(choice.choose(logits.clone()), 1.0 / DRAWS, Double::sum);
    }
    return shares;
  }

  private static void assertShares(Map<Integer, Double> found, double... expected) {
    for (int token = 0; token < expected.length; token++) {
      double p = expected[token];
      if (p == 0) {
        assertThat(found).doesNotContainKey(token);
      } else {
        assertThat(found.get(token))
            .as("token %d", token)
            .isCloseTo(p, within(1e-9 + 5 * Math.sqrt(p * (1 - p) / DRAWS)));
      }
    }
  }

  @Test
  void drawsFromTheDistribution() {
    assertShares(drawn(Sampling.temperature(1, 7), logs(0.3, 0.1, 0.1, 0.5)), 0.3, 0.1, 0.1, 0.5);
  }

  /** Temperature 0.5 squares the probabilities, but for their sum. */
  @Test
  void temperatureSharpens() {
    assertShares(
        drawn(Sampling.temperature(0.5, 7), logs(0.3, 0.1, 0.1, 0.5)),
        0.09 / 0.36,
        0.01 / 0.36,
        0.01 / 0.36,
        0.25 / 0.36);
  }

  @Test
  void topPKeepsTheFewestTokensThatReachIt() {
    Sampling sampling = Sampling.temperature(1, 7).topP(0.79);
    assertShares(drawn(sampling, logs(0.3, 0.1, 0.1, 0.5)), 0.3 / 0.8, 0, 0, 0.5 / 0.8);
    assertShares(
        drawn(sampling, logs(0.15, 0.3, 0.3, 0.25)), 0, 0.3 / 0.85, 0.3 / 0.85, 0.25 / 0.85);
    assertShares(drawn(sampling.topP(1e-9), logs(0.3, 0.1, 0.1, 0.5)), 0, 0, 0, 1);
  }

  @Test
  void topKKeepsSoMany() {
    Sampling sampling = Sampling.temperature(1, 7).topK(3);
    assertShares(
        drawn(sampling, logs(0.05, 0.1, 0.15, 0.3, 0.4)),
        0,
        0,
        0.15 / 0.85,
        0.3 / 0.85,
        0.4 / 0.85);
    assertShares(drawn(sampling.topK(9), logs(0.4, 0.6)), 0.4, 0.6);
    // Of equal ones the lower id is first.
    assertShares(drawn(sampling.topK(2), logs(0.2, 0.4, 0.4, 0.4)), 0, 0.5, 0.5, 0);
  }

  /** The probability is that among the k, because the first cut comes first. */
  @Test
  void topPIsOfWhatTopKLeft() {
    Sampling sampling = Sampling.temperature(1, 7).topK(3).topP(0.6);
    assertShares(drawn(sampling, logs(0.1, 0.2, 0.2, 0.25, 0.25)), 0, 0, 0, 0.5, 0.5);
    assertShares(drawn(sampling, logs(0.1, 0.2, 0.3, 0.4)), 0, 0, 0.3 / 0.7, 0.4 / 0.7);
  }

  @Test
  void repeatedTokensArePenalized() {
    double[] first = new double[20];
    Arrays.fill(first, 0.1);
    double[] second = first.clone();
    first[0] = -0.1;
    second[5] = 0.4;
    TokenChoice choice = new TokenChoice(Sampling.GREEDY.repetitionPenalty(2));
    choice.saw(0);
    choice.saw(1);
    assertThat(choice.choose(first)).isEqualTo(2);
    assertThat(first[0]).isCloseTo(-0.2, within(1e-15));
    assertThat(first[1]).isCloseTo(0.05, within(1e-15));
    choice = new TokenChoice(Sampling.GREEDY.repetitionPenalty(2));
    choice.saw(5);
    choice.saw(0);
    assertThat(choice.choose(second)).isEqualTo(5);
    assertThat(second[0]).isCloseTo(0.05, within(1e-15));
    assertThat(second[5]).isCloseTo(0.2, within(1e-15));
    assertThat(second[7]).isCloseTo(0.1, within(1e-15));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> Sampling.temperature(-1, 1)).hasMessageContaining("at least 0");
    assertThatThrownBy(() -> Sampling.GREEDY.topP(0.9))
        .hasMessage("top-p does nothing without a temperature; set temperature: 1");
    assertThatThrownBy(() -> Sampling.GREEDY.topK(3))
        .hasMessage("top-k does nothing without a temperature; set temperature: 1");
    assertThatThrownBy(() -> Sampling.GREEDY.topP(0)).hasMessageContaining("top-p");
    assertThatThrownBy(() -> Sampling.GREEDY.topK(-1)).hasMessageContaining("top-k");
    assertThatThrownBy(() -> Sampling.GREEDY.repetitionPenalty(0))
        .hasMessageContaining("repetition-penalty");
    assertThatThrownBy(() -> Stopping.after(0)).hasMessageContaining("max-new-tokens");
    assertThatThrownBy(() -> Stopping.after(1).strings("")).hasMessageContaining("empty");
  }
}
