package org.modelvitals.checks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.modelvitals.checks.language.Windows.Window;

class WindowsTest {

  @Test
  void windowsOverlapByTheirContext() {
    assertThat(Windows.of(10, 4, 2))
        .containsExactly(
            new Window(0, 4, 0), new Window(2, 6, 4), new Window(4, 8, 6), new Window(6, 10, 8));
    assertThat(Windows.of(10, 4, 3))
        .containsExactly(new Window(0, 4, 0), new Window(3, 7, 4), new Window(6, 10, 7));
    assertThat(Windows.of(9, 4, 4))
        .containsExactly(new Window(0, 4, 0), new Window(4, 8, 4), new Window(8, 9, 8));
    assertThat(Windows.of(3, 4, 2)).containsExactly(new Window(0, 3, 0));
    assertThat(Windows.of(0, 4, 2)).isEmpty();
  }

  @Test
  void aStrideThatLeavesOutTokensIsRefused() {
    assertThatThrownBy(() -> Windows.of(10, 4, 5))
        .hasMessage("stride must be between 1 and max-length, which is 4; it is 5");
    assertThatThrownBy(() -> Windows.of(10, 4, 0)).hasMessageContaining("it is 0");
  }

  /** Some loss of a token, given where its window begins. */
  private static double loss(int begin, int token) {
    return 1 + Math.sin(31.7 * begin + 7.1 * token);
  }

  /** The guide's loop, line by line, with labels and their internal shift. */
  private static double[] guide(int seqLen, int maxLength, int stride) {
    double nllSum = 0;
    long nTokens = 0;
    int prevEndLoc = 0;
    List<Integer> scored = new ArrayList<>();
    for (int beginLoc = 0; beginLoc < seqLen; beginLoc += stride) {
      int endLoc = Math.min(beginLoc + maxLength, seqLen);
      int trgLen = endLoc - prevEndLoc;
      int[] targetIds = new int[endLoc - beginLoc];
      for (int i = 0; i < targetIds.length; i++) {
        targetIds[i] = i < targetIds.length - trgLen ? -100 : beginLoc + i;
      }
      double sum = 0;
      int count = 0;
      for (int i = 1; i < targetIds.length; i++) {
        if (targetIds[i] != -100) {
          sum += loss(beginLoc, targetIds[i]);
          count++;
          scored.add(targetIds[i]);
        }
      }
      long valid = Arrays.stream(targetIds).filter(id -> id != -100).count();
      if (count > 0) { // torch's mean of nothing is NaN, and the guide's sum too
        nllSum += sum / count * (valid - 1);
        nTokens += valid - 1;
      }
      prevEndLoc = endLoc;
      if (endLoc == seqLen) {
        break;
      }
    }
    assertThat(scored).doesNotHaveDuplicates();
    return new double[] {nllSum, nTokens, scored.size()};
  }

  @Property
  void areThoseOfTheGuide(
      @ForAll @IntRange(min = 1, max = 120) int length,
      @ForAll @IntRange(min = 1, max = 40) int maxLength,
      @ForAll @IntRange(min = 1, max = 40) int wanted) {
    int stride = Math.min(wanted, maxLength);
    double nats = 0;
    long weights = 0;
    long tokens = 0;
    for (Window window : Windows.of(length, maxLength, stride)) {
      double sum = 0;
      for (int target = window.firstTarget(); target < window.end(); target++) {
        sum += loss(window.begin(), target);
        tokens++;
      }
      if (window.targets() > 0) {
        nats += sum / window.targets() * window.guideWeight();
        weights += window.guideWeight();
      }
    }
    double[] expected = guide(length, maxLength, stride);
    assertThat(nats).isCloseTo(expected[0], within(1e-9));
    assertThat((double) weights).isEqualTo(expected[1]);
    assertThat((double) tokens).isEqualTo(expected[2]);
  }
}
