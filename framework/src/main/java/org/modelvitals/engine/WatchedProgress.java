package org.modelvitals.engine;

import java.time.Duration;
import java.util.Locale;
import org.modelvitals.probe.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Progress of one check: a line that renews itself on a terminal, a sparse line in a log, and
 * nothing for checks that take only a few seconds.
 */
final class WatchedProgress implements Progress {
  private static final Logger LOG = LoggerFactory.getLogger("org.modelvitals.progress");
  private static final long QUIET_NANOS = Duration.ofSeconds(3).toNanos();
  private static final long TERMINAL_NANOS = Duration.ofMillis(500).toNanos();
  private static final long LOG_NANOS = Duration.ofSeconds(30).toNanos();

  private final String name;
  private final Watch.Deadline deadline;
  private final boolean terminal = Terminal.isAttached();
  private final long started = System.nanoTime();
  private long next = started + QUIET_NANOS;

  WatchedProgress(String name, Watch.Deadline deadline) {
    this.name = name;
    this.deadline = deadline;
  }

  @Override
  public void at(long done, long total, String unit) {
    deadline.check();
    long now = System.nanoTime();
    if (now - next < 0) {
      return;
    }
    String line = line(name, done, total, unit, (now - started) / 1e9);
    if (terminal) {
      next = now + TERMINAL_NANOS;
      System.err.print("\r\u001b[2K" + line + (done == total ? System.lineSeparator() : ""));
      System.err.flush();
    } else {
      next = now + LOG_NANOS;
      LOG.info(line);
    }
  }

  static String line(String name, long done, long total, String unit, double seconds) {
    double rate = seconds > 0 ? done / seconds : 0;
    String of = total < 0 ? "" : String.format(Locale.ROOT, " of %,d", total);
    String left =
        total < 0 || rate == 0
            ? ""
            : String.format(Locale.ROOT, ", %s left", clock((total - done) / rate));
    return String.format(Locale.ROOT, "%s: %,d%s %s, %,.0f/s%s", name, done, of, unit, rate, left);
  }

  private static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
  }
}
