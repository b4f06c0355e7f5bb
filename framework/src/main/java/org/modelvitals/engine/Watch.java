package org.modelvitals.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.CancellationToken;

/**
 * Watches a run for cancellation, which the platform only lets one ask for, and interrupts calls of
 * the runtime that would otherwise go on.
 */
final class Watch implements AutoCloseable {
  private static final long PERIOD_MILLIS = 50;

  private final CancellationToken token;
  private final ScheduledExecutorService timer;

  Watch(CancellationToken token, Runnable interrupt) {
    this.token = token;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "model-vitals-watch");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        timer.scheduleWithFixedDelay(
            () -> {
              if (token.isCancellationRequested()) {
                interrupt.run();
              }
            },
            PERIOD_MILLIS,
            PERIOD_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  boolean cancelled() {
    return token.isCancellationRequested();
  }

  /** Begins the time of one check; {@code interrupt} is called when it is over. */
  Deadline start(Optional<Duration> timeout, Runnable interrupt) {
    return new Deadline(timeout, interrupt);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** The time that one check has. */
  final class Deadline implements AutoCloseable {
    private final Optional<Duration> timeout;
    private final Optional<java.util.concurrent.ScheduledFuture<?>> alarm;
    private volatile boolean over;

    private Deadline(Optional<Duration> timeout, Runnable interrupt) {
      this.timeout = timeout;
      this.alarm =
          timeout.map(
              time ->
                  timer.scheduleWithFixedDelay(
                      () -> {
                        over = true;
                        interrupt.run();
                      },
                      time.toMillis(),
                      PERIOD_MILLIS,
                      TimeUnit.MILLISECONDS));
    }

    boolean over() {
      return over;
    }

    Optional<Duration> timeout() {
      return timeout;
    }

    void check() {
      if (over || cancelled()) {
        throw new CancellationException(over ? "the time of the check is over" : "cancelled");
      }
    }

    @Override
    public void close() {
      alarm.ifPresent(future -> future.cancel(false));
    }
  }
}
