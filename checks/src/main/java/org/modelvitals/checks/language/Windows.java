package org.modelvitals.checks.language;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text that is longer than the model's context into overlapping windows, as the loop in
 * Hugging Face's guide "Perplexity of fixed-length models" does: a window begins every {@code
 * stride} tokens and is {@code maxLength} long, its targets are the tokens that no window before it
 * had, all others are context alone (their labels are -100 there).
 */
final class Windows {
  private Windows() {}

  /**
   * A window.
   *
   * @param begin the first token, in the text
   * @param end the token after the last
   * @param fresh the first token that no window before it had
   */
  record Window(int begin, int end, int fresh) {

    /**
     * The first token that is predicted: a window's very first token has nothing before it that
     * could predict it.
     */
    int firstTarget() {
      return Math.max(fresh, begin + 1);
    }

    /** How many tokens are predicted. */
    int targets() {
      return Math.max(0, end - firstTarget());
    }

    /**
     * The weight that the guide gives to the mean loss of this window: its targets less one. For a
     * window with context that is one less than the tokens that its loss is the mean of.
     */
    int guideWeight() {
      return end - fresh - 1;
    }
  }

  /**
   * The windows of a text.
   *
   * @param length how many tokens the text has
   * @param maxLength how many tokens a window has, at most
   * @param stride how far apart windows begin
   */
  static List<Window> of(int length, int maxLength, int stride) {
    if (maxLength < 1 || stride < 1 || stride > maxLength) {
      throw new IllegalArgumentException(
          "stride must be between 1 and max-length, which is %d; it is %d"
              .formatted(maxLength, stride));
    }
    List<Window> windows = new ArrayList<>();
    int before = 0;
    for (int begin = 0; before < length; begin += stride) {
      int end = (int) Math.min((long) begin + maxLength, length);
      windows.add(new Window(begin, end, before));
      before = end;
    }
    return windows;
  }
}
