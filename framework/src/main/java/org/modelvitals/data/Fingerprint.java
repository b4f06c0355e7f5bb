package org.modelvitals.data;

/**
 * A 64-bit fingerprint of what is added, one after the other: the same on every machine and in
 * every version. Not for keeping secrets. Each step is mixed as in SplitMix64 (Steele, Lea and
 * Flood 2014).
 */
final class Fingerprint {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private long state;

  void add(long number) {
    long z = state + GOLDEN + number * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    state = z ^ (z >>> 31);
  }

  /** The negative zero counts as zero, and one NaN as another. */
  void add(double number) {
    add(Double.doubleToLongBits(number + 0.0));
  }

  void add(String text) {
    // Its hash is specified by the language.
    add(((long) text.length() << 32) | (text.hashCode() & 0xffffffffL));
  }

  long value() {
    return state;
  }
}
