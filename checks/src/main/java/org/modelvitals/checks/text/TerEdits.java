package org.modelvitals.checks.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The search for the fewest edits with block moves. Finding the true minimum is NP-hard; this is
 * tercom's greedy search, with its limits and its order among equals, as sacreBLEU has it: take the
 * move that saves most, until none saves anything.
 */
final class TerEdits {
  private static final int LONGEST_MOVE = 10;
  private static final int FARTHEST_MOVE = 50;
  private static final int MOST_TRIED = 1000;

  private final List<String> reference;
  private final TerAlignment alignment;
  private int tried;

  TerEdits(List<String> reference) {
    this.reference = reference;
    this.alignment = new TerAlignment(reference);
  }

  /**
   * A candidate after a move, in tercom's order: by savings, length, earliest from, earliest to.
   */
  private record Move(int savings, int length, int from, int to, List<String> words) {
    boolean isBetterThan(@Nullable Move other) {
      if (other == null) {
        return true;
      }
      if (savings != other.savings) {
        return savings > other.savings;
      }
      if (length != other.length) {
        return length > other.length;
      }
      return from != other.from ? from < other.from : to < other.to;
    }
  }

  /** The number of edits from {@code candidate} to the reference. */
  int count(List<String> candidate) {
    if (reference.isEmpty()) {
      return candidate.size();
    }
    tried = 0;
    int moves = 0;
    List<String> words = candidate;
    for (Move best = best(words); best != null && best.savings > 0; best = best(words)) {
      if (tried >= MOST_TRIED) {
        break;
      }
      moves++;
      words = best.words;
    }
    return moves + alignment.align(words);
  }

  private @Nullable Move best(List<String> words) {
    int before = alignment.align(words);
    TerAlignment.Errors errors = alignment.errors();
    Move best = null;
    for (int from = 0; from < words.size(); from++) {
      for (int at = 0; at < reference.size(); at++) {
        if (Math.abs(at - from) > FARTHEST_MOVE) {
          continue;
        }
        int most = matching(words, from, at);
        for (int length = 1; length <= most; length++) {
          if (errors.isWorthMoving(from, at, length)) {
            best = best(words, from, at, length, before, errors, best);
          }
          // Checked after each block that was tried, so that the limit bites where sacreBLEU's
          // does.
          if (tried >= MOST_TRIED && errors.isWorthMoving(from, at, length)) {
            return best;
          }
        }
      }
    }
    return best;
  }

  private int matching(List<String> words, int from, int at) {
    int length = 0;
    while (length < LONGEST_MOVE
        && from + length < words.size()
        && at + length < reference.size()
        && words.get(from + length).equals(reference.get(at + length))) {
      length++;
    }
    return length;
  }

  /** The best of {@code best} and of moves of one block to beside each word that it matches. */
  private @Nullable Move best(
      List<String> words,
      int from,
      int at,
      int length,
      int before,
      TerAlignment.Errors errors,
      @Nullable Move best) {
    Move found = best;
    int previous = -1;
    for (int offset = -1; offset < length; offset++) {
      int to = at + offset < 0 ? 0 : errors.candidateOf(at + offset) + 1;
      if (to != previous) {
        previous = to;
        List<String> moved = move(words, from, length, to);
        Move move = new Move(before - alignment.align(moved), length, from, to, moved);
        tried++;
        found = move.isBetterThan(found) ? move : found;
      }
    }
    return found;
  }

  private static List<String> move(List<String> words, int from, int length, int to) {
    List<String> moved = new ArrayList<>(words);
    List<String> block = List.copyOf(words.subList(from, from + length));
    moved.subList(from, from + length).clear();
    // Past its own end a target is counted without the block; inside it, the block moves that far.
    int target = to < from ? to : to > from + length ? to - length : Math.min(to, moved.size());
    moved.addAll(target, block);
    return moved;
  }
}
