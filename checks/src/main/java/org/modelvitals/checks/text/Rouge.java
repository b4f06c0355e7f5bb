package org.modelvitals.checks.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ROUGE (Lin 2004) of one summary, exactly as Google's rouge_score computes it: ROUGE-1 and ROUGE-2
 * over n-grams, ROUGE-L over the longest common subsequence of the whole text, ROUGE-Lsum over that
 * of lines. Tokens are runs of the letters a to z and digits.
 *
 * @param stemming whether words of more than three letters are stemmed first
 */
public record Rouge(boolean stemming) {

  /** rouge_score's default: no stemming. */
  public static final Rouge DEFAULT = new Rouge(false);

  /** With NLTK's Porter stemmer, as papers on summarisation usually report it. */
  public static final Rouge STEMMED = new Rouge(true);

  private static final Pattern TOKEN = Pattern.compile("[a-z0-9]+");
  private static final Pattern LINE = Pattern.compile("[^\n]+");

  /** A score of one kind, each part from 0 to 1. */
  public record Score(double precision, double recall, double f1) {
    static final Score ZERO = new Score(0, 0, 0);

    static Score of(int hits, int candidate, int reference) {
      double precision = (double) hits / Math.max(candidate, 1);
      double recall = (double) hits / Math.max(reference, 1);
      double sum = precision + recall;
      return new Score(precision, recall, sum > 0 ? 2 * precision * recall / sum : 0);
    }
  }

  /** The scores of one summary. */
  public record Scores(Score rouge1, Score rouge2, Score rougeL, Score rougeLsum) {}

  /** Scores a summary against one reference. */
  public Scores of(String candidate, String reference) {
    List<String> mine = tokens(candidate);
    List<String> theirs = tokens(reference);
    return new Scores(
        grams(1, mine, theirs),
        grams(2, mine, theirs),
        Score.of(Subsequence.of(theirs, mine).length(), mine.size(), theirs.size()),
        byLines(lines(candidate), lines(reference)));
  }

  /** Of several references, for each kind the one with the best F1. */
  public Scores of(String candidate, List<String> references) {
    if (references.isEmpty()) {
      throw new IllegalArgumentException("there is no reference to hold the summary against");
    }
    List<Scores> all = references.stream().map(reference -> of(candidate, reference)).toList();
    return new Scores(
        best(all.stream().map(Scores::rouge1).toList()),
        best(all.stream().map(Scores::rouge2).toList()),
        best(all.stream().map(Scores::rougeL).toList()),
        best(all.stream().map(Scores::rougeLsum).toList()));
  }

  private static Score best(List<Score> scores) {
    return scores.stream().max(Comparator.comparingDouble(Score::f1)).orElse(Score.ZERO);
  }

  /** What a text's words are to ROUGE. */
  List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher words = TOKEN.matcher(text.toLowerCase(Locale.ROOT));
    while (words.find()) {
      String word = words.group();
      tokens.add(stemming && word.length() > 3 ? PorterStemmer.stem(word) : word);
    }
    return tokens;
  }

  private List<List<String>> lines(String text) {
    List<List<String>> lines = new ArrayList<>();
    Matcher found = LINE.matcher(text);
    while (found.find()) {
      lines.add(tokens(found.group()));
    }
    return lines;
  }

  private static Score grams(int order, List<String> mine, List<String> theirs) {
    Grams<String> candidate = Grams.of(mine, order);
    Grams<String> reference = Grams.of(theirs, order);
    return Score.of(candidate.matches(reference), candidate.total(), reference.total());
  }

  /** Section 3.2 of the paper, with the clipping of ROUGE 1.5.5 that no word counts twice. */
  private static Score byLines(List<List<String>> mine, List<List<String>> theirs) {
    Map<String, Integer> left = new HashMap<>();
    mine.forEach(line -> line.forEach(token -> left.merge(token, 1, Integer::sum)));
    int hits = 0;
    for (List<String> line : theirs) {
      TreeSet<Integer> union = new TreeSet<>();
      mine.forEach(other -> union.addAll(Subsequence.of(line, other).places()));
      for (int place : union) {
        if (left.merge(line.get(place), -1, Integer::sum) >= 0) {
          hits++;
        }
      }
    }
    return Score.of(hits, size(mine), size(theirs));
  }

  private static int size(List<List<String>> lines) {
    return lines.stream().mapToInt(List::size).sum();
  }
}
