package org.modelvitals.checks.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * One class and one line of registration are a probe with its YAML keyword. The line is written
 * here, so that the other tests of this module do not know the probe.
 */
class OwnProbeTest {
  @TempDir Path folder;

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @BeforeEach
  void register() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("org.modelvitals.probe.ProbeType"), Repeatability.class.getName());
    URL[] urls = {folder.toUri().toURL()};
    Thread.currentThread().setContextClassLoader(new URLClassLoader(urls, before));
  }

  @AfterEach
  void restore() throws IOException {
    ((URLClassLoader) Thread.currentThread().getContextClassLoader()).close();
    Thread.currentThread().setContextClassLoader(before);
  }

  private static void passes(DiscoverySelector selector) {
    EngineTestKit.Builder kit = EngineTestKit.engine("model-vitals").selectors(selector);
    assertThat(kit.discover().getDiscoveryIssues()).isEmpty();
    kit.execute().testEvents().assertStatistics(events -> events.started(1).succeeded(1));
  }

  @Test
  void runs_from_java() {
    passes(selectClass(DigitsAnswerAlike.class));
  }

  @Test
  void runs_from_yaml() throws IOException {
    Path example = Path.of("../example-suites").toAbsolutePath().normalize();
    passes(
        selectFile(
            Files.writeString(
                    folder.resolve("digits.vitals.yaml"),
                    """
                    model: %1$s/models/digits.onnx
                    checks:
                      answers alike:
                        repeatability:
                          data: {file: %1$s/data/digits-test.csv, ignore: [digit], limit: 64}
                        expect: {different answers: "= 0"}
                    """
                        .formatted(example))
                .toFile()));
  }

  @Test
  void mistakes_are_found_at_discovery() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("digits.vitals.yaml"),
            """
            model: digits.onnx
            checks:
              answers alike:
                repeatability: {data: digits.csv, repeat: 3}
            """);
    assertThat(
            EngineTestKit.engine("model-vitals")
                .selectors(selectFile(file.toFile()))
                .discover()
                .getDiscoveryIssues())
        .singleElement()
        .extracting(issue -> issue.message())
        .asString()
        .contains("repeat", "did you mean 'repeats'?");
  }

  @Test
  void the_page_shows_this_code() throws IOException {
    String page = Files.readString(Path.of("../docs/own-probe.md"));
    Path sources = Path.of("src/test/java/org/modelvitals/checks/own");
    assertThat(page).contains(Files.readString(sources.resolve("Repeatability.java")).strip());
    String suite = Files.readString(sources.resolve("DigitsAnswerAlike.java"));
    assertThat(page)
        .contains(
            suite
                .substring(suite.indexOf("  @Check"), suite.indexOf("  private DigitsAnswerAlike"))
                .stripTrailing());
  }
}
