package org.modelvitals.statistics;

import org.apache.commons.numbers.gamma.LogBeta;
import org.modelvitals.reading.Interval;

/**
 * Bounds for the share of a finite population that has a property, at any time while members are
 * drawn from it at random and without replacement. Whoever looks after every draw and stops when he
 * likes is still wrong no more often than the level allows.
 *
 * <p>The prior-posterior ratio of Waudby-Smith and Ramdas (Confidence sequences for sampling
 * without replacement, NeurIPS 2020, section 2.1) with the beta-binomial prior with parameters 1
 * and 1, under which every number of members with the property is equally likely: a number is ruled
 * out once its posterior probability is at most the error rate times its prior one.
 */
public final class SequentialProportion {
  /** What is ruled out by less than this is kept: it would depend on rounding. */
  private static final double ROUNDING = 1e-9;

  private final long population;
  private final double error;
  private long drawn;
  private long successes;
  private long lowest;
  private long highest;

  /**
   * @param population how many members there are
   * @param error how often, at most, the bounds may leave out the truth at any time
   */
  public SequentialProportion(long population, double error) {
    if (population < 1 || !(error > 0 && error < 1)) {
      throw new IllegalArgumentException(
          "a population of %d with an error rate of %s".formatted(population, error));
    }
    this.population = population;
    this.error = error;
    this.highest = population;
  }

  /**
   * Takes in what was drawn next. Bounds only ever come closer, because a number that was ruled out
   * once stays so.
   *
   * @param more how many members
   * @param having how many of them have the property
   */
  public void add(long more, long having) {
    goTo(drawn + more, successes + having);
  }

  /**
   * Takes in all that was drawn so far.
   *
   * @param all how many members
   * @param having how many of them have the property
   */
  public void goTo(long all, long having) {
    if (all < drawn || having < successes || having - successes > all - drawn || all > population) {
      throw new IllegalArgumentException(
          "%d of %d, after %d of %d, in a population of %d"
              .formatted(having, all, successes, drawn, population));
    }
    drawn = all;
    successes = having;
    narrow();
  }

  /** The posterior falls off on both sides of its mode, so what is left is found by bisection. */
  private void narrow() {
    long sure = successes;
    long possible = population - (drawn - successes);
    long mode =
        drawn == 0
            ? lowest
            : Math.min(
                possible,
                Math.max(sure, Math.round((double) successes / drawn * (population + 1)) - 1));
    lowest = Math.max(lowest, first(sure, mode));
    highest = Math.min(highest, last(mode, possible));
    if (lowest > highest) { // the one chance in 1 / error: the truth was ruled out
      lowest = mode;
      highest = mode;
    }
  }

  private long first(long from, long to) {
    long low = from;
    long high = to;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (isRuledOut(middle)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long last(long from, long to) {
    long low = from;
    long high = to;
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      if (isRuledOut(middle)) {
        high = middle - 1;
      } else {
        low = middle;
      }
    }
    return low;
  }

  /** Prior over posterior is at least 1 / error; the prior is the same for all numbers. */
  private boolean isRuledOut(long having) {
    // What is left of the population has the beta-binomial distribution with these parameters.
    double a = successes + 1.0;
    double b = drawn - successes + 1.0;
    double left = (double) (population - drawn);
    double k = (double) (having - successes);
    double logPosterior =
        -Math.log(left + 1)
            - LogBeta.value(left - k + 1, k + 1)
            + LogBeta.value(k + a, left - k + b)
            - LogBeta.value(a, b);
    double logPrior = -Math.log(population + 1.0);
    return logPrior - logPosterior >= -Math.log(error) + ROUNDING;
  }

  public long drawn() {
    return drawn;
  }

  /** Where the share of the whole population lies. */
  public Interval interval() {
    return new Interval(
        (double) lowest / population,
        (double) highest / population,
        1 - error,
        "prior-posterior ratio");
  }
}
