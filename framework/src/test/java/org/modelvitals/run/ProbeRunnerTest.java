package org.modelvitals.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.Placement;
import org.modelvitals.verdict.Status;

class ProbeRunnerTest {

  @Test
  void aDeviceThatNoNodeRanOnIsAFailure() {
    Placement onCpu = new Placement(Map.of("CPUExecutionProvider", 12));

    assertThat(ProbeRunner.misplaced(Device.CUDA, Optional.of(onCpu)))
        .hasValueSatisfying(
            probed -> {
              assertThat(probed.status()).isEqualTo(Status.FAILED);
              assertThat(probed.sentence())
                  .isEqualTo(
                      "the suite asked for cuda, but none of the model's 12 nodes ran there:"
                          + " {CPUExecutionProvider=12}");
            });
  }

  @Test
  void partOfTheNodesIsNoFailure() {
    Placement parts = new Placement(Map.of("CPUExecutionProvider", 12, "CUDAExecutionProvider", 1));

    assertThat(ProbeRunner.misplaced(Device.CUDA, Optional.of(parts))).isEmpty();
    assertThat(ProbeRunner.misplaced(Device.CPU, Optional.of(parts))).isEmpty();
    assertThat(ProbeRunner.misplaced(Device.CUDA, Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_MODEL,   false, FAILED",
    "RUN_FAILED,      false, FAILED",
    "NOT_IMPLEMENTED, true,  SKIPPED",
    "DEVICE_MISSING,  false, SKIPPED",
    "DEVICE_MISSING,  true,  FAILED",
    "BAD_INPUT,       false, ERROR",
  })
  void whoseFaultItIs(ModelException.Reason reason, boolean required, Status status) {
    DeviceSpec device = new DeviceSpec(Device.CUDA, 0, required, Map.of());

    assertThat(ProbeRunner.status(new ModelException(reason, "why"), device)).isEqualTo(status);
  }
}
