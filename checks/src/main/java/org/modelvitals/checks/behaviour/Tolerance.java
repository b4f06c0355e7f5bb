package org.modelvitals.checks.behaviour;

/**
 * How far a floating-point number may be from the expected one: {@code |actual - expected| <= atol
 * + rtol * |expected|}, as in numpy's {@code assert_allclose}. NaN is close to NaN, an infinity to
 * itself only.
 *
 * @param rtol relative part
 * @param atol absolute part
 * @param share part of the largest expected value of the row, which rounding grows with: a small
 *     number is as far off as the large ones that it is the sum of
 */
record Tolerance(double rtol, double atol, double share) {
  /** Not one bit. */
  static final Tolerance NONE = new Tolerance(0, 0);

  Tolerance(double rtol, double atol) {
    this(rtol, atol, 0);
  }

  Tolerance {
    if (!(rtol >= 0) || !(atol >= 0) || !(share >= 0)) {
      throw new IllegalArgumentException(
          "tolerances cannot be negative: rtol %s, atol %s".formatted(rtol, atol));
    }
  }

  boolean accepts(double actual, double expected) {
    return accepts(actual, expected, 0);
  }

  /**
   * Whether the number is near enough.
   *
   * @param scale the largest finite value that is expected in the row
   */
  boolean accepts(double actual, double expected, double scale) {
    if (Double.isFinite(actual) && Double.isFinite(expected)) {
      return Math.abs(actual - expected) <= atol + rtol * Math.abs(expected) + share * scale;
    }
    return Double.compare(actual, expected) == 0;
  }

  @Override
  public String toString() {
    if (share > 0) {
      return "allowed is %s of the largest value in the row".formatted(shown(share));
    }
    return equals(NONE)
        ? "not one bit may differ"
        : "rtol %s, atol %s".formatted(shown(rtol), shown(atol));
  }

  private static String shown(double value) {
    return Double.toString(value).replaceFirst("\\.0(?=E|$)", "").replace('E', 'e');
  }
}
