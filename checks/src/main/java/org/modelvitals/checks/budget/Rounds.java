package org.modelvitals.checks.budget;

import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleFunction;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.reading.Measurement;

/**
 * How a series of rounds ended.
 *
 * @param count of rounds
 * @param error of the look that counts
 * @param decided whether all that is expected is decided
 */
record Rounds(long count, double error, boolean decided) {

  /** What would help where not everything is decided. */
  String undecided(String unit, Timing timing) {
    return String.format(
        Locale.ROOT,
        "%,d %s in at most %s s do not tell; declare more 'seconds'",
        count,
        unit,
        timing.seconds());
  }

  /**
   * Runs rounds until what is expected is decided, or the time is over; one at least.
   *
   * @param least rounds before the first look
   * @param unit what a round is, in the plural
   * @param round runs one
   * @param mayLook whether the rounds so far stand for all
   * @param soFar what is known, with an error on either side
   */
  static Rounds run(
      Timing timing,
      ProbeContext context,
      int least,
      String unit,
      Runnable round,
      BooleanSupplier mayLook,
      DoubleFunction<List<Measurement>> soFar) {
    Goal goal = new Goal(null, context.expectations());
    Looks looks = new Looks(timing.error(), least);
    long start = System.nanoTime();
    for (long count = 1; ; count++) {
      context.progress().at(count - 1, -1, unit);
      round.run();
      if (looks.isDue(count) && mayLook.getAsBoolean()) {
        double error = looks.take();
        if (goal.isReached(Goal.USUAL, () -> soFar.apply(error))) {
          return new Rounds(count, error, true);
        }
      }
      if ((double) (System.nanoTime() - start) * 1e-9 >= timing.seconds()) {
        return new Rounds(count, looks.last(), context.expectations().isEmpty());
      }
    }
  }
}
