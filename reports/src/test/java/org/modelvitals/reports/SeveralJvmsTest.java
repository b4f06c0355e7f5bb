package org.modelvitals.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.RunRecordJson;
import org.modelvitals.record.SuiteRecord;

/** Real processes that write into one folder at once. */
class SeveralJvmsTest {
  private static final int RUNS = 8;

  @TempDir private Path dir;

  private Process jvm(String name, int runs) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            RunChild.class.getName(),
            dir.toString(),
            name,
            Integer.toString(runs))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void loseNothingWhenTheyWriteAtOnceAndOneIsKilled() throws Exception {
    Process victim = jvm("victim", -1);
    List<Process> others = List.of(jvm("a", RUNS), jvm("b", RUNS), jvm("c", RUNS));
    Set<String> promised = new HashSet<>();
    // It is killed in the middle of its fourth run or later, wherever that run then is.
    try (BufferedReader said = victim.inputReader()) {
      for (int i = 0; i < 3; i++) {
        promised.add(said.readLine());
      }
      // By its handle: Process.destroyForcibly would also close the stream that is read here.
      victim.toHandle().destroyForcibly();
      said.lines().forEach(promised::add);
    }
    for (Process other : others) {
      try (BufferedReader said = other.inputReader()) {
        said.lines().forEach(promised::add);
      }
      assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(other.exitValue()).isZero();
    }

    assertThat(promised).hasSizeGreaterThanOrEqualTo(3 + 3 * RUNS).doesNotContainNull();
    Summary.of(dir, ReportSettings.of(java.util.Map.of()), false);
    RunRecord joined = RunRecordJson.read(dir.resolve("run-record.json"));
    assertThat(joined.suites()).extracting(SuiteRecord::name).containsAll(promised);
    assertThat(joined.suites())
        .allSatisfy(suite -> assertThat(suite.checks().get(0).attempts()).isEmpty());
    everyStoredRunIsWhole();
    assertThat(
            DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(dir.resolve("junit.xml").toFile())
                .getElementsByTagName("testsuite")
                .getLength())
        .isEqualTo(joined.suites().size());
    assertThat(dir.resolve("report.html")).content().contains("</html>");
  }

  private void everyStoredRunIsWhole() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> stored = Files.list(dir.resolve("runs/build"))) {
      stored.filter(file -> file.toString().endsWith(".json")).forEach(files::add);
    }
    for (Path file : files) {
      assertThat(RunRecordJson.read(file).suites()).hasSize(1);
    }
  }
}
