package org.modelvitals.checks.budget;

/**
 * When a growing series is looked at, and how much of the error that is allowed in all each look
 * may take. The first look is where it can decide something; each later one comes when the series
 * is half as long again. The k-th takes the share 1 / (k (k + 1)), and the last one what is left, 1
 * / k: together no more than the whole, however many there are (Bonferroni; the spending of error
 * over looks goes back to Lan and DeMets 1983). A series that is looked at once, at its end, has
 * all of it.
 */
final class Looks {
  /** Nothing is decided before: neighbours in time are too much alike to count as many. */
  static final int LEAST = 64;

  private static final double GROWTH = 1.5;

  private final double error;
  private long next;
  private int taken;

  /**
   * @param error of all looks together
   * @param first how long the series must be for a look to decide something
   */
  Looks(double error, long first) {
    this.error = error;
    this.next = first;
  }

  /** How long the series is at the next look. */
  long next() {
    return next;
  }

  boolean isDue(long count) {
    return count >= next;
  }

  /** The error of this look; the next is due later. */
  double take() {
    taken++;
    next = Math.max(next + 1, (long) (next * GROWTH));
    return error / ((double) taken * (taken + 1));
  }

  /** The error of the last look. */
  double last() {
    return error / (taken + 1);
  }
}
