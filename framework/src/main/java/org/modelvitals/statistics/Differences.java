package org.modelvitals.statistics;

import org.modelvitals.reading.Interval;

/** The difference of two estimates that are independent of each other. */
public final class Differences {
  private Differences() {}

  /**
   * The interval of {@code one - factor * other}, from the interval of each (the method of variance
   * estimates recovery; Zou and Donner 2008; for two Wilson intervals it is method 10 of Newcombe
   * 1998). Conservative where the two vary together.
   */
  public static Interval interval(
      double one, Interval ofOne, double other, Interval ofOther, double factor) {
    double apart = one - factor * other;
    double down = Math.hypot(one - ofOne.low(), factor * (ofOther.high() - other));
    double up = Math.hypot(ofOne.high() - one, factor * (other - ofOther.low()));
    return new Interval(
        apart - down, apart + up, Math.min(ofOne.level(), ofOther.level()), "MOVER, not paired");
  }
}
