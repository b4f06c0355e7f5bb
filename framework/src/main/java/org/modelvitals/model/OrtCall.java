package org.modelvitals.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call with inputs and outputs bound to buffers of ours, so that a run allocates nothing. */
final class OrtCall implements Model.Call {
  private final Path path;
  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxValue> pinned;
  private final Set<String> rest;
  private final Map<String, Tensor> buffers;
  private OrtSession.@Nullable Result last;

  OrtCall(
      Path path,
      OrtSession session,
      Map<String, OnnxTensor> inputs,
      Map<String, OnnxValue> pinned,
      Set<String> rest,
      Map<String, Tensor> buffers) {
    this.path = path;
    this.session = session;
    this.inputs = inputs;
    this.pinned = pinned;
    this.rest = rest;
    this.buffers = buffers;
  }

  @Override
  public void run() {
    try {
      OrtSession.Result result = session.run(inputs, rest, pinned);
      if (!rest.isEmpty()) {
        forget();
        last = result;
      }
    } catch (OrtException e) {
      throw Ort.running(path, e);
    }
  }

  @Override
  public Map<String, Value> outputs() {
    Map<String, Value> outputs = new LinkedHashMap<>(buffers);
    if (last != null) {
      try {
        for (String name : rest) {
          outputs.put(name, OrtValues.read(last.get(name).orElseThrow(), path));
        }
      } catch (OrtException e) {
        throw Ort.running(path, e);
      }
    }
    return outputs;
  }

  /** Closing a result closes the values that the runtime allocated, not the pinned ones. */
  private void forget() {
    if (last != null) {
      last.close();
      last = null;
    }
  }

  @Override
  public void close() {
    forget();
    inputs.values().forEach(OnnxTensor::close);
    pinned.values().forEach(OnnxValue::close);
  }
}
