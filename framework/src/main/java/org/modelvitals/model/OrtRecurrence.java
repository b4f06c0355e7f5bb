package org.modelvitals.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A recurrence in a session of ONNX Runtime, over buffers that are used again. */
final class OrtRecurrence implements Recurrence {
  private final OrtModel model;
  private final Path path;
  private final Signature signature;
  private final OrtSession.RunOptions options;
  private final Consumer<Recurrence> closing;
  private final List<CarriedTensor> carried = new ArrayList<>();
  private final Map<String, CarriedTensor> byInput = new HashMap<>();

  /** What the next call is fed. Those that somebody else closes are also in {@code borrowed}. */
  private final Map<String, OnnxTensor> inputs = new HashMap<>();

  private final Map<String, ValueInfo> infos = new HashMap<>();
  private final Map<String, Tensor> fed = new HashMap<>();
  private final Set<OnnxTensor> borrowed = new HashSet<>();
  private final Map<String, Tensor> written = new HashMap<>();

  /**
   * What the runtime writes into: tensors of others, and during a call those of {@code carried}.
   */
  private final Map<String, OnnxTensor> targets = new HashMap<>();

  /** Outputs that the runtime allocates, and those among them that somebody reads or takes. */
  private final Set<String> allocated = new HashSet<>();

  private final Set<String> read = new HashSet<>();
  private final Map<String, OnnxValue> results = new HashMap<>();

  /** Held by a call; whoever closes while one is under way leaves the rest to it. */
  private final ReentrantLock use = new ReentrantLock();

  private volatile boolean closed;
  private boolean freed;

  /**
   * A recurrence.
   *
   * @param carried inputs by the outputs that become them
   * @param closing closes the options
   */
  OrtRecurrence(
      OrtModel model,
      OrtSession.RunOptions options,
      Map<String, String> carried,
      Set<String> kept,
      Consumer<Recurrence> closing) {
    this.model = model;
    this.path = model.file().path();
    this.signature = model.signature();
    this.options = options;
    allocated.addAll(kept);
    read.addAll(kept);
    this.closing = closing;
    carried.forEach(
        (output, input) -> {
          ValueInfo info = signature.input(input).orElseThrow();
          CarriedTensor tensor = new CarriedTensor(input, output, info.type());
          this.carried.add(tensor);
          byInput.put(input, tensor);
        });
  }

  @Override
  public void feed(String input, Tensor tensor) {
    requireOpen();
    if (fed.get(input) == tensor) {
      return;
    }
    InputCheck.fits(info(input), tensor, path);
    try {
      replace(input, OrtValues.write(tensor), tensor.shape());
      fed.put(input, tensor);
    } catch (OrtException e) {
      throw Ort.running(path, e);
    }
  }

  private ValueInfo info(String input) {
    ValueInfo known = infos.get(input);
    if (known == null) {
      known = InputCheck.info(signature, input, path);
      infos.put(input, known);
    }
    return known;
  }

  @Override
  public void take(String input, Recurrence from, String output) {
    requireOpen();
    if (!(from instanceof OrtRecurrence other)) {
      throw new IllegalArgumentException("the other recurrence is not of the same runtime");
    }
    OnnxTensor tensor = other.given(output);
    if (inputs.get(input) != tensor) {
      borrowed.add(tensor);
      replace(input, tensor, tensor.getInfo().getShape());
    }
  }

  private OnnxTensor given(String output) {
    if (results.get(output) instanceof OnnxTensor tensor) {
      return tensor;
    }
    for (CarriedTensor tensor : carried) {
      OnnxTensor next = inputs.get(tensor.input);
      if (tensor.output.equals(output) && next != null) {
        return next;
      }
    }
    throw new IllegalArgumentException("the output '%s' was not given".formatted(output));
  }

  private void replace(String input, OnnxTensor tensor, long[] shape) {
    OnnxTensor before = inputs.put(input, tensor);
    fed.remove(input);
    closeUnlessBorrowed(before);
    CarriedTensor becoming = byInput.get(input);
    if (becoming != null) {
      becoming.startAt(shape);
    }
  }

  private void closeUnlessBorrowed(@Nullable OnnxTensor tensor) {
    if (tensor != null && (borrowed.isEmpty() || !borrowed.remove(tensor))) {
      tensor.close();
    }
  }

