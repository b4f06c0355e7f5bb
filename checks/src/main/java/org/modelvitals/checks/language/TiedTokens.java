package org.modelvitals.checks.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds tokens that have the same logit, to the bit, at every position: rows of an output matrix
 * that were tied or never trained. Groups of tokens that were equal so far are split by each
 * position; after the first few there is hardly anything left to do.
 */
final class TiedTokens {
  private final BitSet possible = new BitSet();
  private @Nullable List<List<Integer>> groups;

  void add(PositionDistribution position) {
    for (int token = 0; token < position.size(); token++) {
      if (position.logit(token) > Double.NEGATIVE_INFINITY) {
        possible.set(token);
      }
    }
    List<List<Integer>> known = groups;
    List<List<Integer>> split = new ArrayList<>();
    if (known == null) {
      Integer[] all = new Integer[position.size()];
      Arrays.setAll(all, i -> i);
      split(List.of(all), position, split);
    } else if (!known.isEmpty()) {
      known.forEach(group -> split(group, position, split));
    }
    groups = split;
  }

  private static void split(
      List<Integer> group, PositionDistribution position, List<List<Integer>> into) {
    List<Integer> sorted = new ArrayList<>(group);
    sorted.sort(
        Comparator.comparingLong((Integer token) -> bits(position, token))
            .thenComparing(Comparator.naturalOrder()));
    int begin = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size()
          || bits(position, sorted.get(i)) != bits(position, sorted.get(begin))) {
        if (i - begin > 1) {
          into.add(List.copyOf(sorted.subList(begin, i)));
        }
        begin = i;
      }
    }
  }

  private static long bits(PositionDistribution position, int token) {
    return Double.doubleToRawLongBits(position.logit(token));
  }

  /**
   * Groups of tokens that were equal at every position, ids in order. Tokens that are masked with
   * minus infinity at all of them are none.
   *
   * @param counted the tokens to look at; others are left out
   */
  List<List<Integer>> groups(IntPredicate counted) {
    List<List<Integer>> found = groups == null ? List.of() : groups;
    return found.stream()
        .map(group -> group.stream().filter(possible::get).filter(counted::test).toList())
        .filter(group -> group.size() > 1)
        .sorted(Comparator.comparing((List<Integer> group) -> group.get(0)))
        .toList();
  }
}
