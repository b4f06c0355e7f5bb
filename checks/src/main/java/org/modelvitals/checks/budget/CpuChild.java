package org.modelvitals.checks.budget;

import java.io.IOException;
import java.nio.file.Path;
import org.modelvitals.isolation.ChildTask;
import org.modelvitals.isolation.ParentLink;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelPool;

/** Calls a model in a process of its own, while it watches that process's processor time. */
final class CpuChild implements ChildTask {
  static final int BLOCKS = 20;

  /** So long that what a look at the clocks misses is little of a block. */
  private static final long LEAST_NANOS = 50_000_000;

  @Override
  public void run(ParentLink parent) throws IOException, InterruptedException {
    ChildRequest request = ChildRequest.read(Path.of(parent.hear()));
    ModelPool pool = new ModelPool();
    try (Model model =
        pool.acquire(Path.of(request.model()), request.device(), request.session())) {
      parent.say("loaded");
      Path inputs = Path.of(parent.hear());
      long idle = Long.parseLong(parent.hear());
      try (ChildCalls calls = ChildCalls.of(model, ChildCalls.readInputs(inputs), request)) {
        make(calls, Math.max(1, request.calls() / 10));
        // Compilers finish what the warm-up gave them before anything is measured.
        idle("quiet", idle, parent);
        long look = CpuTime.cost();
        for (int block = 0; block < BLOCKS; block++) {
          long least = request.calls() * (block + 1) / BLOCKS - request.calls() * block / BLOCKS;
          parent.say(block(calls, least, look));
        }
        idle("idle", idle, parent);
      }
    }
  }

  /** Makes calls for a while, and so many at least. */
  private static String block(ChildCalls calls, long least, long look) {
    CpuTime.settle();
    long cpu = CpuTime.now();
    long start = System.nanoTime();
    long made = 0;
    long nanos = 0;
    while (made < least || nanos < LEAST_NANOS) {
      calls.call();
      made++;
      nanos = System.nanoTime() - start;
    }
    CpuTime.settle();
    return "block %d %d %d".formatted(made, Math.max(0, CpuTime.now() - cpu - look), nanos);
  }

  private static void make(ChildCalls calls, long number) {
    for (long i = 0; i < number; i++) {
      calls.call();
    }
  }

  /** From the end of the last call on: threads that go on spinning are seen. */
  private static void idle(String what, long millis, ParentLink parent)
      throws InterruptedException {
    long cpu = CpuTime.now();
    long start = System.nanoTime();
    Thread.sleep(millis);
    long nanos = System.nanoTime() - start;
    parent.say("%s 0 %d %d".formatted(what, CpuTime.now() - cpu, nanos));
  }
}
