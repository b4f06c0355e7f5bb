package org.modelvitals.probe;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.Batch;
import org.modelvitals.data.Feed;
import org.modelvitals.model.Model;
import org.modelvitals.model.Value;

/**
 * Runs a model on the batches of a feed: one after the other, or several at once. The results come
 * in the order of the batches either way, so whoever takes them in cannot tell the difference.
 */
abstract class ModelCalls implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** A batch and what the model made of it. Valid until the next one is asked for. */
  record Done(Batch batch, Map<String, Value> outputs) {}

  /**
   * @param workers how many calls there may be at once; fewer if a batch needs what came out of the
   *     one before
   */
  static ModelCalls of(Feed feed, Model model, int workers) {
    if (workers > 1) {
      // As many again, so that no worker waits while results are taken in.
      int held = feed.hold(2 * workers);
      if (held > 1) {
        return new AtOnce(feed, model, Math.min(workers, held), held);
      }
    }
    return new InTurn(feed, model);
  }

  /** The next batch, run; empty at the end. Throws what reading or running it threw. */
  abstract Optional<Done> next();

  /** Waits until no call uses the feed or the model any more. */
  @Override
  public void close() {}

  private static final class InTurn extends ModelCalls {
    private final Feed feed;
    private final Model model;

    InTurn(Feed feed, Model model) {
      this.feed = feed;
      this.model = model;
    }

    @Override
    Optional<Done> next() {
      return feed.next()
          .map(
              batch -> {
                Map<String, Value> outputs = model.run(batch.inputs());
                feed.feedback(outputs);
                return new Done(batch, outputs);
              });
    }
  }

  private static final class AtOnce extends ModelCalls {
    private final Feed feed;
    private final Model model;
    private final int held;
    private final ExecutorService threads;
    private final Queue<Call> calls = new ArrayDeque<>();
    private boolean ended;

    /** Thrown by the feed; told when all batches before it were taken in. */
    private @Nullable RuntimeException failure;

    private record Call(Batch batch, Future<Map<String, Value>> outputs) {}

    AtOnce(Feed feed, Model model, int workers, int held) {
      this.feed = feed;
      this.model = model;
      this.held = held;
      this.threads =
          Executors.newFixedThreadPool(
              workers,
              task -> {
                Thread thread = new Thread(task, "model-vitals batch " + COUNT.incrementAndGet());
                thread.setDaemon(true);
                return thread;
              });
    }

    @Override
    Optional<Done> next() {
      while (!ended && calls.size() < held) {
        begin();
      }
      Call first = calls.poll();
      if (first == null) {
        if (failure != null) {
          throw failure;
        }
        return Optional.empty();
      }
      return Optional.of(new Done(first.batch(), outputs(first.outputs())));
    }

    private void begin() {
      try {
        Optional<Batch> next = feed.next();
        ended = next.isEmpty();
        next.ifPresent(
            batch -> calls.add(new Call(batch, threads.submit(() -> model.run(batch.inputs())))));
      } catch (RuntimeException e) {
        failure = e;
        ended = true;
      }
    }

    private static Map<String, Value> outputs(Future<Map<String, Value>> call) {
      try {
        return call.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        CancellationException cancelled =
            new CancellationException("interrupted while the model was running");
        cancelled.initCause(e);
        throw cancelled;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        if (e.getCause() instanceof Error cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      }
    }

    @Override
    public void close() {
      threads.shutdown();
      calls.forEach(call -> call.outputs().cancel(false));
      boolean interrupted = false;
      while (!threads.isTerminated()) {
        try {
          threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
          interrupted = true; // whoever does it also stops the calls themselves
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
