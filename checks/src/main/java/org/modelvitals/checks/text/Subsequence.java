package org.modelvitals.checks.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A longest common subsequence of two lists, as its places in the first. */
record Subsequence(List<Integer> places) {

  int length() {
    return places.size();
  }

  /** Of several longest ones the one that rouge_score reads out of the table. */
  static Subsequence of(List<String> reference, List<String> candidate) {
    int[][] table = new int[reference.size() + 1][candidate.size() + 1];
    for (int i = 1; i <= reference.size(); i++) {
      for (int j = 1; j <= candidate.size(); j++) {
        table[i][j] =
            reference.get(i - 1).equals(candidate.get(j - 1))
                ? table[i - 1][j - 1] + 1
                : Math.max(table[i - 1][j], table[i][j - 1]);
      }
    }
    List<Integer> places = new ArrayList<>();
    int i = reference.size();
    int j = candidate.size();
    while (i > 0 && j > 0) {
      if (reference.get(i - 1).equals(candidate.get(j - 1))) {
        places.add(i - 1);
        i--;
        j--;
      } else if (table[i][j - 1] > table[i - 1][j]) {
        j--;
      } else {
        i--;
      }
    }
    Collections.reverse(places);
    return new Subsequence(places);
  }
}
