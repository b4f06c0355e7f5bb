package org.modelvitals.checks.budget;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.modelvitals.isolation.ChildTask;
import org.modelvitals.isolation.ParentLink;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelPool;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;

/** Loads and runs a model in a process of its own, while it watches that process's memory. */
final class MemoryChild implements ChildTask {
  private static final int SAMPLES = 500;
  private static final int WARM_CALLS = 200;

  /** Bytes of outputs after which those that nobody holds are given back. */
  private static final long MOST_GARBAGE = 4 << 20;

  /** Buffers of the JVM's own, beside the inputs. */
  private static final long SMALL = 64 << 10;

  private static final long MOST_WAIT_NANOS = 5_000_000;
  private static final BufferPoolMXBean DIRECT =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
          .filter(pool -> pool.getName().equals("direct"))
          .findFirst()
          .orElseThrow();

  private final ModelPool pool = new ModelPool();

  @Override
  public void run(ParentLink parent) throws IOException, InterruptedException {
    measure(Path.of(parent.hear()), parent);
  }

  private void measure(Path file, ParentLink parent) throws IOException, InterruptedException {
    ChildRequest request;
    try (DataInputStream in = open(file)) {
      request = ChildRequest.read(in);
    }
    warmUp(file.resolveSibling("identity.onnx"), request);
    try (ResidentMemory memory = ResidentMemory.ofThisProcess()) {
      long base = settle(memory);
      memory.resetPeak();
      Model model = pool.acquire(Path.of(request.model()), request.device(), request.session());
      long loadingPeak = memory.peak() - base;
      parent.say("loaded " + (memory.now() - base));
      Map<String, Tensor> inputs;
      try (DataInputStream in = open(Path.of(parent.hear()))) {
        long before = memory.now();
        inputs = ChildRequest.readTensors(in);
        base += Math.max(0, memory.now() - before); // inputs are the caller's, not the model's
      }
      memory.resetPeak();
      if (request.feedback().isEmpty()) {
        repeat(model, inputs, request.calls(), memory, base, parent);
      } else {
        carryOn(model, inputs, request, memory, base, parent);
      }
      parent.say("peak " + Math.max(loadingPeak, memory.peak() - base));
      model.close();
      parent.say("closed " + (settle(memory) - base));
    }
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
    DeviceSpec device = request.device();
    try (Model model = pool.acquire(tiny, device, session);
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

  private static void repeat(
      Model model,
      Map<String, Tensor> inputs,
      long calls,
      ResidentMemory memory,
      long base,
      ParentLink parent) {
    try (Model.Call call = model.prepare(inputs)) {
      for (long done = 1; done <= calls; done++) {
        call.run();
        if (isSampled(done, calls)) {
          sample(done, memory, base, parent);
        }
      }
    }
  }

  /**
   * Feeds outputs back as inputs. The last state is counted, since whoever runs the model holds it;
   * outputs that nobody holds any more are given back before memory is read.
   */
  private static void carryOn(
      Model model,
      Map<String, Tensor> first,
      ChildRequest request,
      ResidentMemory memory,
      long base,
      ParentLink parent) {
    Map<String, Tensor> inputs = new LinkedHashMap<>(first);
    long garbage = 0;
    for (long done = 1; done <= request.calls(); done++) {
      garbage += advance(model, inputs, request.feedback());
      boolean sampled = isSampled(done, request.calls());
      if (sampled || garbage > MOST_GARBAGE) {
        giveBack(bytes(inputs));
        garbage = 0;
      }
      if (sampled) {
        sample(done, memory, base, parent);
      }
    }
  }

  /** Makes a call and puts its outputs in the places of the inputs that they are fed back to. */
  private static long advance(
      Model model, Map<String, Tensor> inputs, Map<String, String> feedback) {
    Map<String, Value> outputs = model.run(inputs);
    feedback.forEach((input, output) -> inputs.put(input, state(output, outputs)));
    return bytes(outputs);
  }

  private static Tensor state(String output, Map<String, Value> outputs) {
    if (outputs.get(output) instanceof Tensor tensor) {
      return tensor;
    }
    throw new ModelException(
        ModelException.Reason.RUN_FAILED,
        "the output '%s' that is fed back was no tensor".formatted(output));
  }

  private static long bytes(Map<String, ? extends Value> values) {
    return values.values().stream()
        .mapToLong(
            value ->
                value instanceof Tensor tensor && tensor.type() != ElementType.STRING
                    ? tensor.bytes().capacity()
                    : 0)
        .sum();
  }

  /** Collects buffers that nobody holds; a thread of the JVM frees them soon after. */
  private static void giveBack(long held) {
    System.gc();
    long soon = System.nanoTime() + MOST_WAIT_NANOS;
    while (DIRECT.getMemoryUsed() > held + SMALL && System.nanoTime() < soon) {
      Thread.onSpinWait();
    }
  }

  private static boolean isSampled(long done, long calls) {
    return done % Math.max(1, calls / SAMPLES) == 0 || done == calls;
  }

  private static void sample(long done, ResidentMemory memory, long base, ParentLink parent) {
    parent.say("sample " + done + " " + (memory.now() - base));
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
  }
}
