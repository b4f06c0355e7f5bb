package org.modelvitals.checks.budget;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.Batch;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.model.Model;
import org.modelvitals.model.Tensor;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;

/**
 * Prepared calls over data, without end: after the last batch comes the first again. A call is
 * prepared anew only when the batch lies in other memory or has another shape than the one before.
 */
final class CallSource implements TimedCalls {
  private final ProbeContext context;
  private final Model model;
  private final DataSpec data;
  private Feed feed;
  private Batch batch;
  private long passes;
  private Map<String, Tensor> bound = Map.of();
  private Model.@Nullable Call call;

  /** A single batch needs no second look at the data, unless outputs are fed back into it. */
  private final boolean constant;

  private CallSource(ProbeContext context, Model model, DataSpec data, boolean constant) {
    this.context = context;
    this.model = model;
    this.data = data;
    this.constant = constant;
    this.feed = context.feed(data, model);
    try {
      this.batch = first();
    } catch (RuntimeException e) {
      feed.close();
      throw e;
    }
  }

  static CallSource open(@Nullable DataSpec declared, ProbeContext context) {
    return open(declared, context, context.model());
  }

  /** Calls of a model that need not be the suite's. */
  static CallSource open(@Nullable DataSpec declared, ProbeContext context, Model model) {
    DataSpec data = GeneratedInputs.complete(declared, model, context.session());
    return new CallSource(context, model, data, GeneratedInputs.isConstant(data));
  }

  private Batch first() {
    return feed.next()
        .orElseThrow(() -> new ProbeException("the data has no rows, so there is nothing to call"));
  }

  /** The call for the current batch, ready to run. */
  Model.Call next() {
    Model.Call current = call;
    if (current != null && (constant || sameMemory(bound, batch.inputs()))) {
      return current;
    }
    if (current != null) {
      call = null;
      current.close();
    }
    Model.Call prepared = model.prepare(batch.inputs());
    call = prepared;
    bound = Map.copyOf(batch.inputs());
    return prepared;
  }

  /** The inputs of the current batch. */
  Map<String, Tensor> inputs() {
    return batch.inputs();
  }

  @Override
  public long time() {
    Model.Call ready = next();
    long before = System.nanoTime();
    ready.run();
    return System.nanoTime() - before;
  }

  /** Where the current batch begins in the data, for people. */
  String where() {
    return constant ? "" : batch.where(0);
  }

  @Override
  public void done() {
    if (constant) {
      return;
    }
    if (GeneratedInputs.hasFeedback(data) && call != null) {
      feed.feedback(call.outputs());
    }
    Optional<Batch> following = feed.next();
    if (following.isEmpty()) {
      rewind();
      passes++;
    } else {
      batch = following.get();
    }
  }

  @Override
  public void restart() {
    if (!constant) {
      rewind();
    }
    passes = 0;
  }

  private void rewind() {
    feed.close();
    feed = context.feed(data, model);
    batch = first();
  }

  @Override
  public long passes() {
    return passes;
  }

  @Override
  public boolean isOrdered() {
    return data.file() != null;
  }

  private static boolean sameMemory(Map<String, Tensor> bound, Map<String, Tensor> inputs) {
    if (!bound.keySet().equals(inputs.keySet())) {
      return false;
    }
    return inputs.entrySet().stream()
        .allMatch(entry -> bound.get(entry.getKey()) == entry.getValue());
  }

  @Override
  public void close() {
    if (call != null) {
      call.close();
    }
    feed.close();
  }
}
