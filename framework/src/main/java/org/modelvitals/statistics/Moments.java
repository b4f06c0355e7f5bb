package org.modelvitals.statistics;

/**
 * Count, mean and variance of numbers that are seen once, by Welford's method; two are merged by
 * the formula of Chan, Golub and LeVeque (1979). Stable where sums of squares cancel.
 */
public final class Moments {
  private long count;
  private double mean;
  private double squares;

  public void add(double value) {
    count++;
    double before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
  }

  /** Takes in what another has seen. */
  public void merge(Moments other) {
    if (other.count == 0) {
      return;
    }
    long total = count + other.count;
    double apart = other.mean - mean;
    double share = (double) other.count / total;
    squares += other.squares + apart * apart * count * share;
    mean += apart * share;
    count = total;
  }

  /**
   * What is left without some of what was added.
   *
   * @param part all of which was added
   */
  public Moments without(Moments part) {
    Moments rest = new Moments();
    rest.count = count - part.count;
    if (rest.count > 0) {
      double apart = mean - part.mean;
      rest.mean = mean + apart * part.count / rest.count;
      double between = part.mean - rest.mean;
      double spread = between * between * part.count * ((double) rest.count / count);
      rest.squares = Math.max(0, squares - part.squares - spread);
    }
    return rest;
  }

  public long count() {
    return count;
  }

  /** The mean; 0 if nothing was added. */
  public double mean() {
    return mean;
  }

  /** The sum of squared distances from the mean. */
  public double sumOfSquares() {
    return squares;
  }

  /** The sample's standard deviation, with n - 1; 0 for fewer than two values. */
  public double standardDeviation() {
    return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
  }
}
