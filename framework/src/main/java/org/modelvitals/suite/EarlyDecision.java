package org.modelvitals.suite;

import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Shorthand;
import org.modelvitals.unit.Dimension;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/**
 * Lets a pass over data end as soon as the verdict is known.
 *
 * @param error how often, at most, the verdict may be another one than that of all rows. With 0 it
 *     is arithmetic: whatever the rows that were not read hold, they cannot change it. With more,
 *     rows are read in random order, and one may stop at any time without being wrong more often
 */
@Doc("Lets reading end as soon as the verdict is known.")
@Shorthand("error")
public record EarlyDecision(
    @Doc(
            value =
                "How often, at most, the verdict may differ from that of all rows; with 0 never.",
            example = "1 %")
        @Default("0 %")
        Quantity error) {

  public EarlyDecision {
    if (error.unit().dimension() != Dimension.NUMBER || !(rate(error) >= 0 && rate(error) < 0.5)) {
      throw new IllegalArgumentException(
          "decide-early: the error rate is '%s'; expected a share below one half, such as '1 %%', or '0 %%'"
              .formatted(error));
    }
  }

  /** {@link #error} as a number between 0 and 1. */
  public double rate() {
    return rate(error);
  }

  private static double rate(Quantity error) {
    return error.in(Unit.NUMBER);
  }
}
