package org.modelvitals.checks.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.modelvitals.text.Bounds;

/**
 * chrF, the F score over character n-grams (Popović 2015), and chrF++ with word n-grams beside them
 * (Popović 2017), exactly as sacreBLEU 2.6 computes them.
 *
 * @param characters the longest character n-grams
 * @param words the longest word n-grams; 0 is chrF, 2 is chrF++
 * @param beta how many times recall counts as much as precision
 * @param lowercase whether case is ignored
 * @param whitespace whether white space is part of the character n-grams
 * @param epsilonSmoothing whether orders without n-grams count as nearly 0, as in chrF++.py and
 *     NLTK, instead of being left out
 */
public record Chrf(
    int characters,
    int words,
    int beta,
    boolean lowercase,
    boolean whitespace,
    boolean epsilonSmoothing)
    implements CorpusMetric {

  /** sacreBLEU's default, chrF2: character 6-grams, beta 2. */
  public static final Chrf DEFAULT = new Chrf(6, 0, 2, false, false, false);

  /** chrF2++: word bigrams too. */
  public static final Chrf PLUS_PLUS = DEFAULT.words(2);

  private static final double EPSILON = 1e-16;
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  public Chrf {
    Bounds.atLeast(1, "characters", characters);
    Bounds.atLeast(0, "words", words);
    Bounds.atLeast(1, "beta", beta);
  }

  /** The corpus' chrF with sacreBLEU's defaults, one reference a segment. */
  public static double chrf(List<String> candidates, List<String> references) {
    return DEFAULT.score(candidates, references);
  }

  public Chrf characters(int longest) {
    return new Chrf(longest, words, beta, lowercase, whitespace, epsilonSmoothing);
  }

  public Chrf words(int longest) {
    return new Chrf(characters, longest, beta, lowercase, whitespace, epsilonSmoothing);
  }

  public Chrf beta(int weight) {
    return new Chrf(characters, words, weight, lowercase, whitespace, epsilonSmoothing);
  }

  public Chrf ignoringCase() {
    return new Chrf(characters, words, beta, true, whitespace, epsilonSmoothing);
  }

  public Chrf withWhitespace() {
    return new Chrf(characters, words, beta, lowercase, true, epsilonSmoothing);
  }

  public Chrf withEpsilonSmoothing() {
    return new Chrf(characters, words, beta, lowercase, whitespace, true);
  }

  @Override
  public String name() {
    return "chrF" + beta + "+".repeat(words);
  }

  @Override
  public String options() {
    return "case:%s|eff:%s|nc:%d|nw:%d|space:%s"
        .formatted(
            lowercase ? "lc" : "mixed",
            epsilonSmoothing ? "no" : "yes",
            characters,
            words,
            whitespace ? "yes" : "no");
  }

  /** For each order the n-grams of the candidate, of the best reference, and those in both. */
  @Override
  public double[] counts(String candidate, List<String> references) {
    List<Grams<String>> mine = grams(candidate);
    double[] best = new double[0];
    double bestScore = -1;
    for (String reference : references) {
      double[] counts = counts(mine, grams(reference));
      double score = score(counts);
      if (score > bestScore) {
        best = counts;
        bestScore = score;
      }
    }
    return best;
  }

  private static double[] counts(List<Grams<String>> mine, List<Grams<String>> theirs) {
    double[] counts = new double[3 * mine.size()];
    for (int i = 0; i < mine.size(); i++) {
      // Without n-grams in the reference there is nothing to hit, so none of ours is counted.
      counts[3 * i] = theirs.get(i).total() == 0 ? 0 : mine.get(i).total();
      counts[3 * i + 1] = theirs.get(i).total();
      counts[3 * i + 2] = mine.get(i).matches(theirs.get(i));
    }
    return counts;
  }

  private List<Grams<String>> grams(String text) {
    String cased = lowercase ? text.toLowerCase(Locale.ROOT) : text;
    String line = whitespace ? cased : String.join("", Whitespace.split(cased));
    List<String> letters = line.codePoints().mapToObj(Character::toString).toList();
    List<Grams<String>> grams = Grams.upTo(characters, letters);
    grams.addAll(Grams.upTo(words, words(cased)));
    return grams;
  }

  /** The words, with one mark of punctuation at an end of a word made a word of its own. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : Whitespace.split(text)) {
      int last = word.length() - 1;
      if (last > 0 && PUNCTUATION.indexOf(word.charAt(last)) >= 0) {
        words.add(word.substring(0, last));
        words.add(word.substring(last));
      } else if (last > 0 && PUNCTUATION.indexOf(word.charAt(0)) >= 0) {
        words.add(word.substring(0, 1));
        words.add(word.substring(1));
      } else {
        words.add(word);
      }
    }
    return words;
  }

  @Override
  public double score(double[] sums) {
    int orders = characters + words;
    double factor = (double) beta * beta;
    double precisions = 0;
    double recalls = 0;
    double scores = 0;
    int effective = 0;
    for (int i = 0; i < orders; i++) {
      double mine = sums[3 * i];
      double theirs = sums[3 * i + 1];
      double matches = sums[3 * i + 2];
      double precision = mine > 0 ? matches / mine : EPSILON;
      double recall = theirs > 0 ? matches / theirs : EPSILON;
      double denominator = factor * precision + recall;
      scores += denominator > 0 ? (1 + factor) * precision * recall / denominator : EPSILON;
      if (mine > 0 && theirs > 0) {
        precisions += precision;
        recalls += recall;
        effective++;
      }
    }
    if (epsilonSmoothing) {
      return 100 * scores / orders;
    }
    if (precisions + recalls == 0) {
      return 0;
    }
    double precision = precisions / effective;
    double recall = recalls / effective;
    return 100 * ((1 + factor) * precision * recall / (factor * precision + recall));
  }
}
