package org.modelvitals.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Establishes where nodes run, and how long they take, by the runtime's own profile of calls. A
 * list of available providers proves nothing: the runtime may list one and run everything on the
 * CPU (microsoft/onnxruntime#23372).
 */
public final class Placements {
  private static final Logger LOG = LoggerFactory.getLogger(Placements.class);

  private Placements() {}

  /** Profiles one call in a session of its own. */
  static Placement establish(
      Path model, DeviceSpec device, SessionSpec spec, Map<String, OnnxTensor> inputs)
      throws OrtException {
    return profile(model, device, spec, inputs, 1, call -> {}).placement();
  }

  /**
   * Profiles calls in a session of its own, which nobody else uses.
   *
   * @param warmup calls before those that count
   * @param progress is told how many calls are done, and may throw
   * @throws ModelException if the model cannot be loaded or run
   */
  public static NodeTimes times(
      Path model,
      DeviceSpec device,
      SessionSpec spec,
      Map<String, Tensor> inputs,
      int warmup,
      int calls,
      IntConsumer progress) {
    Map<String, OnnxTensor> fed = new HashMap<>();
    try {
      for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
        fed.put(input.getKey(), OrtValues.write(input.getValue()));
      }
      return profile(model, device, spec, fed, warmup + calls, progress).times(warmup);
    } catch (OrtException e) {
      throw Ort.running(model, e);
    } finally {
      fed.values().forEach(OnnxTensor::close);
    }
  }

  private static ProfileReader profile(
      Path model,
      DeviceSpec device,
      SessionSpec spec,
      Map<String, OnnxTensor> inputs,
      int calls,
      IntConsumer progress)
      throws OrtException {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("model-vitals-profile-");
      try (OrtSession session =
          OrtSessions.create(model, device, spec, folder.resolve("profile"))) {
        for (int call = 0; call < calls; call++) {
          session.run(inputs).close();
          progress.accept(call + 1);
        }
        return new ProfileReader(Path.of(session.endProfiling()));
      }
    } catch (IOException e) {
      throw new ModelException(
          ModelException.Reason.RUN_FAILED,
          "cannot establish where %s runs: %s".formatted(model, e),
          e);
    } finally {
      delete(folder);
    }
  }

  private static void delete(java.nio.file.@org.jspecify.annotations.Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      LOG.warn("could not delete the profile in {}: {}", folder, e.toString());
    }
  }
}
