package org.modelvitals.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A process of its own for what can only be measured cold, or in a bounded heap. */
final class Child {
  private static final int MINUTES = 10;

  private Child() {}

  /** What a child says of itself, by name. */
  record Said(Map<String, String> figures) {
    double number(String name) {
      return Double.parseDouble(Objects.requireNonNull(figures.get(name), name));
    }
  }

  /** Runs a class and reads what it {@link #say said}. */
  static Said run(Class<?> main, List<String> options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(Projects.scratch(), main.getSimpleName(), ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Projects.scratch().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
    Process process = builder.start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException(
            "%s failed:%n%s".formatted(main.getSimpleName(), Files.readString(output)));
      }
    } finally {
      process.destroyForcibly();
    }
    Map<String, String> figures = new TreeMap<>();
    for (String line : Files.readAllLines(output)) {
      String[] words = line.split(" = ", 2);
      if (words.length == 2) {
        figures.put(words[0], words[1]);
      }
    }
    Files.delete(output);
    return new Said(figures);
  }

  /** In a child: tells the parent a figure. */
  static void say(String name, Object value) {
    System.out.println(name + " = " + value);
  }

  /** In a child: the most resident memory this process had so far, in KiB. */
  static double peak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the system does not tell VmHWM"));
  }
}
