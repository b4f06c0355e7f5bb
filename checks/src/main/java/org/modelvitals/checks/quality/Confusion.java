package org.modelvitals.checks.quality;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often the model says one class for another; only pairs that occur take memory. */
final class Confusion {

  /**
   * A pair of classes.
   *
   * @param said -1 if the model said nothing
   */
  record Pair(int truth, int said) {}

  private final Map<Pair, long[]> counts = new HashMap<>();

  void add(int truth, int said) {
    counts.computeIfAbsent(new Pair(truth, said), pair -> new long[1])[0]++;
  }

  void merge(Confusion other, int[] place) {
    other.counts.forEach(
        (pair, count) -> {
          Pair here = new Pair(place[pair.truth], pair.said < 0 ? -1 : place[pair.said]);
          counts.computeIfAbsent(here, p -> new long[1])[0] += count[0];
        });
  }

  long count(int truth, int said) {
    long[] count = counts.get(new Pair(truth, said));
    return count == null ? 0 : count[0];
  }

  /** The pairs that occur, by class and prediction. */
  List<Pair> inOrder() {
    return counts.keySet().stream()
        .sorted(Comparator.comparingInt(Pair::truth).thenComparingInt(Pair::said))
        .toList();
  }

  Iterable<Pair> pairs() {
    return counts.keySet();
  }
}
