package org.modelvitals.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;
import org.modelvitals.engine.ModelVitalsEngine;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.suite.SuiteSpec;
import org.modelvitals.yaml.SuiteYaml;
import org.opentest4j.AssertionFailedError;

/**
 * Every suite in YAML that the documentation shows, and whose model is one of the examples, passes
 * as it stands there. Of times and memory only that they are measured is asserted: the numbers are
 * the machine's.
 */
class DocsExamplesRunTest {
  private static final Path EXAMPLES = Path.of("").toAbsolutePath();
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK =
      Pattern.compile("^```yaml\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern MODEL = Pattern.compile("^model: (.*)$", Pattern.MULTILINE);
  private static final ProbeRegistry REGISTRY =
      ProbeRegistry.load(DocsExamplesRunTest.class.getClassLoader());

  /** Looks to suites like the folder of the examples. */
  @TempDir static Path folder;

  /** A suite of the documentation. */
  private record Example(String where, String yaml) {}

  @BeforeAll
  static void copyModelsAndData() throws IOException {
    for (String part : List.of("models", "data")) {
      try (Stream<Path> files = Files.walk(EXAMPLES.resolve(part))) {
        for (Path file : files.toList()) {
          Files.copy(file, folder.resolve(EXAMPLES.relativize(file).toString()));
        }
      }
    }
  }

  @TestFactory
  List<DynamicTest> examples_pass() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Example example : examples()) {
      Path file = folder.resolve("example-%d.vitals.yaml".formatted(tests.size()));
      Files.writeString(file, example.yaml());
      tests.add(DynamicTest.dynamicTest(example.where(), () -> assertPasses(file, example)));
    }
    assertThat(tests).hasSizeGreaterThan(10);
    return tests;
  }

  private static void assertPasses(Path file, Example example) {
    Set<String> measuresTheMachine = measuresTheMachine(file, example);
    Events checks =
        EngineTestKit.engine(ModelVitalsEngine.ID)
            .configurationParameter("modelvitals.report.enabled", "false")
            .configurationParameter("modelvitals.device", "cpu")
            .selectors(selectFile(file.toFile()))
            .execute()
            .testEvents();
    assertThat(checks.finished().count()).isPositive().isEqualTo(checks.started().count());
    assertThat(checks.skipped().count()).isZero();
    assertThat(checks.finished().stream())
        .allSatisfy(
            event -> {
              TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
              Throwable problem = result.getThrowable().orElse(null);
              if (measuresTheMachine.contains(event.getTestDescriptor().getDisplayName())) {
                assertThat(problem)
                    .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        failure -> assertThat(failure).isInstanceOf(AssertionFailedError.class));
              } else {
                assertThat(problem).as(name(event)).isNull();
              }
            });
  }

  private static String name(Event event) {
    return event.getTestDescriptor().getDisplayName();
  }

  private static Set<String> measuresTheMachine(Path file, Example example) {
    SuiteSpec suite = SuiteYaml.read(file, example.yaml(), REGISTRY).suite().orElseThrow();
    return suite.checks().stream()
        .filter(
            check ->
                REGISTRY.of(check.check().probe()).orElseThrow().demand() == ProbeType.Demand.ALONE)
        .map(check -> check.name())
        .collect(Collectors.toSet());
  }

  private static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    for (Path page : pages(ROOT)) {
      String text = Files.readString(page).replace("\r\n", "\n");
      for (Matcher block = BLOCK.matcher(text); block.find(); ) {
        Matcher model = MODEL.matcher(block.group(1));
        if (model.find() && Files.exists(EXAMPLES.resolve(model.group(1)))) {
          long line = text.substring(0, block.start(1)).lines().count() + 1;
          examples.add(new Example(ROOT.relativize(page) + ":" + line, block.group(1)));
        }
      }
    }
    return examples;
  }

  private static List<Path> pages(Path root) throws IOException {
    try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      return Stream.concat(
              Stream.of(root.resolve("README.md")),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }
}
