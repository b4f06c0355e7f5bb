package org.modelvitals.text;

import org.jspecify.annotations.Nullable;

/** The bounds of what a declaration may say, in sentences that name the component first. */
public final class Bounds {
  private Bounds() {}

  /**
   * Requires a number to be no less than a limit.
   *
   * @param value null if the declaration leaves it out
   * @throws IllegalArgumentException if it is less
   */
  public static void atLeast(long least, String name, @Nullable Number value) {
    if (value != null && value.longValue() < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, not %s".formatted(name, least, value));
    }
  }
}
