package org.modelvitals.checks.text;

import java.util.Arrays;
import java.util.List;

/**
 * The edit distance of candidates to one reference, searched within a beam around the diagonal, and
 * which word became which. Rows are candidates' words, columns the reference's.
 */
final class TerAlignment {
  private static final int BEAM = 25;
  private static final int UNREACHED = 1_000_000_000;

  private enum Edit {
    NONE,
    REPLACE,
    INSERT,
    DELETE
  }

  private final List<String> reference;
  private final int width;
  private int rows;
  private int[][] cost = new int[0][];
  private Edit[][] edit = new Edit[0][];

  TerAlignment(List<String> reference) {
    this.reference = reference;
    this.width = reference.size() + 1;
  }

  /** The edit distance. Its path is kept until the next call. */
  int align(List<String> candidate) {
    rows = candidate.size();
    if (cost.length <= rows) {
      cost = new int[rows + 1][width];
      edit = new Edit[rows + 1][width];
    }
    for (int j = 0; j < width; j++) {
      cost[0][j] = j;
      edit[0][j] = Edit.INSERT;
    }
    double ratio = rows == 0 ? 1 : (double) reference.size() / rows;
    // A reference that is much longer would leave rows without any overlap.
    int beam = BEAM < ratio / 2 ? (int) Math.ceil(ratio / 2 + BEAM) : BEAM;
    for (int i = 1; i <= rows; i++) {
      Arrays.fill(cost[i], UNREACHED);
      int diagonal = (int) Math.floor(i * ratio);
      int end = i == rows ? width : Math.min(width, diagonal + beam);
      for (int j = Math.max(0, diagonal - beam); j < end; j++) {
        step(i, j, candidate.get(i - 1));
      }
    }
    return cost[rows][width - 1];
  }

  /** tercom prefers to keep or replace, then to delete, then to insert. */
  private void step(int i, int j, String word) {
    if (j > 0) {
      boolean same = word.equals(reference.get(j - 1));
      take(i, j, cost[i - 1][j - 1] + (same ? 0 : 1), same ? Edit.NONE : Edit.REPLACE);
    }
    take(i, j, cost[i - 1][j] + 1, Edit.DELETE);
    if (j > 0) {
      take(i, j, cost[i][j - 1] + 1, Edit.INSERT);
    }
  }

  private void take(int i, int j, int price, Edit how) {
    if (cost[i][j] > price) {
      cost[i][j] = price;
      edit[i][j] = how;
    }
  }

  /** Where candidate and reference of the last alignment part. */
  Errors errors() {
    boolean[] candidate = new boolean[rows];
    boolean[] known = new boolean[reference.size()];
    int[] candidateOf = new int[reference.size()];
    int i = rows;
    int j = reference.size();
    while (i > 0 || j > 0) {
      Edit how = edit[i][j];
      if (how == Edit.NONE || how == Edit.REPLACE) {
        i--;
        j--;
        candidateOf[j] = i;
        candidate[i] = how == Edit.REPLACE;
        known[j] = how == Edit.REPLACE;
      } else if (how == Edit.INSERT) {
        j--;
        candidateOf[j] = i - 1;
        known[j] = true;
      } else {
        i--;
        candidate[i] = true;
      }
    }
    return new Errors(candidate, known, candidateOf);
  }

  /**
   * Which words are wrong on either side, and the candidate's word at or before each reference's.
   */
  static final class Errors {
    private final boolean[] candidate;
    private final boolean[] reference;
    private final int[] candidateOf;

    private Errors(boolean[] candidate, boolean[] reference, int[] candidateOf) {
      this.candidate = candidate;
      this.reference = reference;
      this.candidateOf = candidateOf;
    }

    int candidateOf(int word) {
      return candidateOf[word];
    }

    /** A block is worth moving if it is wrong on both sides and does not lie there already. */
    boolean isWorthMoving(int from, int at, int length) {
      int there = candidateOf[at];
      return any(candidate, from, length)
          && any(reference, at, length)
          && !(from <= there && there < from + length);
    }

    private static boolean any(boolean[] wrong, int from, int length) {
      for (int i = from; i < from + length; i++) {
        if (wrong[i]) {
          return true;
        }
      }
      return false;
    }
  }
}
