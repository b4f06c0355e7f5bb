package org.modelvitals.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model in a session of ONNX Runtime. */
final class OrtModel implements Model {
  private static final Logger LOG = LoggerFactory.getLogger(OrtModel.class);
  private static final long PATIENCE_SECONDS = 10;

  private final ModelFile file;
  private final DeviceSpec device;
  private final SessionSpec spec;
  private final OrtSession session;
  private final Signature signature;
  private final double loadSeconds;
  private final RunningCalls running = new RunningCalls();
  private final Map<Set<String>, OrtSession> overriding = new HashMap<>();
  private final Object placementLock = new Object();

  /** Calls hold it for reading; closing takes it for writing, so that no call loses its session. */
  private final StampedLock use = new StampedLock();

  private volatile @Nullable Placement placement;
  private volatile boolean closed;

  private OrtModel(
      ModelFile file,
      DeviceSpec device,
      SessionSpec spec,
      OrtSession session,
      Signature signature,
      double loadSeconds,
      Optional<GraphOutline> outline) {
    this.file = file;
    this.device = device;
    this.spec = spec;
    this.session = session;
    this.signature = signature;
    this.loadSeconds = loadSeconds;
    this.placement = device.name() == Device.CPU ? outline.map(OrtModel::onCpu).orElse(null) : null;
  }

  /** A session without another provider has nowhere else to run; no profile is needed. */
  private static Placement onCpu(GraphOutline outline) {
    return new Placement(Map.of(Device.CPU.provider(), outline.nodes()));
  }

  static OrtModel load(ModelFile file, DeviceSpec device, SessionSpec spec) {
    long start = System.nanoTime();
    OrtSession session = OrtSessions.create(file.path(), device, spec, null);
    double seconds = (System.nanoTime() - start) / 1e9;
    try {
      Optional<GraphOutline> outline = GraphOutline.of(file.path());
      return new OrtModel(
          file, device, spec, session, Signatures.of(session, spec, outline), seconds, outline);
    } catch (OrtException e) {
      close(session);
      throw Ort.loading(file.path(), e);
    } catch (RuntimeException e) {
      close(session);
      throw e;
    }
  }

  @Override
  public ModelFile file() {
    return file;
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public DeviceSpec device() {
    return device;
  }

  @Override
  public SessionSpec session() {
    return spec;
  }

  @Override
  public double loadSeconds() {
    return loadSeconds;
  }

  @Override
  public Map<String, Value> run(Map<String, Tensor> inputs) {
    return run(inputs, running);
  }

  /** Runs the model once; {@code holder} can stop the call. */
  Map<String, Value> run(Map<String, Tensor> inputs, RunningCalls holder) {
    InputCheck.require(signature, inputs, file.path());
    Map<String, OnnxTensor> fed = new HashMap<>();
    OrtSession.@Nullable RunOptions options = null;
    long stamp = enter();
    try {
      options = begin(holder);
      feed(inputs, fed);
      establishPlacement(fed);
      try (OrtSession.Result result = sessionFor(inputs.keySet()).run(fed, options)) {
        return OrtValues.read(result, file.path());
      }
    } catch (OrtException e) {
      throw Ort.running(file.path(), e);
    } finally {
      fed.values().forEach(OnnxTensor::close);
      end(options, holder);
      use.unlockRead(stamp);
    }
  }

  private OrtSession.RunOptions begin(RunningCalls holder) throws OrtException {
    OrtSession.RunOptions options = new OrtSession.RunOptions();
    running.add(options);
    holder.add(options);
    return options;
  }

  private void end(OrtSession.@Nullable RunOptions options, RunningCalls holder) {
    if (options != null) {
      running.remove(options);
      holder.remove(options);
      // Not while interrupt() is setting the mark on them.
      synchronized (options) {
        options.close();
      }
    }
  }

  private long enter() {
    long stamp = use.tryReadLock();
    if (stamp == 0 || closed) {
      if (stamp != 0) {
        use.unlockRead(stamp);
      }
      throw new IllegalStateException("the model " + file.path() + " is closed");
    }
    return stamp;
  }

  private static void feed(Map<String, Tensor> inputs, Map<String, OnnxTensor> fed)
      throws OrtException {
    for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
      fed.put(input.getKey(), OrtValues.write(input.getValue()));
    }
  }

  /**
   * The session that takes these inputs. The Java binding refuses initializers as inputs, even
   * those that may be overridden; for them there is a session of the same graph without them.
   */
  private OrtSession sessionFor(Set<String> fed) {
    if (fed.size() == signature.inputs().size()) {
      return session;
    }
    Set<String> overridden =
        signature.overridable().stream()
            .map(ValueInfo::name)
            .filter(fed::contains)
            .collect(Collectors.toSet());
    synchronized (overriding) {
      return overriding.computeIfAbsent(
          overridden,
          names ->
              OrtSessions.create(file.path(), OnnxGraph.without(file.path(), names), device, spec));
    }
  }

