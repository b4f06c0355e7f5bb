package org.modelvitals.checks.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How much generated tokens repeat themselves: two signs of degenerate output. */
public final class Diversity {
  private Diversity() {}

  /**
   * Distinct-n (Li et al. 2016): different n-grams as a share of all n-grams, over all texts
   * together. 1 if no n-gram occurs twice; NaN if the texts have no n-gram of that length.
   */
  public static <T> double distinct(int order, List<List<T>> texts) {
    Set<List<T>> different = new HashSet<>();
    long total = 0;
    for (List<T> tokens : texts) {
      Grams<T> grams = Grams.of(tokens, order);
      different.addAll(grams.counts().keySet());
      total += grams.total();
    }
    return total == 0 ? Double.NaN : (double) different.size() / total;
  }

  /**
   * A stretch of tokens that is one n-gram again and again.
   *
   * @param start where it starts
   * @param period the n-gram's length
   * @param times how often it stands there, at least twice; 0 if nothing is repeated
   */
  public record Loop(int start, int period, int times) {
    /** How many tokens the repetitions cover. */
    public int length() {
      return period * times;
    }
  }

  /**
   * The n-gram loop that covers most tokens; of several the one with the shortest n-gram, of these
   * the first.
   */
  public static <T> Loop longestLoop(List<T> tokens) {
    Loop longest = new Loop(0, 0, 0);
    for (int period = 1; period <= tokens.size() / 2; period++) {
      int same = 0;
      for (int i = 0; i + period < tokens.size(); i++) {
        same = tokens.get(i).equals(tokens.get(i + period)) ? same + 1 : 0;
        // Each further token that equals the one a period before adds to the stretch.
        int times = same / period + 1;
        if (times >= 2 && times * period > longest.length()) {
          longest = new Loop(i + period + 1 - times * period, period, times);
        }
      }
    }
    return longest;
  }
}
