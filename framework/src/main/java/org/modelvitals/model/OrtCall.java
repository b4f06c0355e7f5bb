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
  private final OrtSession.RunOptions options;
  private final Map<String, OnnxTensor> inputs;
  private final Runnable release;
  private Map<String, OnnxValue> pinned;
  private Set<String> rest;
  private Map<String, Tensor> buffers;
  private final Set<String> names;
  private OrtSession.@Nullable Result last;
  private boolean closed;

  /**
   * Takes over what it is given, and closes it in the end; the options are closed by {@code
   * release}.
   *
   * @param names all outputs, in the order of the graph
   * @param pinned outputs that the runtime writes into {@code buffers}
   * @param rest outputs that the runtime allocates for each run
   * @param release closes the options and lets go of the session
   */
  OrtCall(
      Path path,
      OrtSession session,
      OrtSession.RunOptions options,
      Map<String, OnnxTensor> inputs,
      Set<String> names,
      Map<String, OnnxValue> pinned,
      Set<String> rest,
      Map<String, Tensor> buffers,
      Runnable release) {
    this.path = path;
    this.session = session;
    this.options = options;
    this.inputs = inputs;
    this.names = names;
    this.pinned = pinned;
    this.rest = rest;
    this.buffers = buffers;
    this.release = release;
  }

  @Override
  public void run() {
    try {
      OrtSession.Result result = session.run(inputs, rest, pinned, options);
      if (!rest.isEmpty()) {
        forget();
        last = result;
      }
    } catch (OrtException e) {
      again(e);
    }
  }

  /**
   * Outputs whose shapes follow from the data do not fit their buffers when the data have changed:
   * from then on the runtime allocates them. A failure that has another cause comes again.
   */
  private void again(OrtException failure) {
    ModelException said = Ort.running(path, failure);
    if (pinned.isEmpty() || said.reason() == ModelException.Reason.CANCELLED) {
      allowAnotherRun();
      throw said;
    }
    pinned.values().forEach(OnnxValue::close);
    pinned = Map.of();
    buffers = Map.of();
    rest = names;
    run();
  }

  /** A run that was stopped leaves the mark on the options. */
  private void allowAnotherRun() {
    try {
      options.setTerminate(false);
    } catch (OrtException e) {
      throw Ort.running(path, e);
    }
  }

  @Override
  public Map<String, Value> outputs() {
    OrtSession.Result result = last;
    Map<String, Value> outputs = new LinkedHashMap<>();
    try {
      for (String name : names) {
        Tensor buffer = buffers.get(name);
        if (buffer != null) {
          outputs.put(name, buffer);
        } else if (result != null) {
          outputs.put(name, OrtValues.read(result.get(name).orElse(null), path));
        }
      }
      return outputs;
    } catch (OrtException e) {
      throw Ort.running(path, e);
    }
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
    if (closed) {
      return;
    }
    closed = true;
    forget();
    inputs.values().forEach(OnnxTensor::close);
    pinned.values().forEach(OnnxValue::close);
    release.run();
  }
}
