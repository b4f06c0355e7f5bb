package org.modelvitals.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Surefire itself runs suites: default includes, reruns of failed checks, and single checks. */
class SurefireTest {
  private static final String PROBE =
      """
      package com.acme;

      import java.nio.file.*;
      import java.util.List;
      import org.modelvitals.probe.*;
      import org.modelvitals.reading.*;
      import org.modelvitals.suite.ProbeSpec;
      import org.modelvitals.unit.Unit;

      /** Counts in a file how often it was asked. */
      public final class Counting implements ProbeType<Counting.Spec> {
        public record Spec(String file) implements ProbeSpec {}

        @Override public String keyword() { return "counting"; }
        @Override public Class<Spec> specification() { return Spec.class; }

        @Override public List<MeasurementInfo> measurements() {
          return List.of(MeasurementInfo.number("times", Unit.NUMBER, "How often it was asked."));
        }

        @Override public Reading probe(Spec spec, ProbeContext context) throws Exception {
          Path file = Path.of("target", spec.file());
          Files.writeString(file, "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          return Reading.of(Measurement.exact("times", Files.size(file), Unit.NUMBER));
        }
      }
      """;

  private static final String DIGITS =
      """
      package com.acme;

      import static org.modelvitals.suite.Measured.measured;

      import org.modelvitals.suite.*;

      @HealthSuite(model = "negation.onnx")
      class DigitsTest {
        @Check static final HealthCheck passes =
            new Counting.Spec("passes").expect(measured("times").isAtLeast(1));
        @Check static final HealthCheck becomes_well =
            new Counting.Spec("flaky").expect(measured("times").isAtLeast(2));
        @Check static final HealthCheck stays_sick =
            new Counting.Spec("sick").expect(measured("times").isAtLeast(100));
      }
      """;

  private static final String YAML =
      """
      model: ../negation.onnx
      checks:
        is steady:
          counting: {file: %s}
      """;

  @Test
  void runsSuitesAndRerunsFailedChecks(@TempDir Path folder) throws Exception {
    Optional<Path> maven = MavenProject.maven();
    assumeTrue(maven.isPresent(), "mvn is not on the PATH");
    MavenProject project = project(folder);
    String log = project.surefire(maven.get(), "-Dsurefire.rerunFailingTestsCount=2");

    assertThat(log).contains("Tests run: 5, Failures: 1, Errors: 0, Skipped: 0, Flakes: 1");
    assertThat(size(folder, "passes")).isEqualTo(1);
    assertThat(size(folder, "flaky")).isEqualTo(2);
    assertThat(size(folder, "sick")).isEqualTo(3);
    assertThat(cases(project.report("com.acme.DigitsTest")))
        .isEqualTo("DigitsTest.passes DigitsTest.becomes_well DigitsTest.stays_sick ");
    assertThat(project.report("com.acme.DigitsTest"))
        .contains("<flakyFailure")
        .contains("<rerunFailure")
        .contains("times is 1, expected at least 100");
    assertThat(cases(project.report("com.acme.FilesTest")))
        .isEqualTo("FilesTest.one &gt; is steady FilesTest.two &gt; is steady ");

    String chosen = project.surefire(maven.get(), "-Dtest=DigitsTest#passes,FilesTest#two*");
    assertThat(chosen).contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0");
    assertThat(size(folder, "one")).isEqualTo(1);
    assertThat(size(folder, "two")).isEqualTo(2);
    assertThat(size(folder, "passes")).isEqualTo(2);
    assertThat(size(folder, "sick")).isEqualTo(3);
  }

  /** What docs/engine.md says of mistakes under Surefire. */
  @Test
  void aMistakeStopsTheForkOrOnlyThisEngine(@TempDir Path folder) throws Exception {
    Optional<Path> maven = MavenProject.maven();
    assumeTrue(maven.isPresent(), "mvn is not on the PATH");
    MavenProject project = project(folder);
    project.write("suites/two.vitals.yaml", YAML.formatted("two").replace("model:", "modle:"));

    String stopped = project.surefire(maven.get());
    assertThat(stopped).contains("'modle'").contains("two.vitals.yaml:1");
    assertThat(folder.resolve("target/passes")).doesNotExist();
    assertThat(folder.resolve("target/surefire-reports/TEST-com.acme.DigitsTest.xml"))
        .doesNotExist();

    project.write(
        "target/test-classes/junit-platform.properties",
        "junit.platform.discovery.issue.failure.phase=execution");
    String failed = project.surefire(maven.get());
    assertThat(failed).contains("'modle'").contains("Tests run: 1").contains("Errors: 1");
    assertThat(folder.resolve("target/passes")).doesNotExist();
  }

  private static MavenProject project(Path folder) throws Exception {
    Suites.writeModels();
    Files.copy(Path.of(Suites.NEGATION), folder.resolve("negation.onnx"));
    MavenProject project = new MavenProject(folder);
    project.write("src/com/acme/Counting.java", PROBE);
    project.write("src/com/acme/DigitsTest.java", DIGITS);
    project.write(
        "src/com/acme/FilesTest.java",
        """
        package com.acme;

        @org.modelvitals.suite.HealthSuite("suites")
        class FilesTest {}
        """);
    project.write("suites/one.vitals.yaml", YAML.formatted("one"));
    project.write("suites/two.vitals.yaml", YAML.formatted("two"));
    project.write(
        "target/test-classes/META-INF/services/org.modelvitals.probe.ProbeType",
        "com.acme.Counting");
    project.compile();
    return project;
  }

  private static long size(Path folder, String file) throws Exception {
    return Files.size(folder.resolve("target").resolve(file));
  }

  /** Class and name of each test case in a report. */
  private static String cases(String report) {
    Matcher matcher =
        Pattern.compile("<testcase name=\"([^\"]*)\" classname=\"com.acme.([^\"]*)\"")
            .matcher(report);
    StringBuilder cases = new StringBuilder();
    while (matcher.find()) {
      cases.append(matcher.group(2)).append('.').append(matcher.group(1)).append(' ');
    }
    return cases.toString();
  }
}
