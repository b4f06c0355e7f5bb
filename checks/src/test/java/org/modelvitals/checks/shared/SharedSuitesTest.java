package org.modelvitals.checks.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.verdict.Status;

/**
 * Every suite of {@code src/test/suites} passes; what a machine lacks may be skipped, and what it
 * is too busy to judge left undecided.
 */
class SharedSuitesTest {
  static final Path SUITES = Path.of("src/test/suites");

  @TestFactory
  Stream<DynamicTest> suites() throws IOException {
    SharedModels.folder();
    List<Path> files;
    try (Stream<Path> found = Files.list(SUITES)) {
      files = found.filter(file -> file.toString().endsWith(".vitals.yaml")).sorted().toList();
    }
    return Run.of(files).record().suites().stream()
        .flatMap(suite -> suite.checks().stream().map(check -> test(suite, check)));
  }

  private static DynamicTest test(SuiteRecord suite, CheckRecord check) {
    return DynamicTest.dynamicTest(
        suite.name() + " > " + check.name(),
        () -> {
          String reason = check.verdict().reason();
          Status wanted =
              switch (check.verdict().status()) {
                case SKIPPED -> reason.contains("en_US.UTF-8") ? Status.SKIPPED : Status.PASSED;
                case INCONCLUSIVE ->
                    reason.contains("too busy to call it slow")
                        ? Status.INCONCLUSIVE
                        : Status.PASSED;
                default -> Status.PASSED;
              };
          assertThat(check.verdict().status()).as(reason).isEqualTo(wanted);
        });
  }
}
