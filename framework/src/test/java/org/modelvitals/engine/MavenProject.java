package org.modelvitals.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A small project of a user of ours, whose tests Surefire runs with this build's classes. */
final class MavenProject {
  private final Path folder;

  MavenProject(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("target/test-classes"));
    write(
        "pom.xml",
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.acme</groupId>
          <artifactId>models</artifactId>
          <version>1</version>
          <dependencies>
            <dependency>
              <groupId>org.junit.platform</groupId>
              <artifactId>junit-platform-engine</artifactId>
              <version>%s</version>
              <scope>test</scope>
            </dependency>
          </dependencies>
          <build>
            <plugins>
              <plugin>
                <artifactId>maven-surefire-plugin</artifactId>
                <version>%s</version>
                <configuration>
                  <testFailureIgnore>true</testFailureIgnore>
                  <environmentVariables>
                    <ORT_DISABLE_TELEMETRY>1</ORT_DISABLE_TELEMETRY>
                  </environmentVariables>
                  <additionalClasspathElements>%s</additionalClasspathElements>
                </configuration>
              </plugin>
            </plugins>
          </build>
        </project>
        """
            .formatted(
                version("junit.version"),
                version("surefire.version"),
                classPath()
                    .map(element -> "<element>" + element + "</element>")
                    .collect(Collectors.joining("\n"))));
  }

  /** Versions stand in the root's pom only. */
  private static String version(String property) throws IOException {
    String pom = Files.readString(Path.of("../pom.xml"));
    Matcher matcher = Pattern.compile("<" + property + ">([^<]+)<").matcher(pom);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static Stream<String> classPath() {
    String path =
        Optional.ofNullable(System.getProperty("surefire.test.class.path"))
            .orElseGet(() -> System.getProperty("java.class.path", ""));
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(element -> !element.isEmpty() && !element.endsWith("test-classes"))
        .filter(element -> !element.contains("jupiter") && !element.contains("jqwik"));
  }

  /** The program, if Maven is on the path. */
  static Optional<Path> maven() {
    String name = File.separatorChar == '\\' ? "mvn.cmd" : "mvn";
    return Arrays.stream(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
        .map(element -> Path.of(element, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Path write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, text);
  }

  /** Compiles what lies in {@code src}. */
  void compile() throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-proc:none", "-d", folder.resolve("target/test-classes").toString()));
    arguments.add("-cp");
    arguments.add(classPath().collect(Collectors.joining(File.pathSeparator)));
    try (Stream<Path> sources = Files.walk(folder.resolve("src"))) {
      sources.map(Path::toString).filter(p -> p.endsWith(".java")).forEach(arguments::add);
    }
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(code).isZero();
  }

  /** Runs Surefire, without the phases before it, and returns what it printed. */
  String surefire(Path maven, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(maven.toString(), "-o", "-B", "--no-transfer-progress"));
    Optional.ofNullable(System.getProperty("localRepository"))
        .ifPresent(repository -> command.add("-Dmaven.repo.local=" + repository));
    command.addAll(List.of(options));
    command.add("surefire:test");
    Path log = folder.resolve("maven.log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process.waitFor();
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  /** The report of a class, as Surefire wrote it. */
  String report(String className) throws IOException {
    return Files.readString(folder.resolve("target/surefire-reports/TEST-" + className + ".xml"));
  }
}
