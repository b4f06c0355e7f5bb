package org.modelvitals.benchmarks;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Greedy decoding as somebody would write it who knows the runtime well and this one model: every
 * output is bound to memory that was allocated once, the cache lies in one of two buffers while the
 * runtime writes the other.
 */
final class BareDecoding implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final List<Cache> caches = new ArrayList<>();
  private final boolean narrow;
  private final int vocabulary;
  private final ByteBuffer ids = direct(8);
  private final ByteBuffer positions = direct(8);
  private final ByteBuffer mask;
  private final FloatBuffer logits;
  private final OnnxTensor idsTensor;
  private final OnnxTensor positionsTensor;
  private final OnnxTensor logitsTensor;

  /** Two buffers in turn, and the shape with the length along one axis left open. */
  private static final class Cache {
    final String past;
    final String present;
    final long[] shape;
    final int axis;
    final List<ByteBuffer> memory;

    Cache(String past, String present, long[] shape, int axis, List<ByteBuffer> memory) {
      this.past = past;
      this.present = present;
      this.shape = shape;
      this.axis = axis;
      this.memory = memory;
    }
  }

  BareDecoding(Path model, int tokens, int vocabulary) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(model.toString(), options);
    }
    this.vocabulary = vocabulary;
    boolean int32 = false;
    for (var input : session.getInputInfo().entrySet()) {
      TensorInfo info = (TensorInfo) input.getValue().getInfo();
      if (input.getKey().startsWith("past")) {
        caches.add(cache(input.getKey(), info.getShape(), tokens));
      } else if (input.getKey().equals("input_ids")) {
        int32 = info.type == OnnxJavaType.INT32;
      }
    }
    narrow = int32;
    mask = direct(8L * (tokens + 1));
    for (int i = 0; i <= tokens; i++) {
      put(mask, i, 1);
    }
    logits = direct(4L * vocabulary).asFloatBuffer();
    idsTensor = integers(ids, 1);
    positionsTensor = integers(positions, 1);
    logitsTensor = OnnxTensor.createTensor(environment, logits, new long[] {1, 1, vocabulary});
  }

  /** The first free dimension is the batch, the second one the length. */
  private static Cache cache(String past, long[] shape, int tokens) {
    long elements = 1;
    int axis = -1;
    boolean batch = false;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] < 0 && batch) {
        axis = i;
        shape[i] = tokens + 1L;
      } else if (shape[i] < 0) {
        batch = true;
        shape[i] = 1;
      }
      elements *= shape[i];
    }
    String present =
        past.startsWith("past_key_values")
            ? past.replace("past_key_values", "present")
            : past.replace("past", "present");
    return new Cache(
        past, present, shape, axis, List.of(direct(4 * elements), direct(4 * elements)));
  }

  private static ByteBuffer direct(long bytes) {
    return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
  }

  private void put(ByteBuffer buffer, int i, long value) {
    if (narrow) {
      buffer.putInt(4 * i, (int) value);
    } else {
      buffer.putLong(8 * i, value);
    }
  }

  private OnnxTensor integers(ByteBuffer buffer, int count) throws OrtException {
    ByteBuffer part = buffer.duplicate().order(ByteOrder.nativeOrder());
    long[] shape = {1, count};
    if (narrow) {
      return OnnxTensor.createTensor(environment, part.limit(4 * count).asIntBuffer(), shape);
    }
    return OnnxTensor.createTensor(environment, part.limit(8 * count).asLongBuffer(), shape);
  }

  private OnnxTensor part(Cache cache, int which, int length) throws OrtException {
    long[] shape = cache.shape.clone();
    shape[cache.axis] = length;
    long elements = 1;
    for (long dim : shape) {
      elements *= dim;
    }
    ByteBuffer part = cache.memory.get(which).duplicate().order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(
        environment, part.limit((int) (4 * elements)).asFloatBuffer(), shape);
  }

  /** Goes on from {@code first} for so many tokens; the sum of their ids. */
  long decode(long first, int tokens) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    Map<String, OnnxValue> outputs = new HashMap<>();
    inputs.put("input_ids", idsTensor);
    inputs.put("position_ids", positionsTensor);
    outputs.put("logits", logitsTensor);
    for (Cache cache : caches) {
      inputs.put(cache.past, part(cache, 0, 0));
    }
    long token = first;
    long sum = 0;
    for (int step = 0; step < tokens; step++) {
      put(ids, 0, token);
      put(positions, 0, step);
      try (OnnxTensor attended = integers(mask, step + 1)) {
        inputs.put("attention_mask", attended);
        for (Cache cache : caches) {
          outputs.put(cache.present, part(cache, (step + 1) & 1, step + 1));
        }
        session.run(inputs, Set.of(), outputs);
        for (Cache cache : caches) {
          OnnxTensor before = inputs.put(cache.past, (OnnxTensor) outputs.get(cache.present));
          if (before != null) {
            before.close();
          }
        }
      }
      token = argmax();
      sum += token;
    }
    for (Cache cache : caches) {
      OnnxTensor last = inputs.get(cache.past);
      if (last != null) {
        last.close();
      }
    }
    return sum;
  }

  private int argmax() {
    int best = 0;
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < vocabulary; i++) {
      float logit = logits.get(i);
      if (logit > largest) {
        largest = logit;
        best = i;
      }
    }
    return best;
  }

  @Override
  public void close() throws OrtException {
    idsTensor.close();
    positionsTensor.close();
    logitsTensor.close();
    session.close();
  }
}
