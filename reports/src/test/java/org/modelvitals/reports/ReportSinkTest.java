package org.modelvitals.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.RecordSink;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.RunRecordJson;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

class ReportSinkTest {
  @TempDir private Path dir;

  private void accept(RunRecord run, String... settings) throws Exception {
    Map<String, String> all = new HashMap<>(Map.of("dir", dir.toString(), "console", "false"));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    new ReportSink().accept(run, all);
  }

  private RunRecord written() throws IOException {
    return RunRecordJson.read(dir.resolve("run-record.json"));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static RunRecord run(String id, String build, String source, Status status) {
    CheckRecord check =
        SampleRecords.check(
            "check of " + source, new Verdict(status, "because", List.of()), List.of(), List.of());
    return SampleRecords.run(id, build, SampleRecords.suite(source, source, List.of(check)));
  }

  @Test
  void isFoundByTheEngine() {
    assertThat(ServiceLoader.load(RecordSink.class))
        .anySatisfy(sink -> assertThat(sink).isInstanceOf(ReportSink.class));
  }

  @Test
  void writesTheRecordAndEveryReport() throws Exception {
    accept(SampleRecords.rich());

    assertThat(files())
        .containsExactly(
            ".lock", "junit.xml", "report.html", "run-record.json", "runs", "summary.md");
    assertThat(written()).isEqualTo(SampleRecords.rich());
    assertThat(dir.resolve("report.html")).content().contains("reads digits");
    assertThat(dir.resolve("junit.xml")).content().contains("<testsuites");
    assertThat(dir.resolve("summary.md")).content().startsWith("## ❌ ModelVitals");
  }

  @Test
  void whereNothingRunsNoEarlierReportStays() throws Exception {
    Map<String, String> settings = Map.of("dir", dir.toString());
    accept(SampleRecords.rich());
    new ReportSink().nothingRuns(List.of("'acuracy' is misspelt"), settings);
    assertThat(files()).containsExactly(".lock", "runs");

    Path none = dir.resolve("none");
    new ReportSink().nothingRuns(List.of("a mistake"), Map.of("dir", none.toString()));
    assertThat(none).doesNotExist();
  }

  @Test
  void runsOfOneBuildAreJoined() throws Exception {
    accept(run("1", "b", "ATest", Status.FAILED));
    accept(run("2", "b", "BTest", Status.PASSED));

    assertThat(written().suites()).extracting(SuiteRecord::name).containsExactly("ATest", "BTest");
    assertThat(dir.resolve("junit.xml")).content().contains("ATest", "BTest");
  }

  @Test
  void rerunsBecomeAttempts() throws Exception {
    accept(run("1", "b", "ATest", Status.FAILED));
    accept(run("2", "b", "ATest", Status.PASSED));

    CheckRecord check = written().suites().get(0).checks().get(0);
    assertThat(check.flaky()).isTrue();
    assertThat(dir.resolve("junit.xml")).content().contains("<flakyFailure");
    assertThat(dir.resolve("summary.md")).content().contains("(1 flaky)");
  }

  @Test
  void earlierBuildsAreReplacedAndKeptAsideForAWhile() throws Exception {
    for (int i = 0; i < 7; i++) {
      accept(run("r", "build " + i, "Test" + i, Status.PASSED), "keep", "3");
      Path build = dir.resolve("runs").resolve(ReportFolder.fileName("build " + i));
      Files.setLastModifiedTime(build, FileTime.from(Instant.EPOCH.plusSeconds(i)));
    }

    assertThat(written().suites()).extracting(SuiteRecord::name).containsExactly("Test6");
    try (Stream<Path> builds = Files.list(dir.resolve("runs"))) {
      assertThat(builds.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(
              ReportFolder.fileName("build 4"),
              ReportFolder.fileName("build 5"),
              ReportFolder.fileName("build 6"));
    }
  }

  @Test
  void writesOnlyTheFormatsThatAreWantedAndNoStaleOnes() throws Exception {
    accept(SampleRecords.healthy());
    accept(SampleRecords.healthy(), "formats", "junit");
    assertThat(files()).containsExactly(".lock", "junit.xml", "run-record.json", "runs");
    accept(SampleRecords.healthy(), "formats", "none");
    assertThat(files()).containsExactly(".lock", "run-record.json", "runs");
  }

  @ParameterizedTest
  @CsvSource({
    "formats, 'html, junt', did you mean 'junit'?",
    "console, maybe, it can be true or false",
    "keep, 0, it can be a whole number from 1",
    "rows, many, it can be a whole number from 1",
    "inconclusive, error, 'it can be failed, skipped or passed'",
  })
  void aWrongSettingIsNamedAndTheRunIsKept(String name, String value, String sentence)
      throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accept(SampleRecords.healthy(), name, value))
        .withMessageContaining("modelvitals.report." + name)
        .withMessageContaining(sentence);
    assertThat(dir.resolve("runs/build-1/healthy.json")).exists();
    assertThat(new ReportSink().problems(Map.of(name, value, "enabled", "true")))
        .singleElement()
        .asString()
        .contains("modelvitals.report." + name, sentence);
  }

