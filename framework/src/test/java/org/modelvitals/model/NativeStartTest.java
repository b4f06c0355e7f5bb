package org.modelvitals.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeStartTest {
  @Test
  void a_long_command_line_is_refused_unless_telemetry_is_off() {
    assertThat(NativeStart.danger(null, 5000, true, true))
        .hasValueSatisfying(
            why -> assertThat(why).contains("5000 bytes").contains("ORT_DISABLE_TELEMETRY=1"));
    assertThat(NativeStart.danger("1", 5000, true, true)).isEmpty();
    assertThat(NativeStart.danger(null, 300, true, true)).isEmpty();
  }

  @Test
  void a_container_without_shell_and_machine_id_is_refused_unless_telemetry_is_off() {
    assertThat(NativeStart.danger(null, 300, false, false))
        .hasValueSatisfying(why -> assertThat(why).contains("/etc/machine-id"));
    assertThat(NativeStart.danger(null, 300, true, false)).isEmpty();
    assertThat(NativeStart.danger(null, 300, false, true)).isEmpty();
    assertThat(NativeStart.danger("1", 300, false, false)).isEmpty();
  }
}
