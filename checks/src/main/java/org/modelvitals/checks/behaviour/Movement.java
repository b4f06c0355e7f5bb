package org.modelvitals.checks.behaviour;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Value;

/**
 * Which elements of one output change from row to row, how many of its numbers lie at the ends of
 * their range, and which hold the same as others.
 */
final class Movement {
  /** What rounding leaves between a probability and 1, or a hyperbolic tangent and its bound. */
  private static final double AT_BOUND = 0x1p-20;

  /** Rows of probabilities sum to 1 as far as float16 can. */
  private static final double SUM = 1e-2;

  /** Fewer vectors can be equal in a place by chance. */
  private static final int FEWEST = 4;

  private static final int WIDEST = 1 << 16;

  private final boolean logits;
  private boolean @Nullable [] changed;
  private String @Nullable [] first;
  private boolean shapeChanged;
  private boolean floating = true;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private boolean distributions = true;
  private boolean softmaxed = true;
  private long vectors;
  private long numbers;
  private long certain;
  private long atZero;
  private long atOne;
  private long atMinusOne;
  private long @Nullable [] columns;

  Movement(String output) {
    this.logits = output.toLowerCase(Locale.ROOT).contains("logit");
  }

  /**
   * Takes in what came out of one call.
   *
   * @param usual whether the inputs were those that are fed, and not wider ones
   */
  void add(Value value, Places places, boolean usual) {
    for (Elements elements : Elements.of(value)) {
      rows(elements, places);
      floating &= !elements.isExact();
      if (!elements.isText() && usual) {
        bounds(elements);
      } else if (!elements.isText()) {
        range(elements);
      }
    }
  }

  private void rows(Elements elements, Places places) {
    int rows = Difference.rowsOf(elements, places);
    int size = elements.size() / Math.max(1, rows);
    String[] known = first;
    boolean[] seen = changed;
    if (known == null || seen == null) {
      known = new String[size];
      seen = new boolean[size];
      for (int i = 0; i < size; i++) {
        known[i] = elements.text(i);
      }
      first = known;
      changed = seen;
    }
    if (size != known.length) {
      shapeChanged = true;
      return;
    }
    for (int i = 0; i < rows * size; i++) {
      seen[i % size] |= !elements.text(i).equals(known[i % size]);
    }
  }

  private void range(Elements elements) {
    for (int i = 0; i < elements.size(); i++) {
      double value = elements.number(i);
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }

  private void bounds(Elements elements) {
    int width = elements.width();
    if (!logits) {
      range(elements);
    }
    for (int from = 0; width > 0 && from + width <= elements.size(); from += width) {
      double[] vector = new double[width];
      for (int i = 0; i < width; i++) {
        vector[i] = elements.number(from + i);
      }
      tie(vector);
      softmaxed &= isDistribution(vector) && Arrays.stream(vector).noneMatch(v -> v < 0);
      vector(logits ? softmax(vector) : vector);
    }
  }

  private void tie(double[] vector) {
    long[] hashes = columns;
    if (hashes == null) {
      hashes = new long[Math.min(vector.length, WIDEST)];
      columns = hashes;
    }
    for (int i = 0; i < Math.min(hashes.length, vector.length); i++) {
      hashes[i] = hashes[i] * 1_000_003 + Double.doubleToLongBits(vector[i]);
    }
  }

  private void vector(double[] vector) {
    vectors++;
    double highest = Arrays.stream(vector).max().orElse(0);
    distributions &= isDistribution(vector);
    certain += highest >= 1 - AT_BOUND ? 1 : 0;
    for (double value : vector) {
      numbers++;
      atZero += Math.abs(value) <= AT_BOUND ? 1 : 0;
      atOne += Math.abs(value - 1) <= AT_BOUND ? 1 : 0;
      atMinusOne += Math.abs(value + 1) <= AT_BOUND ? 1 : 0;
    }
  }

  private static boolean isDistribution(double[] vector) {
    return vector.length > 1 && Math.abs(Arrays.stream(vector).sum() - 1) <= SUM;
  }

  private static double[] softmax(double[] vector) {
    double highest = Arrays.stream(vector).max().orElse(0);
    double[] shares = Arrays.stream(vector).map(value -> Math.exp(value - highest)).toArray();
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / sum).toArray();
  }

  /** Whether it is of floating-point numbers. */
  boolean isFloating() {
    return floating;
  }

  /** How many elements a row has. */
  int size() {
    return changed == null ? 0 : changed.length;
  }

  /** How many of them never changed. */
  int dead() {
    boolean[] seen = changed;
    int dead = 0;
    for (int i = 0; seen != null && !shapeChanged && i < seen.length; i++) {
      dead += seen[i] ? 0 : 1;
    }
    return dead;
  }

  /** Whether it has a range with ends: probabilities, sigmoids, hyperbolic tangents. */
  boolean isBounded() {
    return floating
        && numbers > 0
        && (logits || (least >= 0 && most <= 1 + SUM) || (least >= -1 && most <= 1));
  }

  /** Whether it is called after logits, of which a softmax makes probabilities. */
  boolean isLogits() {
    return logits && floating;
  }

  /** Whether it is called after logits and holds probabilities already. */
  boolean isSoftmaxed() {
    return isLogits() && softmaxed && vectors > 0;
  }

  /** Of how many there are: distributions, or numbers. */
  long units() {
    return distributions ? vectors : numbers;
  }

  /** How many of these lie at an end of the range. */
  long saturated() {
    return distributions ? certain : atOne + (least < 0 ? atMinusOne : atZero);
  }

  /**
   * How many places along the last axis always held what an earlier one did, those that never
   * change left out; -1 if too little was seen.
   */
  int tied() {
    long[] hashes = columns;
    boolean[] seen = changed;
    if (hashes == null || seen == null || vectors < FEWEST || hashes.length < 2 || !floating) {
      return -1;
    }
    Map<Long, Integer> groups = new HashMap<>();
    int tied = 0;
    for (int i = 0; i < hashes.length; i++) {
      if (i < seen.length && seen[i] && groups.merge(hashes[i], 1, Integer::sum) > 1) {
        tied++;
      }
    }
    return tied;
  }

  /** The first two places that are tied. */
  List<Integer> firstTied() {
    Map<Long, Integer> places = new HashMap<>();
    long[] hashes = columns;
    boolean[] seen = changed;
    for (int i = 0; hashes != null && seen != null && i < hashes.length; i++) {
      Integer earlier = i < seen.length && seen[i] ? places.putIfAbsent(hashes[i], i) : null;
      if (earlier != null) {
        return List.of(earlier, i);
      }
    }
    return List.of();
  }
}