  @Test
  void aMisspeltSettingIsToldOnStandardError() throws Exception {
    assertThat(toldBy(() -> accept(SampleRecords.healthy(), "dirr", "x")))
        .isEqualToNormalizingNewlines(
            "ModelVitals: modelvitals.report.dirr is unknown; did you mean 'modelvitals.report.dir'?\n");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "");
    assertThatIOException()
        .isThrownBy(() -> accept(SampleRecords.healthy(), "dir", file.toString()))
        .withMessageContaining("'%s', which is modelvitals.report.dir".formatted(file));
  }

  private static String toldBy(ThrowingCallable call) throws IOException {
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      assertThatCode(call).doesNotThrowAnyException();
    } finally {
      System.setErr(before);
    }
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aDamagedRecordOfAnotherRunIsLeftOut() throws Exception {
    accept(run("1", "b", "ATest", Status.PASSED));
    Files.writeString(dir.resolve("runs/b/2.json"), "{\"schema\": 1, \"id\"");
    assertThat(toldBy(() -> accept(run("3", "b", "BTest", Status.PASSED))))
        .startsWith("ModelVitals: a run is missing in the reports: ");

    assertThat(written().suites()).extracting(SuiteRecord::name).containsExactly("ATest", "BTest");
    assertThat(dir.resolve("runs/b/2.json")).exists();
  }

  @Test
  void removesWhatKilledWritersLeft() throws Exception {
    Files.writeString(dir.resolve(".report.html-1.tmp"), "<html");
    accept(SampleRecords.healthy());
    assertThat(files()).doesNotContain(".report.html-1.tmp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "../../etc/passwd", "a/b", "a b", "con\u0000", "ü", ".lock"})
  void idsCannotLeaveTheFolder(String id) throws Exception {
    String name = ReportFolder.fileName(id);
    assertThat(name).matches("[A-Za-z0-9_-]+");
    accept(run(id, id, "ATest", Status.PASSED));
    assertThat(dir.resolve("runs").resolve(name).resolve(name + ".json")).exists();
  }

  @Test
  void differentIdsHaveDifferentNames() {
    assertThat(Stream.of("a b", "a/b", "a-b", "a  b").map(ReportFolder::fileName))
        .doesNotHaveDuplicates();
    assertThat(ReportFolder.fileName("x".repeat(5000))).hasSizeLessThan(60);
  }

  @Test
  void printsTheTableAndWhereTheReportsAre() throws Exception {
    accept(SampleRecords.rich());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReportSettings settings = ReportSettings.of(Map.of("dir", dir.toString()));
    try (PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        ReportFolder folder = new ReportFolder(dir)) {
      ReportSink.print(SampleRecords.rich(), folder, settings, print);
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("suite ", "FAILED")
        .endsWith(
            "report      %s%nrun record  %s%n%n"
                .formatted(dir.resolve("report.html"), dir.resolve("run-record.json"))
                .replace("\r", ""));
  }

  @Test
  void summaryJoinsWhatTheLastRunLeft() throws Exception {
    accept(run("1", "b", "ATest", Status.PASSED));
    try (ReportFolder killed = new ReportFolder(dir)) {
      killed.store(run("2", "b", "BTest", Status.FAILED));
      killed.settle(); // and does not come to join
    }

    String summary = Summary.of(dir, ReportSettings.of(Map.of()), false);

    assertThat(summary).contains("ATest", "BTest", "2 checks: 1 failed, 1 passed");
    assertThat(written().suites()).hasSize(2);
    Path nothing = dir.resolve("nothing");
    assertThat(Summary.of(nothing, ReportSettings.of(Map.of()), false))
        .startsWith("There is no run record in " + nothing);
  }
}
