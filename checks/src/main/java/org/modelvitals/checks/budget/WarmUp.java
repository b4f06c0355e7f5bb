package org.modelvitals.checks.budget;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.modelvitals.probe.ProbeContext;

/**
 * The calls before the first that counts: until the series of their times is {@link SteadyState
 * steady} and the least that was asked for is reached, or the limit is.
 *
 * @param calls how many there were
 * @param steady whether the series became steady
 */
record WarmUp(long calls, double seconds, boolean steady) {
  private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Looking costs; by then there is so much more to see. */
  private static final double PATIENCE = 1.25;

  /**
   * @param call makes a call and returns how many nanoseconds it took
   */
  static WarmUp run(Timing timing, ProbeContext context, LongSupplier call) {
    SteadyState series = new SteadyState();
    long start = System.nanoTime();
    long told = start;
    long look = 1;
    for (long done = 0; ; done++) {
      long now = System.nanoTime();
      double seconds = (double) (now - start) * 1e-9;
      boolean enough = done >= timing.warmupCalls() && seconds >= timing.warmupSeconds();
      if (enough && timing.warmupLimit() == 0) {
        return new WarmUp(done, seconds, false);
      }
      if (enough && done >= look) {
        if (series.isSteady()) {
          return new WarmUp(done, seconds, true);
        }
        look = Math.max(done + 1, (long) ((double) done * PATIENCE));
      }
      if (enough && seconds >= timing.warmupLimit()) {
        return new WarmUp(done, seconds, false);
      }
      if (now - told >= PROGRESS_NANOS) {
        context.progress().at(done, -1, "warm-up calls");
        told = now;
      }
      series.add((double) call.getAsLong());
    }
  }

  String sentence() {
    return "%,d calls in %.1f s before the first that counts; %s"
        .formatted(
            calls,
            seconds,
            steady
                ? "then their times were steady (MSER)"
                : "their times were not known to be steady yet");
  }
}
