package org.modelvitals.checks.language;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.modelvitals.checks.language.Texts.Text;
import org.modelvitals.checks.language.Windows.Window;

/** A text with the log-probability of each of its tokens, as far as they are known. */
final class ScoredText {
  private final Text text;
  private final long[] ids;
  private final double[] logProbabilities;
  private int windowsLeft;
  private long tokens;
  private double nats;
  private double guideNats;
  private long guideTokens;

  /**
   * @param ids its tokens, a prefix included
   * @param windows in how many windows they are predicted
   */
  ScoredText(Text text, long[] ids, int windows) {
    this.text = text;
    this.ids = ids;
    this.logProbabilities = new double[ids.length];
    this.windowsLeft = windows;
    Arrays.fill(logProbabilities, Double.NaN);
  }

  Text text() {
    return text;
  }

  long[] ids() {
    return ids;
  }

  /** One for each token; NaN for what is not predicted. */
  double[] logProbabilities() {
    return logProbabilities;
  }

  void set(int token, double logProbability) {
    logProbabilities[token] = logProbability;
    tokens++;
    nats -= logProbability;
  }

  /**
   * Notes that a window is done; whether it was the last.
   *
   * @param nats the negative log-probability of what it predicts
   */
  boolean windowDone(Window window, double nats) {
    if (window.targets() > 0) {
      guideNats += nats / window.targets() * window.guideWeight();
      guideTokens += window.guideWeight();
    }
    windowsLeft--;
    return windowsLeft == 0;
  }

  /** How many tokens are predicted. */
  long tokens() {
    return tokens;
  }

  /** The negative log-probability of all of them. */
  double nats() {
    return nats;
  }

  /** What Hugging Face's guide sums up: see {@link Window#guideWeight}. */
  double guideNats() {
    return guideNats;
  }

  /** What the guide divides by. */
  long guideTokens() {
    return guideTokens;
  }

  double natsPerToken() {
    return nats / tokens;
  }

  double bytes() {
    return text.text().getBytes(StandardCharsets.UTF_8).length;
  }

  /** The place of the least likely token. */
  int least() {
    int least = -1;
    for (int i = 0; i < ids.length; i++) {
      if (!Double.isNaN(logProbabilities[i])
          && (least < 0 || logProbabilities[i] < logProbabilities[least])) {
        least = i;
      }
    }
    return least;
  }
}
