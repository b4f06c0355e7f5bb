package org.modelvitals.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a model's file always comes to an end. */
class ModelFilesTest {

  @Test
  void aDeviceIsNoModel() {
    Path zero = Path.of("/dev/zero");
    assumeTrue(Files.exists(zero), "there is no /dev/zero");
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelFiles.identify(zero))
        .withMessage("/dev/zero is a device or a pipe, which may have no end, not a model")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(ModelException.Reason.INVALID_MODEL));
  }

  @Test
  void anInterruptStopsHashingAndIsNotRemembered(@TempDir Path folder) throws Exception {
    Path model = Files.writeString(folder.resolve("model.onnx"), "some bytes");
    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> ModelFiles.identify(model))
          .withMessageContaining("cannot be read");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(ModelFiles.identify(model).size()).isEqualTo(10);
  }

  /** What is told before the native library is loaded must be what it says itself. */
  @Test
  void theJarHasTheVersionOfTheRuntime() {
    assertThat(ai.onnxruntime.OrtEnvironment.class.getPackage().getImplementationVersion())
        .isEqualTo(Ort.environment().getVersion());
    assertThat(ModelFiles.runtimeVersion()).isEqualTo(Ort.environment().getVersion());
  }
}
