package org.modelvitals.checks.budget;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;

/**
 * Calls of a model in a process that measures, all with the same inputs. Outputs that are fed back
 * are the inputs of the next call; the last state is held, as whoever runs the model would hold it.
 */
final class ChildCalls implements AutoCloseable {
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

  private final Model model;
  private final Map<String, String> feedback;
  private final Map<String, Tensor> inputs;
  private final Model.@Nullable Call prepared;
  private long garbage;

  private ChildCalls(Model model, Map<String, Tensor> inputs, Map<String, String> feedback) {
    this.model = model;
    this.feedback = feedback;
    this.inputs = new LinkedHashMap<>(inputs);
    this.prepared = feedback.isEmpty() ? model.prepare(inputs) : null;
  }

  /** Calls with the inputs in a file. */
  static ChildCalls of(Model model, Map<String, Tensor> inputs, ChildRequest request) {
    return new ChildCalls(model, inputs, request.feedback());
  }

  static Map<String, Tensor> readInputs(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return ChildRequest.readTensors(in);
    }
  }

  /** Makes one call. */
  void call() {
    if (prepared != null) {
      prepared.run();
      return;
    }
    Map<String, Value> outputs = model.run(inputs);
    feedback.forEach((input, output) -> inputs.put(input, state(output, outputs)));
    garbage += bytes(outputs);
    if (garbage > MOST_GARBAGE) {
      tidy();
    }
  }

  private static Tensor state(String output, Map<String, Value> outputs) {
    if (outputs.get(output) instanceof Tensor tensor) {
      return tensor;
    }
    throw new ModelException(
        ModelException.Reason.RUN_FAILED,
        "the output '%s' that is fed back was no tensor".formatted(output));
  }

  /** Gives back outputs that nobody holds; a thread of the JVM frees them soon after. */
  void tidy() {
    if (prepared != null) {
      return; // each call writes into the memory of the one before
    }
    garbage = 0;
    System.gc();
    long held = bytes(inputs);
    long soon = System.nanoTime() + MOST_WAIT_NANOS;
    while (DIRECT.getMemoryUsed() > held + SMALL && System.nanoTime() < soon) {
      Thread.onSpinWait();
    }
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

  @Override
  public void close() {
    if (prepared != null) {
      prepared.close();
    }
  }
}
