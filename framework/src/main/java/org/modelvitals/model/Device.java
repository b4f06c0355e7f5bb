package org.modelvitals.model;

import java.util.Locale;

/** The kinds of device a model can run on. */
public enum Device {
  CPU("CPUExecutionProvider"),
  WEBGPU("WebGpuExecutionProvider"),
  CUDA("CUDAExecutionProvider"),
  TENSORRT("TensorrtExecutionProvider"),
  COREML("CoreMLExecutionProvider"),
  OPENVINO("OpenVINOExecutionProvider"),
  DIRECTML("DmlExecutionProvider");

  private final String provider;

  Device(String provider) {
    this.provider = provider;
  }

  /** What ONNX Runtime calls the execution provider, in profiles and messages. */
  public String provider() {
    return provider;
  }

  /** The word for it in suites, configuration and reports. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return keyword();
  }
}
