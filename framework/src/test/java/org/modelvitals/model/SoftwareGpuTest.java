package org.modelvitals.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices other than the CPU, on the GPU in software that {@code .ci/software-gpu} prepares. */
class SoftwareGpuTest {
  @TempDir Path folder;

  @Test
  void nodes_run_on_the_gpu_as_the_runtime_tells_and_agree_with_the_cpu() throws Exception {
    Map<String, String> said = run(settings(), Map.of());
    assertThat(said).containsEntry("BEFORE", "Optional.empty");
    assertThat(said.get("AFTER"))
        .isEqualTo("Optional[Placement[nodes={WebGpuExecutionProvider=3}]]");
    // x = [1/2 -1/4; 1/8 3/4]; in x^4 the first element is (7/32)^2 - 5/16 * 5/32 = -1/1024.
    assertThat(Double.parseDouble(said.getOrDefault("VALUES", "NaN"))).isEqualTo(-0.0009765625);
    assertThat(Double.parseDouble(said.getOrDefault("DIFFERENCE", "NaN"))).isLessThan(1e-6);
  }

  @Test
  void a_gpu_that_is_listed_but_not_there_is_missing() throws Exception {
    Path nothing = folder.resolve("no-driver.json");
    Map<String, String> said = run(settings(), Map.of("VK_DRIVER_FILES", nothing.toString()));
    assertThat(said.get("REFUSED"))
        .startsWith("DEVICE_MISSING the device webgpu cannot be used")
        .contains("look at the driver")
        .doesNotContain("/onnxruntime_src/");
  }

  private static List<String> settings() throws Exception {
    String cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(path -> !path.isEmpty())
            .orElse(System.getProperty("user.home") + "/.cache");
    String version = ai.onnxruntime.OrtEnvironment.class.getPackage().getImplementationVersion();
    Path settings = Path.of(cache, "modelvitals", "software-gpu-" + version, "settings");
    assumeTrue(Files.exists(settings), "there is no software GPU; prepare it: .ci/software-gpu");
    return Files.readAllLines(settings);
  }

  private Map<String, String> run(List<String> settings, Map<String, String> instead)
      throws Exception {
    Path model = Graphs.write(folder.resolve("power.onnx"), Graphs.power(3));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    settings.stream().filter(setting -> setting.startsWith("-D")).forEach(command::add);
    command.add("-Djava.io.tmpdir=" + folder);
    command.add(RunOnGpu.class.getName());
    command.add(model.toString());
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("errors").toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    for (String setting : settings) {
      if (!setting.startsWith("-D")) {
        String[] pair = setting.split("=", 2);
        builder.environment().put(pair[0], pair[1]);
      }
    }
    builder.environment().putAll(instead);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    Map<String, String> said = new TreeMap<>();
    for (String line : Files.readAllLines(output, StandardCharsets.UTF_8)) {
      String[] words = line.split(" ", 2);
      said.put(words[0], words.length > 1 ? words[1] : "");
    }
    try (var left = Files.list(folder)) {
      assertThat(left.filter(file -> file.toString().contains("profile"))).isEmpty();
    }
    return said;
  }
}
