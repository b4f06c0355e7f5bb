package org.modelvitals.checks.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.reading.Measurement;

/**
 * A script stands for the driver's command; what it prints is what the command is documented to.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the driver's command is a shell script here")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NvidiaSmiTest {
  private static final DeviceSpec CUDA = DeviceSpec.of(Device.CUDA);

  @TempDir Path folder;

  private String command(String output) throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("smi"), "#!/bin/sh\necho \"$@\" >&2\nprintf '" + output + "'\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script.toString();
  }

  /** What it says once it has read all that the script printed. */
  private static Measurement eventually(Supplier<Measurement> measured, long count) {
    Measurement now = measured.get();
    while (now.count() < count) {
      Thread.onSpinWait();
      now = measured.get();
    }
    return now;
  }

  @Test
  void memory_is_the_most_that_the_process_held() throws Exception {
    String command = command("4711, 300\\n12, 9000\\n4711, 512\\n4711, 401\\n");
    try (NvidiaSmi gpu = NvidiaSmi.memory(CUDA, command)) {
      Measurement memory = eventually(() -> gpu.memoryOf(4711), 3);
      assertThat(memory.value()).isEqualTo(512.0 * 1024 * 1024);
    }
  }

  @Test
  void utilisation_is_the_mean() throws Exception {
    try (NvidiaSmi gpu = NvidiaSmi.utilisation(CUDA, command("0\\n50\\n100\\n[N/A]\\n90\\n"))) {
      assertThat(eventually(gpu::utilisation, 4).value()).isEqualTo(0.6);
    }
  }

  @Test
  void without_a_driver_it_says_so() throws Exception {
    try (NvidiaSmi gpu = NvidiaSmi.memory(CUDA, folder.resolve("nothing").toString())) {
      Measurement memory = gpu.memoryOf(4711);
      assertThat(memory.value()).isNull();
      assertThat(memory.note()).startsWith("no driver tells it here: ");
    }
    try (NvidiaSmi gpu = NvidiaSmi.utilisation(DeviceSpec.CPU, "anything")) {
      assertThat(gpu.utilisation().note()).isEqualTo("the model ran on the CPU");
    }
    try (NvidiaSmi gpu = NvidiaSmi.utilisation(CUDA, command("No devices were found\\n"))) {
      while (!Objects.toString(gpu.utilisation().note(), "").contains("it said")) {
        Thread.onSpinWait();
      }
      assertThat(gpu.utilisation().note())
          .isEqualTo(
              "the driver told no utilisation; it said '--id=0 --query-gpu=utilization.gpu"
                  + " --format=csv,noheader,nounits --loop-ms=100'");
    }
  }
}
