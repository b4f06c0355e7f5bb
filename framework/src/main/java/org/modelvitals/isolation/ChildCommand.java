package org.modelvitals.isolation;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/** How a JVM like this one is started: with its classes, its properties and its limits. */
final class ChildCommand {
  /** Options that decide what code may do and how much memory it has; agents stay behind. */
  private static final List<String> INHERITED =
      List.of(
          "-Xmx",
          "-Xss",
          "-XX:MaxDirectMemorySize",
          "-XX:MaxRAM",
          "--add-opens",
          "--add-exports",
          "--add-reads",
          "--enable-native-access",
          "--enable-preview");

  private ChildCommand() {}

  /**
   * The process, not yet started.
   *
   * @param folder for what the process leaves behind
   * @param options of the JVM, which count more than what it inherits
   */
  static ProcessBuilder of(Class<? extends ChildTask> task, Path folder, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> INHERITED.stream().anyMatch(option::startsWith))
        .forEach(command::add);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")));
    command.add("-XX:ErrorFile=" + folder.resolve(LastWords.CRASH_REPORT));
    command.add("-XX:-CreateCoredumpOnCrash");
    command.addAll(options);
    command.addAll(List.of(ChildMain.class.getName(), task.getName(), folder.toString()));
    writeProperties(folder.resolve(ChildMain.PROPERTIES));
    ProcessBuilder builder = new ProcessBuilder(command);
    // Not on the command line: ONNX Runtime 1.29.0 crashes if that is long. Its telemetry would
    // also allocate what is not the model's.
    builder.environment().put("CLASSPATH", classPath(task));
    builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
    return builder;
  }

  private static void writeProperties(Path file) throws IOException {
    Properties properties = new Properties();
    System.getProperties()
        .stringPropertyNames()
        .forEach(name -> properties.setProperty(name, System.getProperty(name, "")));
    try (var out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
  }

  /** This JVM's class path, and where the classes that the process needs really come from. */
  private static String classPath(Class<?> task) {
    Set<String> entries = new LinkedHashSet<>();
    Stream.of(task, ChildMain.class).flatMap(type -> location(type).stream()).forEach(entries::add);
    for (String property :
        List.of("surefire.test.class.path", "java.class.path", "jdk.module.path")) {
      String path = System.getProperty(property);
      if (path != null && !path.isEmpty()) {
        entries.addAll(List.of(path.split(File.pathSeparator)));
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static Optional<String> location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(source.getLocation().toURI()).toString());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty(); // inside another archive; the class path has it
    }
  }
}
