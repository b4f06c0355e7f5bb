package org.modelvitals.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates sessions of the runtime. */
final class OrtSessions {
  private OrtSessions() {}

  /**
   * A session for a model.
   *
   * @param profile prefix of the file that the runtime writes its profile to; null for none
   */
  static OrtSession create(Path path, DeviceSpec device, SessionSpec spec, @Nullable Path profile) {
    requireProvider(device);
    try (SessionOptions options = new SessionOptions()) {
      apply(spec, options);
      if (profile != null) {
        options.enableProfiling(profile.toString());
      }
      addProvider(device, options);
      return Ort.environment().createSession(path.toString(), options);
    } catch (OrtException e) {
      throw device.name() == Device.CPU ? Ort.loading(path, e) : onDevice(path, device, e);
    }
  }

  /** A session of a graph that was changed; external data still lies beside {@code path}. */
  static OrtSession create(Path path, byte[] graph, DeviceSpec device, SessionSpec spec) {
    requireProvider(device);
    try (SessionOptions options = new SessionOptions()) {
      apply(spec, options);
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        options.addConfigEntry(
            "session.model_external_initializers_file_folder_path", folder.toString());
      }
      addProvider(device, options);
      return Ort.environment().createSession(graph, options);
    } catch (OrtException e) {
      throw Ort.loading(path, e);
    }
  }

  private static void apply(SessionSpec spec, SessionOptions options) throws OrtException {
    if (spec.threads() != null) {
      options.setIntraOpNumThreads(spec.threads());
    }
    if (spec.interOpThreads() != null) {
      options.setInterOpNumThreads(spec.interOpThreads());
    }
    options.setOptimizationLevel(
        switch (spec.optimization()) {
          case NONE -> SessionOptions.OptLevel.NO_OPT;
          case BASIC -> SessionOptions.OptLevel.BASIC_OPT;
          case EXTENDED -> SessionOptions.OptLevel.EXTENDED_OPT;
          case ALL -> SessionOptions.OptLevel.ALL_OPT;
        });
    options.setExecutionMode(
        spec.execution() == SessionSpec.Execution.PARALLEL
            ? SessionOptions.ExecutionMode.PARALLEL
            : SessionOptions.ExecutionMode.SEQUENTIAL);
    if (spec.deterministic()) {
      options.setDeterministicCompute(true);
    }
    for (Map.Entry<String, Long> dimension : spec.dimensions().entrySet()) {
      options.setSymbolicDimensionValue(dimension.getKey(), dimension.getValue());
    }
    for (Map.Entry<String, String> entry : spec.config().entrySet()) {
      options.addConfigEntry(entry.getKey(), entry.getValue());
    }
  }

  private static void requireProvider(DeviceSpec device) {
    Ort.environment(); // says what is wrong if the native library cannot be loaded
    EnumSet<OrtProvider> available = OrtEnvironment.getAvailableProviders();
    OrtProvider wanted =
        switch (device.name()) {
          case CPU -> OrtProvider.CPU;
          case WEBGPU -> OrtProvider.WEBGPU;
          case CUDA -> OrtProvider.CUDA;
          case TENSORRT -> OrtProvider.TENSOR_RT;
          case COREML -> OrtProvider.CORE_ML;
          case OPENVINO -> OrtProvider.OPEN_VINO;
          case DIRECTML -> OrtProvider.DIRECT_ML;
        };
    if (!available.contains(wanted)) {
      throw new ModelException(
          ModelException.Reason.DEVICE_MISSING,
          "the device %s is not available: this build of ONNX Runtime has %s only%s"
              .formatted(
                  device.name(),
                  available.stream().map(OrtProvider::getName).collect(Collectors.joining(", ")),
                  hint(device.name())));
    }
  }

  private static String hint(Device device) {
    return switch (device) {
      case CUDA, TENSORRT -> "; put onnxruntime_gpu on the class path instead of onnxruntime";
      case CPU -> "";
      default ->
          "; point onnxruntime.native.path to a build of the native library that has the provider";
    };
  }

  private static void addProvider(DeviceSpec device, SessionOptions options) throws OrtException {
    Map<String, String> given = new TreeMap<>(device.options());
    switch (device.name()) {
      case CPU -> {}
      case WEBGPU -> {
        if (device.index() > 0) {
          given.putIfAbsent("deviceId", Integer.toString(device.index()));
        }
        options.addWebGPU(given);
      }
      case CUDA -> {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device.index())) {
          for (Map.Entry<String, String> entry : given.entrySet()) {
            cuda.add(entry.getKey(), entry.getValue());
          }
          options.addCUDA(cuda);
        }
      }
      case TENSORRT -> {
        try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(device.index())) {
          for (Map.Entry<String, String> entry : given.entrySet()) {
            tensorRt.add(entry.getKey(), entry.getValue());
          }
          options.addTensorrt(tensorRt);
        }
      }
      case COREML -> options.addCoreML(given);
      case OPENVINO -> options.addOpenVINO(given.getOrDefault("device_type", ""));
      case DIRECTML -> options.addDirectML(device.index());
    }
  }

  /** A device that is listed and does not start is missing; the model may still be to blame. */
  private static ModelException onDevice(Path path, DeviceSpec device, OrtException e) {
    try (SessionOptions plain = new SessionOptions()) {
      Ort.environment().createSession(path.toString(), plain).close();
      return new ModelException(
          ModelException.Reason.DEVICE_MISSING,
          "the device %s cannot be used, although this build of ONNX Runtime has %s; look at the driver, the index %d and the options %s: %s"
              .formatted(
                  device.name(),
                  device.name().provider(),
                  device.index(),
                  device.options(),
                  Ort.text(e)),
          e);
    } catch (OrtException alsoOnCpu) {
      return Ort.loading(path, alsoOnCpu);
    }
  }
}
