package org.modelvitals.checks.budget;

import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.unit.Dimension;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;

/**
 * How time is taken, in all probes that do.
 *
 * @param seconds after which no more calls are timed
 * @param confidence with which a condition passes, and with which it fails: one-sided
 * @param warmupCalls calls that are not timed, at least
 * @param warmupSeconds time of the calls that are not timed, at least
 * @param warmupLimit seconds after which calls are timed even if they are not steady; with 0 nobody
 *     asks whether they are
 * @param interference the share of the machine's processor time that others may take meanwhile; if
 *     it was more, nothing is called slow
 */
public record Timing(
    @Doc("Seconds after which no more calls are timed.")
        @Default("30")
        @Minimum(value = 0, exclusive = true)
        double seconds,
    @Doc("Confidence with which a condition passes, and with which it fails.") @Default("99 %")
        Quantity confidence,
    @Doc("Calls before the first that is timed, at least.") @Default("3") @Minimum(0)
        long warmupCalls,
    @Doc("Seconds of calls before the first that is timed, at least.") @Default("0.2") @Minimum(0)
        double warmupSeconds,
    @Doc("Seconds after which calls are timed even if they are not steady; with 0 nobody asks.")
        @Default("10")
        @Minimum(0)
        double warmupLimit,
    @Doc(
            "Share of the processors' time that others may take meanwhile; if it was more, nothing"
                + " is called slow.")
        @Default("20 %")
        Quantity interference) {

  static final Timing DEFAULT =
      new Timing(30, Quantity.percent(99), 3, 0.2, 10, Quantity.percent(20));

  public Timing {
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("seconds must be more than 0, not " + seconds);
    }
    if (warmupCalls < 0 || !(warmupSeconds >= 0) || !(warmupLimit >= 0)) {
      throw new IllegalArgumentException("there cannot be less than no warm-up");
    }
    if (!(share("confidence", confidence) >= 0.5 && share("confidence", confidence) < 1)) {
      throw new IllegalArgumentException(
          "confidence is '%s'; expected at least 50 %% and less than 100 %%".formatted(confidence));
    }
    if (!(share("interference", interference) >= 0 && share("interference", interference) <= 1)) {
      throw new IllegalArgumentException(
          "interference is '%s'; expected 0 %% to 100 %%".formatted(interference));
    }
  }

  private static double share(String what, Quantity quantity) {
    if (quantity.unit().dimension() != Dimension.NUMBER) {
      throw new IllegalArgumentException(
          "%s is '%s'; expected a share such as '99 %%'".formatted(what, quantity));
    }
    return quantity.in(Unit.NUMBER);
  }

  /** How often, at most, a pass, and how often a failure, may be wrong. */
  double error() {
    // Rounded, because 1 - 0.99 is a little more than 0.01.
    return Math.rint((1 - confidence.in(Unit.NUMBER)) * 1e12) / 1e12;
  }

  /** The share of the processors' time that others may take. */
  double tolerated() {
    return interference.in(Unit.NUMBER);
  }

  Timing seconds(double value) {
    return new Timing(value, confidence, warmupCalls, warmupSeconds, warmupLimit, interference);
  }

  Timing confidence(Quantity value) {
    return new Timing(seconds, value, warmupCalls, warmupSeconds, warmupLimit, interference);
  }

  Timing warmup(long leastCalls, double leastSeconds) {
    return new Timing(seconds, confidence, leastCalls, leastSeconds, warmupLimit, interference);
  }

  Timing warmupLimit(double value) {
    return new Timing(seconds, confidence, warmupCalls, warmupSeconds, value, interference);
  }

  Timing interference(Quantity value) {
    return new Timing(seconds, confidence, warmupCalls, warmupSeconds, warmupLimit, value);
  }
}
