package org.modelvitals.checks.behaviour;

/**
 * How far a floating-point number may be from the expected one: {@code |actual - expected| <= atol
 * + rtol * |expected|}, as in numpy's {@code assert_allclose}. NaN is close to NaN, an infinity to
 * itself only.
 *
 * @param rtol relative part
 * @param atol absolute part
 */
record Tolerance(double rtol, double atol) {
  Tolerance {
    if (!(rtol >= 0) || !(atol >= 0)) {
      throw new IllegalArgumentException(
          "tolerances cannot be negative: rtol %s, atol %s".formatted(rtol, atol));
    }
  }

  boolean accepts(double actual, double expected) {
    if (Double.isFinite(actual) && Double.isFinite(expected)) {
      return Math.abs(actual - expected) <= atol + rtol * Math.abs(expected);
    }
    return Double.compare(actual, expected) == 0;
  }

  @Override
  public String toString() {
    return "rtol %s, atol %s".formatted(shown(rtol), shown(atol));
  }

  private static String shown(double value) {
    return Double.toString(value).replaceFirst("\\.0(?=E|$)", "").replace('E', 'e');
  }
}
