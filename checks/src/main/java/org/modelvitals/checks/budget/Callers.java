package org.modelvitals.checks.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that call a model at the same time. When they are closed, none of them runs any more. */
final class Callers implements AutoCloseable {
  private final ExecutorService threads;

  Callers(int count) {
    threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "model-vitals-caller");
              thread.setDaemon(true);
              return thread;
            });
  }

  <T> Future<T> start(Callable<T> work) {
    return threads.submit(work);
  }

  /** What all of it comes to, in order; one that threw throws here. */
  static <T> List<T> results(List<Future<T>> started) {
    List<T> results = new ArrayList<>();
    for (Future<T> work : started) {
      try {
        results.add(work.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while the model was called");
      }
    }
    return results;
  }

  /** Nobody may close what a caller still uses. A call that hangs is stopped through its model. */
  @Override
  public void close() {
    threads.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
