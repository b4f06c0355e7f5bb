package org.modelvitals.checks.budget;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.modelvitals.isolation.ChildTask;
import org.modelvitals.isolation.ParentLink;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelPool;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.model.Tensor;

/** Loads and runs a model in a process of its own, while it watches that process's memory. */
final class MemoryChild implements ChildTask {
  private static final int SAMPLES = 500;
  private static final int WARM_CALLS = 200;

  /** How many times as many calls may be made to tell a leak from an arena that filled late. */
  private static final long MOST_TIMES = 8;

  private final ModelPool pool = new ModelPool();
  private final List<MemoryTrend.Sample> samples = new ArrayList<>();

  @Override
  public void run(ParentLink parent) throws IOException, InterruptedException {
    Path file = Path.of(parent.hear());
    ChildRequest request = ChildRequest.read(file);
    warmUp(file.resolveSibling("identity.onnx"), request);
    try (ResidentMemory memory = ResidentMemory.ofThisProcess()) {
      measure(request, memory, parent);
    }
  }

  private void measure(ChildRequest request, ResidentMemory memory, ParentLink parent)
      throws IOException, InterruptedException {
    long base = settle(memory);
    long heap = heap();
    parent.say("before " + base);
    memory.resetPeak();
    Model model = pool.acquire(Path.of(request.model()), request.device(), request.session());
    long loadingPeak = memory.peak() - base;
    parent.say("loaded " + (memory.now() - base));
    String told = parent.hear();
    long before = memory.now();
    Map<String, Tensor> inputs = ChildCalls.readInputs(Path.of(told));
    base += Math.max(0, memory.now() - before); // inputs are the caller's, not the model's
    memory.resetPeak();
    try (ChildCalls calls = ChildCalls.of(model, inputs, request)) {
      soak(calls, request, memory, base, parent);
    }
    parent.say("peak " + Math.max(loadingPeak, memory.peak() - base));
    System.gc();
    parent.say("heap " + (heap() - heap));
    model.close();
    parent.say("closed " + (settle(memory) - base));
  }

  private static long heap() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /**
   * Brings in whatever of Java and of the runtime comes with the first model, so that it is not
   * counted against this one.
   */
  private void warmUp(Path tiny, ChildRequest request) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(MemoryChild.class.getResourceAsStream("identity.onnx"))) {
      Files.copy(in, tiny);
    }
    Map<String, Tensor> inputs = Map.of("x", Tensor.ofFloats(new float[] {1}, 1));
    SessionSpec session =
        new SessionSpec(
            request.session().threads(),
            request.session().interOpThreads(),
            request.session().optimization(),
            request.session().execution(),
            request.session().deterministic(),
            Map.of(),
            request.session().config());
    try (Model model = pool.acquire(tiny, request.device(), session);
        Model.Call call = model.prepare(inputs)) {
      for (int i = 0; i < WARM_CALLS; i++) {
        call.run();
      }
      model.run(inputs);
      call.outputs();
    }
  }

  /** Memory once garbage is collected and the JVM's own threads have come to rest. */
  private static long settle(ResidentMemory memory) throws InterruptedException {
    System.gc();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      Thread.sleep(30);
      least = Math.min(least, memory.now());
    }
    return least;
  }

  /** Makes the calls that were asked for, and more where these do not tell. */
  private void soak(
      ChildCalls calls, ChildRequest request, ResidentMemory memory, long base, ParentLink parent) {
    long began = System.nanoTime();
    long done = 0;
    for (long goal = request.calls(); done < goal; goal = next(goal, request, began)) {
      long every = Math.max(1, (goal - done) / SAMPLES);
      while (done < goal) {
        calls.call();
        done++;
        if (done % every == 0 || done == goal) {
          calls.tidy();
          MemoryTrend.Sample sample = new MemoryTrend.Sample(done, memory.now() - base);
          samples.add(sample);
          parent.say("sample " + sample.calls() + " " + sample.bytes());
        }
      }
    }
  }

  /** Twice as many calls, or no more if these tell, or if the time would be over. */
  private long next(long goal, ChildRequest request, long began) {
    double spent = (System.nanoTime() - began) / 1e9;
    boolean open =
        samples.size() >= MemoryTrend.leastSamples()
            && MemoryTrend.of(samples).kind() == MemoryTrend.Kind.UNCLEAR;
    return open && goal < MOST_TIMES * request.calls() && 3 * spent < request.seconds()
        ? 2 * goal
        : goal;
  }
}
