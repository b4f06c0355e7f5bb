package org.modelvitals.reports.junitxml;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.SurefireReportParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.reports.SampleRecords;
import org.modelvitals.reports.view.Counts;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class JUnitXmlTest {
  private static final List<String> REQUIRED_OF_SUITE =
      List.of("name", "tests", "errors", "skipped", "failures");
  private static final List<String> ORDER_IN_CASE =
      List.of(
          "failure",
          "rerunFailure",
          "flakyFailure",
          "skipped",
          "error",
          "rerunError",
          "flakyError",
          "system-out",
          "system-err");

  static Stream<RunRecord> samples() {
    return Stream.of(SampleRecords.rich(), SampleRecords.healthy(), SampleRecords.huge());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void surefireReadsTheSameCountsTimesAndMessages(RunRecord run, @TempDir Path folder)
      throws IOException {
    List<ReportTestSuite> suites = parse(JUnitXml.render(run), folder);

    assertThat(suites).hasSameSizeAs(run.suites());
    for (int i = 0; i < suites.size(); i++) {
      same(run.suites().get(i), suites.get(i));
    }
  }

  private static List<ReportTestSuite> parse(String xml, Path folder) throws IOException {
    Files.writeString(folder.resolve("TEST-model-vitals.xml"), xml);
    return new SurefireReportParser(List.of(folder.toFile()), new NullConsoleLogger())
        .parseXMLReportFiles();
  }

  private static void same(SuiteRecord record, ReportTestSuite read) {
    Counts counts = Counts.of(record.checks());
    assertThat(read.getNumberOfTests()).isEqualTo(counts.checks());
    assertThat(read.getNumberOfFailures()).isEqualTo(counts.failed() + counts.inconclusive());
    assertThat(read.getNumberOfErrors()).isEqualTo(counts.errors());
    assertThat(read.getNumberOfSkipped()).isEqualTo(counts.skipped());
    assertThat(read.getNumberOfFlakes()).isEqualTo(flakes(record));
    double seconds = record.checks().stream().mapToDouble(CheckRecord::seconds).sum();
    assertThat((double) read.getTimeElapsed()).isCloseTo(seconds, within(0.001));
    for (int i = 0; i < record.checks().size(); i++) {
      same(record.checks().get(i), read.getTestCases().get(i));
    }
  }

  /** Surefire's parser counts attempts that did not pass, of checks that did in the end. */
  private static int flakes(SuiteRecord suite) {
    return (int)
        suite.checks().stream()
            .filter(CheckRecord::flaky)
            .flatMap(check -> check.attempts().stream())
            .filter(attempt -> attempt.status() != Status.PASSED)
            .count();
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  private static void same(CheckRecord record, ReportTestCase read) {
    Verdict verdict = record.verdict();
    assertThat(read.getName()).isEqualTo(oneLine(record.name()));
    assertThat((double) read.getTime()).isCloseTo(record.seconds(), within(0.001));
    assertThat(read.hasError()).isEqualTo(verdict.status() == Status.ERROR);
    assertThat(read.hasSkipped()).isEqualTo(verdict.status() == Status.SKIPPED);
    assertThat(read.isSuccessful()).isEqualTo(verdict.status() == Status.PASSED);
    assertThat(read.hasFlakes()).isEqualTo(record.flaky());
    if (verdict.status() != Status.PASSED) {
      assertThat(read.getFailureMessage()).isEqualTo(oneLine(verdict.reason()));
    }
    if (verdict.status() == Status.FAILED || verdict.status() == Status.ERROR) {
      assertThat(read.getFailureDetail()).startsWith(lines(verdict.reason()));
    }
  }

  /** What an attribute can carry of a text. */
  private static String oneLine(String text) {
    return XmlWriter.legal(text).replaceAll("\\s+", " ").strip();
  }

  /** What an element can carry of a text: XML ends lines with a line feed. */
  private static String lines(String text) {
    return XmlWriter.legal(text).replace("\r\n", "\n").replace('\r', '\n');
  }

  @Test
  void attemptsOfAFlakeAreFlakyFailuresAndErrors(@TempDir Path folder) throws IOException {
    ReportTestCase flaky =
        parse(JUnitXml.render(SampleRecords.rich()), folder).get(0).getTestCases().get(3);

    assertThat(flaky.getName()).isEqualTo("reads sevens");
    assertThat(flaky.getFlakyFailures()).hasSize(1);
    assertThat(flaky.getFlakyFailures().get(0).getMessage()).startsWith("accuracy is 95.12 %");
    assertThat(flaky.getFlakyFailures().get(0).getStackTrace()).contains("missed: accuracy");
    assertThat(flaky.getFlakyErrors())
        .extracting(ReportTestCase.FlakyError::getMessage)
        .containsExactly("the file was locked");
  }

  @Test
  void attemptsOfAFailureAreReruns() throws Exception {
    CheckRecord check = SampleRecords.rich().suites().get(0).checks().get(2);
    CheckRecord again =
        new CheckRecord(
            check.id(),
            check.name(),
            check.probe(),
            check.parameters(),
            check.tags(),
            check.startedAt(),
            check.seconds(),
            "",
            check.verdict(),
            check.measurements(),
            check.evidence(),
            List.of(check.verdict(), new Verdict(Status.ERROR, "locked", List.of())));
    Document xml = dom(JUnitXml.render(run(List.of(again))));

    assertThat(elements(xml, "failure")).hasSize(1);
    assertThat(elements(xml, "rerunFailure")).hasSize(1);
    assertThat(elements(xml, "rerunError"))
        .extracting(e -> e.getAttribute("message"))
        .containsExactly("locked");
    assertThat(elements(xml, "flakyFailure")).isEmpty();
  }

  private static RunRecord run(List<CheckRecord> checks) {
    return SampleRecords.run("r", "b", SampleRecords.suite("s", "org.example.STest", checks));
  }

  @Test
  void carriesMeasurementsModelAndDeviceAsProperties() throws Exception {
    Map<String, String> properties = new java.util.HashMap<>();
    Document xml = dom(JUnitXml.render(SampleRecords.rich()));
    elements((Element) xml.getElementsByTagName("testsuite").item(0), "property")
        .forEach(p -> properties.put(p.getAttribute("name"), p.getAttribute("value")));

    assertThat(properties)
        .containsEntry("reads digits: accuracy", "0.9512")
        .containsEntry(
            "answers in time: p99, interval",
            "0.0025 s to Infinity s (order statistics, level 0.99, n = 200)")
        .containsEntry("reads digits: log loss", "NaN nats")
        .containsEntry("reads digits: ROC AUC", "undefined")
        .containsEntry("has a producer: producer", "pytorch 2.4")
        .containsEntry("model.sha256", SampleRecords.rich().suites().get(0).model().sha256())
        .containsEntry("nodes.CPUExecutionProvider", "12");
  }

  @Test
  void namesSuitesSoThatReadersGroupThem() throws Exception {
    SuiteRecord yaml = SampleRecords.healthy().suites().get(0);
    SuiteRecord java = SampleRecords.suite("x", "org.example.DigitsHealthTest", yaml.checks());
    Document xml = dom(JUnitXml.render(SampleRecords.run("r", "b", yaml, java, java, java)));

    assertThat(elements(xml, "testcase"))
        .extracting(e -> e.getAttribute("classname"))
        .containsExactly(
            "suites.grammar",
            "org.example.DigitsHealthTest",
            "org.example.DigitsHealthTest[cpu]",
            "org.example.DigitsHealthTest[cpu][2]");
  }

  @Test
  void callsInconclusiveWhatTheBuildCallsIt() throws Exception {
    RunRecord run = run(List.of(SampleRecords.rich().suites().get(0).checks().get(1)));

    assertThat(elements(dom(JUnitXml.render(run)), "failure"))
        .extracting(e -> e.getAttribute("type"))
        .containsExactly("inconclusive");
    assertThat(elements(dom(JUnitXml.render(run, Status.SKIPPED)), "skipped")).hasSize(1);
    Document passed = dom(JUnitXml.render(run, Status.PASSED));
    assertThat(elements(passed, "failure")).isEmpty();
    assertThat(elements(passed, "testsuite").get(0).getAttribute("failures")).isEqualTo("0");
  }

  /** The parts of Surefire's schema (surefire-test-report.xsd) that a writer can get wrong. */
  @ParameterizedTest
  @MethodSource("samples")
  void followsTheSchemaOfSurefire(RunRecord run) throws Exception {
    Document xml = dom(JUnitXml.render(run));
    for (Element suite : elements(xml, "testsuite")) {
      assertThat(REQUIRED_OF_SUITE).allMatch(suite::hasAttribute);
      assertThat(children(suite)).startsWith("properties", "testcase").last().isEqualTo("testcase");
    }
    for (Element testCase : elements(xml, "testcase")) {
      assertThat(testCase.getAttribute("time")).matches("\\d+\\.\\d{3}");
      assertThat(ORDER_IN_CASE).containsAll(children(testCase));
      assertThat(children(testCase)).isSortedAccordingTo(comparing(ORDER_IN_CASE::indexOf));
    }
    for (String name : List.of("failure", "error", "rerunFailure", "flakyFailure", "flakyError")) {
      assertThat(elements(xml, name)).allMatch(e -> e.hasAttribute("type"));
    }
    assertThat(elements(xml, "flakyFailure"))
        .allMatch(e -> children(e).equals(List.of("stackTrace")));
  }

  private static List<String> children(Element of) {
    List<String> names = new ArrayList<>();
    for (Node n = of.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element e) {
        names.add(e.getTagName());
      }
    }
    return names;
  }

  @Property(tries = 300)
  void replacesWhatXmlCannotCarry(@ForAll String text) throws Exception {
    String xml =
        JUnitXml.render(
            run(
                List.of(
                    SampleRecords.check(
                        text, new Verdict(Status.FAILED, text, List.of()), List.of(), List.of()))));

    Element failure = elements(dom(xml), "failure").get(0);
    assertThat(failure.getAttribute("message")).isEqualTo(oneLine(text));
    assertThat(failure.getTextContent()).startsWith(lines(text));
  }

  private static Document dom(String xml) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static List<Element> elements(Document in, String name) {
    return elements(in.getDocumentElement(), name);
  }

  private static List<Element> elements(Element in, String name) {
    NodeList nodes = in.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