  private void establishPlacement(Map<String, OnnxTensor> fed) throws OrtException {
    if (device.name() == Device.CPU || placement != null) {
      return;
    }
    Map<String, OnnxTensor> required = new HashMap<>(fed);
    required.keySet().retainAll(session.getInputNames());
    synchronized (placementLock) {
      if (placement == null) {
        placement = Placements.establish(file.path(), device, spec, required);
      }
    }
  }

  @Override
  public Call prepare(Map<String, Tensor> inputs) {
    return prepare(inputs, running);
  }

  /** Prepares a call that {@code holder} can stop. */
  Call prepare(Map<String, Tensor> inputs, RunningCalls holder) {
    InputCheck.require(signature, inputs, file.path());
    Map<String, OnnxTensor> fed = new HashMap<>();
    Map<String, OnnxValue> pinned = new HashMap<>();
    OrtSession.@Nullable RunOptions options = null;
    long stamp = enter();
    boolean bound = false;
    try {
      options = begin(holder);
      feed(inputs, fed);
      establishPlacement(fed);
      OrtSession chosen = sessionFor(inputs.keySet());
      Map<String, Tensor> buffers = buffers(chosen, fed, options);
      for (Map.Entry<String, Tensor> buffer : buffers.entrySet()) {
        pinned.put(buffer.getKey(), OrtValues.write(buffer.getValue()));
      }
      Set<String> names = new LinkedHashSet<>();
      signature.outputs().forEach(output -> names.add(output.name()));
      Set<String> rest = new LinkedHashSet<>(names);
      rest.removeAll(pinned.keySet());
      OrtSession.RunOptions held = options;
      Call call =
          new OrtCall(
              file.path(),
              chosen,
              options,
              fed,
              names,
              pinned,
              rest,
              buffers,
              () -> {
                end(held, holder);
                use.unlockRead(stamp);
              });
      bound = true;
      return call;
    } catch (OrtException e) {
      throw Ort.running(file.path(), e);
    } finally {
      if (!bound) {
        fed.values().forEach(OnnxTensor::close);
        pinned.values().forEach(OnnxValue::close);
        end(options, holder);
        use.unlockRead(stamp);
      }
    }
  }

  @Override
  public Recurrence recurrence(Map<String, String> carried, Set<String> kept) {
    return recurrence(carried, kept, running, recurrence -> {});
  }

  /** Calls that follow each other, which {@code holder} can stop. */
  Recurrence recurrence(
      Map<String, String> carried,
      Set<String> kept,
      RunningCalls holder,
      Consumer<Recurrence> closing) {
    long stamp = enter();
    try {
      OrtSession.RunOptions options = begin(holder);
      return new OrtRecurrence(
          this, options, carried, kept, closing.andThen(it -> end(options, holder)));
    } catch (OrtException e) {
      throw Ort.running(file.path(), e);
    } finally {
      use.unlockRead(stamp);
    }
  }

  /** A run of a recurrence, whose session stays open meanwhile. */
  OrtSession.Result call(
      Map<String, OnnxTensor> inputs,
      Set<String> outputs,
      Map<String, OnnxTensor> pinned,
      OrtSession.RunOptions options)
      throws OrtException {
    long stamp = enter();
    try {
      establishPlacement(inputs);
      return session.run(inputs, outputs, pinned, options);
    } finally {
      use.unlockRead(stamp);
    }
  }

  /** Runs once, and keeps the outputs that can be written in place from then on. */
  private Map<String, Tensor> buffers(
      OrtSession chosen, Map<String, OnnxTensor> fed, OrtSession.RunOptions options)
      throws OrtException {
    Map<String, Tensor> buffers = new LinkedHashMap<>();
    try (OrtSession.Result first = chosen.run(fed, options)) {
      OrtValues.read(first, file.path())
          .forEach(
              (name, value) -> {
                if (value instanceof Tensor tensor
                    && OrtValues.isWritable(tensor.type())
                    && tensor.size() > 0) {
                  buffers.put(name, tensor);
                }
              });
    }
    return buffers;
  }

  @Override
  public Optional<Placement> placement() {
    return Optional.ofNullable(placement);
  }

  @Override
  public void interrupt() {
    running.interrupt();
  }

  /**
   * Ends the session. Calls that are still running are stopped first; a call that does not stop
   * keeps its session, because ending it then would crash the JVM.
   */
  @Override
  public void close() {
    closed = true;
    interrupt();
    long stamp = 0;
    try {
      stamp = use.tryWriteLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (stamp == 0) {
      LOG.warn("{} is still in use, so its session is left open", file.path());
      return;
    }
    overriding.values().forEach(OrtModel::close);
    close(session);
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException | IllegalStateException e) {
      throw new IllegalStateException("the runtime could not close a session", e);
    }
  }
}
