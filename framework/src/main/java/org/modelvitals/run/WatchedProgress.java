package org.modelvitals.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.modelvitals.probe.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Progress of one check: a line that renews itself on a terminal, a sparse line in a log (on
 * standard error if there is no log), and nothing for checks that take only a few seconds.
 */
final class WatchedProgress implements Progress, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("org.modelvitals.progress");

  /** Without a provider, SLF4J drops everything. One that drops it on purpose is obeyed. */
  private static final boolean LOGGED =
      ServiceLoader.load(SLF4JServiceProvider.class, LoggerFactory.class.getClassLoader()).stream()
          .findAny()
          .isPresent();

  private static final long QUIET_NANOS = Duration.ofSeconds(3).toNanos();
  private static final long TERMINAL_NANOS = Duration.ofMillis(500).toNanos();
  private static final long LOG_NANOS = Duration.ofSeconds(30).toNanos();
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final String name;
  private final LongSupplier clock;
  private final BooleanSupplier onTerminal;
  private final PrintStream terminal;
  private final Consumer<String> log;
  private Supervisor.@Nullable Stop stop;
  private volatile long next;
  private long firstAt;
  private long firstDone = -1;
  private boolean shown;

  WatchedProgress(String name) {
    this(name, System::nanoTime, Terminal::isAttached, System.err, sparse(LOGGED, System.err));
  }

  WatchedProgress(
      String name,
      LongSupplier clock,
      BooleanSupplier onTerminal,
      PrintStream terminal,
      Consumer<String> log) {
    this.name = name;
    this.clock = clock;
    this.onTerminal = onTerminal;
    this.terminal = terminal;
    this.log = log;
    this.next = clock.getAsLong() + QUIET_NANOS;
  }

  /**
   * Where lines go that no terminal shows: to the log, or to standard error if no log is written.
   */
  static Consumer<String> sparse(boolean logged, PrintStream err) {
    return logged ? LOG::info : err::println;
  }

  void stopWith(Supervisor.Stop by) {
    stop = by;
  }

  @Override
  public void at(long done, long total, String unit) {
    if (stop != null) {
      stop.check();
    }
    long now = clock.getAsLong();
    if (firstDone < 0) {
      begin(now, done);
    }
    if (now - next >= 0) {
      show(now, done, total, unit);
    }
  }

  /** The rate counts from the first call: what came before, such as loading, is no row. */
  private synchronized void begin(long now, long done) {
    if (firstDone < 0) {
      firstAt = now;
      firstDone = done;
    }
  }

  private synchronized void show(long now, long done, long total, String unit) {
    if (now - next < 0) {
      return; // another thread has just shown it
    }
    double seconds = (now - firstAt) / 1e9;
    String line =
        ProgressLine.of(name, done, total, unit, seconds > 0 ? (done - firstDone) / seconds : 0);
    if (onTerminal.getAsBoolean()) {
      next = now + TERMINAL_NANOS;
      terminal.print(CLEAR_LINE + line);
      terminal.flush();
      shown = true;
    } else {
      next = now + LOG_NANOS;
      log.accept(line);
    }
  }

  /** Wipes the line off the terminal. */
  @Override
  public synchronized void close() {
    if (shown) {
      terminal.print(CLEAR_LINE);
      terminal.flush();
    }
  }
}
