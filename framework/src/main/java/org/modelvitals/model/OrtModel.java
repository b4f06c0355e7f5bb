package org.modelvitals.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A model in a session of ONNX Runtime. */
final class OrtModel implements Model {
  private final ModelFile file;
  private final DeviceSpec device;
  private final SessionSpec spec;
  private final OrtSession session;
  private final Signature signature;
  private final Set<OrtSession.RunOptions> running = ConcurrentHashMap.newKeySet();
  private final Object placementLock = new Object();
  private volatile @Nullable Placement placement;

  private OrtModel(
      ModelFile file,
      DeviceSpec device,
      SessionSpec spec,
      OrtSession session,
      Signature signature) {
    this.file = file;
    this.device = device;
    this.spec = spec;
    this.session = session;
    this.signature = signature;
  }

  static OrtModel load(ModelFile file, DeviceSpec device, SessionSpec spec) {
    OrtSession session = OrtSessions.create(file.path(), device, spec, null);
    try {
      return new OrtModel(file, device, spec, session, Signatures.of(file, session));
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
  public Map<String, Value> run(Map<String, Tensor> inputs) {
    Map<String, OnnxTensor> fed = new HashMap<>();
    try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
      feed(inputs, fed);
      establishPlacement(fed);
      running.add(options);
      try (OrtSession.Result result = session.run(fed, options)) {
        return OrtValues.read(result, file.path());
      } finally {
        running.remove(options);
      }
    } catch (OrtException e) {
      throw Ort.running(file.path(), e);
    } finally {
      fed.values().forEach(OnnxTensor::close);
    }
  }

  private void feed(Map<String, Tensor> inputs, Map<String, OnnxTensor> fed) throws OrtException {
    for (ValueInfo input : signature.inputs()) {
      if (!inputs.containsKey(input.name())) {
        throw new ModelException(
            ModelException.Reason.BAD_INPUT,
            "%s needs the input %s, which was not fed; fed were %s"
                .formatted(file.path(), input, inputs.keySet()));
      }
    }
    for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
      if (signature.input(input.getKey()).isEmpty()) {
        throw new ModelException(
            ModelException.Reason.BAD_INPUT,
            "%s has no input '%s'; its inputs are %s"
                .formatted(file.path(), input.getKey(), names(signature.inputs())));
      }
      fed.put(input.getKey(), OrtValues.write(input.getValue()));
    }
  }

  private static String names(List<ValueInfo> values) {
    return values.stream().map(ValueInfo::toString).collect(Collectors.joining("; "));
  }

  private void establishPlacement(Map<String, OnnxTensor> fed) throws OrtException {
    if (device.name() == Device.CPU || placement != null) {
      return;
    }
    synchronized (placementLock) {
      if (placement == null) {
        placement = Placements.establish(file.path(), device, spec, fed);
      }
    }
  }

  @Override
  public Call prepare(Map<String, Tensor> inputs) {
    Map<String, OnnxTensor> fed = new HashMap<>();
    boolean bound = false;
    try {
      feed(inputs, fed);
      establishPlacement(fed);
      Map<String, Tensor> buffers = new LinkedHashMap<>();
      try (OrtSession.Result first = session.run(fed)) {
        OrtValues.read(first, file.path())
            .forEach(
                (name, value) -> {
                  if (value instanceof Tensor tensor
                      && tensor.type() != ElementType.STRING
                      && tensor.size() > 0) {
                    buffers.put(name, tensor);
                  }
                });
      }
      Map<String, OnnxValue> pinned = new HashMap<>();
      for (Map.Entry<String, Tensor> buffer : buffers.entrySet()) {
        pinned.put(buffer.getKey(), OrtValues.write(buffer.getValue()));
      }
      Set<String> rest =
          signature.outputs().stream()
              .map(ValueInfo::name)
              .filter(name -> !pinned.containsKey(name))
              .collect(Collectors.toSet());
      OrtCall call = new OrtCall(file.path(), session, fed, pinned, rest, buffers);
      bound = true;
      return call;
    } catch (OrtException e) {
      throw Ort.running(file.path(), e);
    } finally {
      if (!bound) {
        fed.values().forEach(OnnxTensor::close);
      }
    }
  }

  @Override
  public Optional<Placement> placement() {
    return Optional.ofNullable(placement);
  }

  @Override
  public void interrupt() {
    for (OrtSession.RunOptions options : running) {
      try {
        options.setTerminate(true);
      } catch (OrtException | IllegalStateException e) {
        // The call ended in the meantime and closed its options: nothing is left to stop.
      }
    }
  }

  @Override
  public void close() {
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
