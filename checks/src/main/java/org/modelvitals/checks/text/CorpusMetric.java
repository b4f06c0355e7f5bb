package org.modelvitals.checks.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A score of a whole corpus that is computed from sums of counts over its segments, as in
 * sacreBLEU. Because the counts of each segment are kept, a corpus can be resampled without
 * comparing any text again.
 */
public sealed interface CorpusMetric permits Bleu, Chrf, Ter {

  /** As sacreBLEU prints it: {@code BLEU}, {@code chrF2++}, {@code TER}. */
  String name();

  /** The options in sacreBLEU's form, without version and number of references. */
  String options();

  /**
   * The counts of one segment.
   *
   * @param references at least one
   */
  double[] counts(String candidate, List<String> references);

  /**
   * The score, from 0 to 100 (TER may exceed 100).
   *
   * @param sums the {@link #counts} of all segments, added up
   */
  double score(double[] sums);

  /**
   * Scores a corpus.
   *
   * @param candidates what a system wrote, a segment each
   * @param references for each segment one or more references; segments may have different numbers
   *     of them. An empty text is a reference too, as in sacreBLEU 2.6
   * @throws IllegalArgumentException if the lists differ in length, are empty, or a segment has no
   *     reference
   */
  default CorpusScore of(List<String> candidates, List<List<String>> references) {
    if (candidates.size() != references.size() || candidates.isEmpty()) {
      throw new IllegalArgumentException(
          "%d candidates and references for %d; expected as many of both, and at least one"
              .formatted(candidates.size(), references.size()));
    }
    List<double[]> counts = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      if (references.get(i).isEmpty()) {
        throw new IllegalArgumentException("segment %d has no reference".formatted(i + 1));
      }
      numbers.add(references.get(i).size());
      counts.add(counts(candidates.get(i), references.get(i)));
    }
    boolean alike = numbers.stream().distinct().count() == 1;
    return new CorpusScore(this, counts, alike ? String.valueOf(numbers.get(0)) : "var");
  }

  /** Scores a corpus with one reference a segment. */
  default double score(List<String> candidates, List<String> references) {
    return of(candidates, references.stream().map(List::of).toList()).score();
  }
}
