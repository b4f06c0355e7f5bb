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
        for (int block = 0; block < BLOCKS; block++) {
          long some = request.calls() * (block + 1) / BLOCKS - request.calls() * block / BLOCKS;
          long cpu = CpuTime.now();
          long start = System.nanoTime();
          make(calls, some);
          long nanos = System.nanoTime() - start;
          parent.say("block %d %d %d".formatted(some, CpuTime.now() - cpu, nanos));
        }
        idle("idle", idle, parent);
      }
    }
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
