package org.modelvitals.checks.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How well an answer fits, exactly as SQuAD's evaluation script computes it (evaluate-v2.0.py;
 * Rajpurkar et al. 2016, 2018). With answerable questions this is also version 1.1's score.
 *
 * @param exact whether the normalised answer equals a true one
 * @param f1 the F1 of words in common with the best of the true answers, from 0 to 1
 */
public record SquadScore(boolean exact, double f1) {

  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  /** Python's word boundary: beside letters and numbers of any script, but not beside marks. */
  private static final Pattern ARTICLES =
      Pattern.compile("(?<![\\p{L}\\p{N}_])(a|an|the)(?![\\p{L}\\p{N}_])");

  /**
   * Scores an answer.
   *
   * @param answers the true answers, any of which will do; none, or none but empty ones, is a
   *     question without an answer, for which only an empty prediction is right
   */
  public static SquadScore of(String prediction, List<String> answers) {
    List<String> gold = answers.stream().filter(text -> !normalize(text).isEmpty()).toList();
    boolean exact = false;
    double f1 = 0;
    for (String answer : gold.isEmpty() ? List.of("") : gold) {
      exact |= normalize(answer).equals(normalize(prediction));
      f1 = Math.max(f1, f1(prediction, answer));
    }
    return new SquadScore(exact, f1);
  }

  /** Lower case, without punctuation, English articles and spare blanks. */
  public static String normalize(String text) {
    StringBuilder kept = new StringBuilder();
    text.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(c -> PUNCTUATION.indexOf(c) < 0)
        .forEach(kept::appendCodePoint);
    return String.join(" ", Whitespace.split(ARTICLES.matcher(kept).replaceAll(" ")));
  }

  private static double f1(String prediction, String answer) {
    Grams<String> said = Grams.of(Whitespace.split(normalize(prediction)), 1);
    Grams<String> gold = Grams.of(Whitespace.split(normalize(answer)), 1);
    if (said.total() == 0 || gold.total() == 0) {
      return said.total() == gold.total() ? 1 : 0;
    }
    int common = said.matches(gold);
    if (common == 0) {
      return 0;
    }
    double precision = (double) common / said.total();
    double recall = (double) common / gold.total();
    return 2 * precision * recall / (precision + recall);
  }
}
