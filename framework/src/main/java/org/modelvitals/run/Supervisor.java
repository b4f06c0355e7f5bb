package org.modelvitals.run;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Evidence;
import org.modelvitals.unit.Quantity;
import org.modelvitals.verdict.Status;

/**
 * Runs each probe on a thread of its own and watches it: for cancellation, which can only be asked
 * for, and for the time it may take. A probe that does not stop when told to is given up, so that
 * the run goes on without it.
 */
final class Supervisor implements AutoCloseable {
  private static final long PERIOD_MILLIS = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final BooleanSupplier cancelled;
  private final Duration patience;

  /**
   * What did not stop and still runs, by name: it takes processor time from whatever comes next.
   */
  private final Map<Stop, String> leftBehind = new ConcurrentHashMap<>();

  /** Threads are kept for the next probe; making one costs more than a small probe does. */
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "model-vitals");
            thread.setDaemon(true);
            return thread;
          });

  Supervisor(BooleanSupplier cancelled) {
    this(cancelled, PATIENCE);
  }

  Supervisor(BooleanSupplier cancelled, Duration patience) {
    this.cancelled = cancelled;
    this.patience = patience;
  }

  /** Tells a probe whether it shall stop, and how its end is to be understood then. */
  final class Stop {
    private final Optional<Duration> timeout;
    private volatile @Nullable Status status;

    private Stop(Optional<Duration> timeout) {
      this.timeout = timeout;
    }

    /** Whether the probe was told to stop. */
    boolean requested() {
      return status != null || cancelled.getAsBoolean();
    }

    /**
     * Stops the probe if it was told to.
     *
     * @throws CancellationException then
     */
    void check() {
      if (requested()) {
        throw new CancellationException(sentence());
      }
    }

    private String sentence() {
      return status == Status.FAILED
          ? "the check took longer than %s and was stopped"
              .formatted(Quantity.seconds(timeout.orElse(Duration.ZERO).toNanos() / 1e9).display())
          : "the run was cancelled";
    }

    /** A check that was cancelled says nothing of the model; one that takes too long does. */
    Probed stopped(@Nullable Throwable cause) {
      return Probed.ended(
          status == Status.FAILED ? Status.FAILED : Status.SKIPPED, sentence(), cause);
    }
  }

  /** The thread of a probe, which is interrupted only as long as it is that probe's. */
  private static final class Worker {
    private @Nullable Thread thread;

    synchronized void begin(String name) {
      thread = Thread.currentThread();
      Thread.currentThread().setName("model-vitals " + name);
    }

    synchronized void end() {
      thread = null;
      Thread.currentThread().setName("model-vitals");
    }

    synchronized void interrupt() {
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  /**
   * Runs a probe to its end, or gives it up.
   *
   * @param timeout the longest that it may take
   * @param probe does not throw
   * @param interrupt stops calls that the probe is making
   */
  Probed run(
      String name, Optional<Duration> timeout, Function<Stop, Probed> probe, Runnable interrupt) {
    Stop stop = new Stop(timeout);
    CompletableFuture<Probed> result = new CompletableFuture<>();
    // A plain latch: waiting on a future would make a fork-join pool start another check instead.
    CountDownLatch done = new CountDownLatch(1);
    Worker worker = new Worker();
    threads.execute(
        () -> {
          worker.begin(name);
          try {
            result.complete(probe.apply(stop));
          } catch (Throwable e) {
            result.completeExceptionally(e);
          } finally {
            worker.end();
            leftBehind.remove(stop);
            done.countDown();
          }
        });
    Collection<String> disturbing = List.copyOf(leftBehind.values());
    if (await(worker, done, stop, interrupt)) {
      return disturbing.isEmpty() ? result.join() : result.join().noting(beside(disturbing));
    }
    leftBehind.put(stop, name);
    if (done.getCount() == 0) {
      leftBehind.remove(stop); // it ended in between
    }
    return stop.stopped(null)
        .because("; it did not stop when it was told to, and its thread was left behind");
  }

  private static Evidence beside(Collection<String> probes) {
    return new Evidence.Note(
        "Not alone",
        "while this was measured, a probe that did not stop was still running: '%s'"
            .formatted(String.join("', '", probes)));
  }

  private boolean await(Worker worker, CountDownLatch done, Stop stop, Runnable interrupt) {
    long started = System.nanoTime();
    long told = 0;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          if (done.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
            return true;
          }
        } catch (InterruptedException e) {
          interrupted = true;
          if (stop.status == null) {
            stop.status = Status.SKIPPED;
            told = System.nanoTime();
          }
        }
        long now = System.nanoTime();
        if (stop.status == null) {
          if (cancelled.getAsBoolean()) {
            stop.status = Status.SKIPPED;
          } else if (stop.timeout.isPresent() && now - started > stop.timeout.get().toNanos()) {
            stop.status = Status.FAILED;
          }
          told = now;
        }
        if (stop.status != null) {
          if (now - told > patience.toNanos()) {
            return false;
          }
          interrupt.run();
          worker.interrupt();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Lets the threads go; one that was left behind ends when its probe does. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