  @Override
  public void write(String output, Tensor tensor) {
    requireOpen();
    if (written.get(output) == tensor) {
      return;
    }
    try {
      close(targets.put(output, OrtValues.write(tensor)));
      written.put(output, tensor);
      allocated.remove(output);
      read.remove(output);
    } catch (OrtException e) {
      throw Ort.running(path, e);
    }
  }

  @Override
  public void release(String output) {
    requireOpen();
    written.remove(output);
    allocated.add(output);
    read.add(output);
    close(targets.remove(output));
  }

  @Override
  public void run(int places) {
    use.lock();
    try {
      requireOpen();
      if (inputs.size() < signature.inputs().size()) {
        InputCheck.requireAll(signature, inputs.keySet(), path);
      }
      if (!call(places, true)) {
        call(places, false);
      }
    } finally {
      if (closed) {
        free();
      }
      use.unlock();
    }
  }

  /**
   * Runs once.
   *
   * @param roomy whether carried outputs are written into buffers of ours where their shapes can be
   *     told
   * @return false if the call failed and it may be because of these buffers
   */
  private boolean call(int places, boolean roomy) {
    boolean told = false;
    try {
      for (CarriedTensor tensor : carried) {
        OnnxTensor room = roomy ? tensor.room(places) : null;
        if (room == null) {
          targets.remove(tensor.output);
          allocated.add(tensor.output);
        } else {
          targets.put(tensor.output, room);
          allocated.remove(tensor.output);
          told = true;
        }
      }
      OrtSession.Result result = model.call(inputs, allocated, targets, options);
      if (!allocated.isEmpty()) {
        keep(result);
      }
      for (CarriedTensor tensor : carried) {
        advance(tensor, result, places);
      }
      return true;
    } catch (OrtException e) {
      carried.forEach(tensor -> close(targets.remove(tensor.output)));
      ModelException said = Ort.running(path, e);
      if (said.reason() == ModelException.Reason.CANCELLED || !told) {
        allowAnotherRun();
        throw said;
      }
      carried.forEach(CarriedTensor::giveUp);
      return false;
    }
  }

  private void advance(CarriedTensor tensor, OrtSession.Result result, int places) {
    OnnxTensor given = targets.remove(tensor.output);
    if (given != null) {
      tensor.written();
    } else {
      given = (OnnxTensor) result.get(tensor.output).orElseThrow();
      tensor.allocated(given.getInfo().getShape(), places);
    }
    fed.remove(tensor.input);
    closeUnlessBorrowed(inputs.put(tensor.input, given));
  }

  /** Holds on to the outputs that somebody will read or take, and lets go of the last ones. */
  private void keep(OrtSession.Result result) {
    results.values().forEach(OnnxValue::close);
    results.clear();
    for (String output : read) {
      result.get(output).ifPresent(value -> results.put(output, value));
    }
  }

  private static void close(@Nullable OnnxTensor tensor) {
    if (tensor != null) {
      tensor.close();
    }
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
  public Value read(String output) {
    requireOpen();
    Tensor tensor = written.get(output);
    try {
      return tensor != null ? tensor : OrtValues.read(results.get(output), path);
    } catch (OrtException e) {
      throw Ort.running(path, e);
    }
  }

  @Override
  public long[] shape(String input) {
    requireOpen();
    OnnxTensor tensor = inputs.get(input);
    if (tensor == null) {
      throw new IllegalArgumentException("the input '%s' was not fed".formatted(input));
    }
    TensorInfo info = tensor.getInfo();
    return info.getShape();
  }

  @Override
  public long carriedBytes() {
    long bytes = 0;
    for (CarriedTensor tensor : carried) {
      bytes += inputs.containsKey(tensor.input) ? tensor.bytes() : 0;
    }
    return bytes;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the recurrence of " + path + " is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    if (use.tryLock()) {
      try {
        free();
      } finally {
        use.unlock();
      }
    }
  }

  private void free() {
    if (freed) {
      return;
    }
    freed = true;
    inputs.values().forEach(this::closeUnlessBorrowed);
    targets.values().forEach(OnnxTensor::close);
    results.values().forEach(OnnxValue::close);
    closing.accept(this);
  }
}
