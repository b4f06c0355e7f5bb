package org.modelvitals.checks.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each n-gram of one order occurs. */
record Grams<T>(Map<List<T>, Integer> counts, int total) {

  static <T> Grams<T> of(List<T> tokens, int order) {
    Map<List<T>, Integer> counts = new HashMap<>();
    int total = Math.max(0, tokens.size() - order + 1);
    for (int i = 0; i < total; i++) {
      counts.merge(tokens.subList(i, i + order), 1, Integer::sum);
    }
    return new Grams<>(counts, total);
  }

  static <T> List<Grams<T>> upTo(int order, List<T> tokens) {
    List<Grams<T>> grams = new ArrayList<>();
    for (int n = 1; n <= order; n++) {
      grams.add(of(tokens, n));
    }
    return grams;
  }

  /** How many n-grams both have in common, each counted as often as it is in both. */
  int matches(Grams<T> other) {
    int matches = 0;
    for (Map.Entry<List<T>, Integer> entry : counts.entrySet()) {
      matches += Math.min(entry.getValue(), other.counts.getOrDefault(entry.getKey(), 0));
    }
    return matches;
  }

  /** Every n-gram as often as in the one where it is more frequent. */
  Grams<T> union(Grams<T> other) {
    Map<List<T>, Integer> more = new HashMap<>(counts);
    other.counts.forEach((gram, count) -> more.merge(gram, count, Math::max));
    return new Grams<>(more, more.values().stream().mapToInt(count -> count).sum());
  }
}
