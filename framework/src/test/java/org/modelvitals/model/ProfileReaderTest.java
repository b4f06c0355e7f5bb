package org.modelvitals.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles in the form in which ONNX Runtime 1.29.0 writes them, cut down to what is read. */
class ProfileReaderTest {
  @TempDir Path folder;

  private static String run(long at) {
    return "{\"cat\":\"Session\",\"ts\":%d,\"dur\":90,\"name\":\"model_run\",\"args\":{}}"
        .formatted(at);
  }

  private static String node(String name, String provider, long at, long micros) {
    return """
        {"cat":"Node","ts":%d,"dur":%d,"name":"%s_kernel_time",
         "args":{"op_name":"Op","node_index":"1","provider":"%s"}}"""
        .formatted(at, micros, name, provider);
  }

  private static String webGpu(String name, long at, long micros) {
    return "{\"cat\":\"Api\",\"ts\":%d,\"dur\":%d,\"name\":\"%s&Op&Kernel\",\"args\":{}}"
        .formatted(at, micros, name);
  }

  private static String cuda(String parent, long at, long micros) {
    return """
        {"cat":"Kernel","ts":%d,"dur":%d,"name":"sgemm","args":{"parent_name":"%s_kernel_time"}}"""
        .formatted(at, micros, parent);
  }

  private ProfileReader reader(String... events) throws Exception {
    return new ProfileReader(
        Files.writeString(folder.resolve("profile.json"), "[" + String.join(",", events) + "]"));
  }

  private static NodeTimes.Node only(NodeTimes times, String name) {
    return times.nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void on_the_cpu_a_node_took_what_its_events_say_without_the_first_calls() throws Exception {
    ProfileReader reader =
        reader(
            node("a", "CPUExecutionProvider", 10, 1000),
            run(5),
            node("a", "CPUExecutionProvider", 110, 7),
            node("a", "CPUExecutionProvider", 120, 3), // a loop's body runs again
            run(105),
            node("a", "CPUExecutionProvider", 210, 20),
            run(205));
    NodeTimes.Node a = only(reader.times(1), "a");
    assertThat(a.seconds().get(0)).isCloseTo(10e-6, within(1e-15));
    assertThat(a.seconds().get(1)).isCloseTo(20e-6, within(1e-15));
    assertThat(reader.placement().nodes()).isEqualTo(Map.of("CPUExecutionProvider", 1));
  }

  @Test
  void where_the_device_measured_itself_that_counts() throws Exception {
    for (List<String> device :
        List.of(List.of(webGpu("m", 13, 400)), List.of(cuda("m", 13, 300), cuda("m", 14, 100)))) {
      List<String> events = new java.util.ArrayList<>(device);
      events.add(node("m", "WebGpuExecutionProvider", 11, 2)); // until it was handed over
      events.add(node("Memcpy", "WebGpuExecutionProvider", 15, 380)); // waits for the device
      events.add(node("s", "CPUExecutionProvider", 12, 5));
      events.add(run(10));
      NodeTimes times = reader(events.toArray(String[]::new)).times(0);
      assertThat(only(times, "m").mean()).isCloseTo(400e-6, within(1e-15));
      assertThat(only(times, "Memcpy").mean()).isZero();
      assertThat(only(times, "s").mean()).isCloseTo(5e-6, within(1e-15));
    }
  }

  @Test
  void a_real_profile_of_the_cpu_is_read() throws Exception {
    Path file = Graphs.write(folder.resolve("power.onnx"), Graphs.power(3));
    NodeTimes times =
        Placements.times(
            file,
            DeviceSpec.CPU,
            SessionSpec.DEFAULT,
            Map.of("x", Tensor.ofFloats(new float[] {1, 2, 3, 4}, 2, 2)),
            1,
            2,
            done -> {});
    assertThat(times.nodes()).isNotEmpty();
    assertThat(times.nodes())
        .allSatisfy(
            node -> {
              assertThat(node.provider()).isEqualTo(Device.CPU.provider());
              assertThat(node.seconds()).hasSize(2);
            });
  }
}
