package org.modelvitals.reports.junitxml;

import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.reports.view.CheckInSuite;
import org.modelvitals.unit.Quantity;
import org.modelvitals.verdict.Outcome;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

/**
 * A run record as JUnit XML in the dialect that Surefire writes: each {@code testsuite} is valid
 * against <a
 * href="https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd">its
 * schema</a>, and all of them stand in one {@code testsuites}, as Jenkins, GitLab and GitHub
 * actions read it. Measurements are properties of the suite, because the schema gives test cases
 * none.
 */
public final class JUnitXml {
  private final Status inconclusive;
  private final Map<String, Integer> classNames = new HashMap<>();

  private JUnitXml(Status inconclusive) {
    this.inconclusive = inconclusive;
  }

  /** The document, with inconclusive checks as failures. */
  public static String render(RunRecord run) {
    return render(run, Status.FAILED);
  }

  /**
   * The document.
   *
   * @param inconclusive what an inconclusive check is called: {@link Status#FAILED}, {@link
   *     Status#SKIPPED} or {@link Status#PASSED}
   */
  public static String render(RunRecord run, Status inconclusive) {
    StringWriter text = new StringWriter();
    try {
      XmlWriter xml =
          new XmlWriter(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text));
      new JUnitXml(inconclusive).run(run, xml);
      xml.end();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return text.append('\n').toString();
  }

  private void run(RunRecord run, XmlWriter xml) throws XMLStreamException {
    List<CheckInSuite> all =
        run.suites().stream().flatMap(suite -> checks(suite).stream()).toList();
    xml.open("testsuites").attribute("name", "ModelVitals");
    counts(all, xml);
    for (SuiteRecord suite : run.suites()) {
      suite(run, suite, className(suite), xml);
    }
    xml.close();
  }

  private static List<CheckInSuite> checks(SuiteRecord suite) {
    return suite.checks().stream().map(check -> new CheckInSuite(suite, check)).toList();
  }

  /**
   * The name of the class that declares the suite, or the path of its file in the form of one,
   * because readers take what stands before the last dot for a package. A name that was there
   * before gets the device, and a number if that was there too.
   */
  private String className(SuiteRecord suite) {
    String name = suite.source().replaceFirst(":\\d+$", "").replaceFirst("\\.vitals\\.ya?ml$", "");
    if (!name.equals(suite.source())) {
      name = name.replaceFirst("^/+", "").replace('/', '.').replace('\\', '.');
    }
    if (classNames.merge(name, 1, Integer::sum) > 1) {
      name += "[" + suite.device().asked() + "]";
      int times = classNames.merge(name, 1, Integer::sum);
      name += times == 1 ? "" : "[" + times + "]";
    }
    return name;
  }

  private void suite(RunRecord run, SuiteRecord suite, String className, XmlWriter xml)
      throws XMLStreamException {
    List<CheckInSuite> checks = checks(suite);
    xml.open("testsuite").attribute("name", className);
    counts(checks, xml);
    properties(run, suite, xml);
    for (CheckInSuite check : checks) {
      testCase(check, className, xml);
    }
    xml.close();
  }

  private void counts(List<CheckInSuite> checks, XmlWriter xml) throws XMLStreamException {
    xml.attribute("time", time(checks.stream().mapToDouble(c -> c.check().seconds()).sum()));
    xml.attribute("tests", checks.size());
    xml.attribute("errors", count(checks, Status.ERROR));
    xml.attribute("skipped", count(checks, Status.SKIPPED));
    xml.attribute("failures", count(checks, Status.FAILED));
  }

  private long count(List<CheckInSuite> checks, Status status) {
    return checks.stream().filter(c -> told(c.check().verdict()) == status).count();
  }

  private Status told(Verdict verdict) {
    return verdict.status() == Status.INCONCLUSIVE ? inconclusive : verdict.status();
  }

  private static String time(double seconds) {
    return XmlWriter.fixed(Double.isFinite(seconds) ? Math.max(0, seconds) : 0);
  }

  private static void properties(RunRecord run, SuiteRecord suite, XmlWriter xml)
      throws XMLStreamException {
    xml.open("properties");
    property("suite", suite.name(), xml);
    property("source", suite.source(), xml);
    property("directory", suite.directory(), xml);
    property("model", suite.model().path(), xml);
    String sha256 = suite.model().sha256();
    if (sha256 != null) {
      property("model.sha256", sha256, xml);
    }
    property("device", suite.device().asked(), xml);
    for (Map.Entry<String, Integer> nodes : suite.device().nodes().entrySet()) {
      property("nodes." + nodes.getKey(), nodes.getValue().toString(), xml);
    }
    for (Map.Entry<String, String> version : run.versions().entrySet()) {
      property("version." + version.getKey(), version.getValue(), xml);
    }
    property("seed", Long.toString(run.seed()), xml);
    for (CheckInSuite check : checks(suite)) {
      for (Measurement measurement : check.check().measurements()) {
        measurement(check.check().name() + ": " + measurement.name(), measurement, xml);
      }
    }
    xml.close();
  }

  private static void measurement(String name, Measurement measurement, XmlWriter xml)
      throws XMLStreamException {
    Double value = measurement.value();
    property(
        name,
        value == null ? measurement.display() : Quantity.of(value, measurement.unit()).toString(),
        xml);
    Interval interval = measurement.interval();
    if (interval != null) {
      property(
          name + ", interval",
          "%s to %s (%s, level %s, n = %d)"
              .formatted(
                  Quantity.of(interval.low(), measurement.unit()),
                  Quantity.of(interval.high(), measurement.unit()),
                  interval.method(),
                  interval.level(),
                  measurement.count()),
          xml);
    }
  }

  private static void property(String name, String value, XmlWriter xml) throws XMLStreamException {
    xml.open("property").attribute("name", name).attribute("value", value).close();
  }

  /** The children of a test case stand in the order that the schema wants. */
  private void testCase(CheckInSuite check, String className, XmlWriter xml)
      throws XMLStreamException {
    Verdict verdict = check.check().verdict();
    Status told = told(verdict);
    xml.open("testcase")
        .attribute("name", check.check().name())
        .attribute("classname", className)
        .attribute("time", time(check.check().seconds()));
    boolean passed = told == Status.PASSED;
    if (told == Status.FAILED) {
      xml.open("failure");
      problem(verdict, xml);
      xml.text(details(check)).close();
    }
    attempts(check, Status.FAILED, passed ? "flakyFailure" : "rerunFailure", xml);
    if (told == Status.SKIPPED) {
      xml.open("skipped").attribute("message", verdict.reason()).close();
    }
    if (told == Status.ERROR) {
      xml.open("error");
      problem(verdict, xml);
      xml.text(details(check)).close();
    }
    attempts(check, Status.ERROR, passed ? "flakyError" : "rerunError", xml);
    List<String> sentences = check.evidenceSentences();
    if (!sentences.isEmpty()) {
      xml.open("system-out").text(String.join("\n", sentences)).close();
    }
    xml.close();
  }

  private void attempts(CheckInSuite check, Status status, String element, XmlWriter xml)
      throws XMLStreamException {
    for (Verdict attempt : check.check().attempts()) {
      if (told(attempt) == status) {
        xml.open(element);
        problem(attempt, xml);
        xml.open("stackTrace").text(details(attempt)).close();
        xml.close();
      }
    }
  }

  private static void problem(Verdict verdict, XmlWriter xml) throws XMLStreamException {
    xml.attribute("message", verdict.reason());
    xml.attribute(
        "type",
        switch (verdict.status()) {
          case INCONCLUSIVE -> "inconclusive";
          case ERROR -> "error";
          default -> "failed";
        });
  }

  private static String details(CheckInSuite check) {
    StringBuilder text = new StringBuilder(details(check.check().verdict()));
    check.evidenceSentences().forEach(sentence -> text.append("\n  ").append(sentence));
    return text.append("\n  model: ").append(check.suite().model().path()).toString();
  }

  private static String details(Verdict verdict) {
    StringBuilder text = new StringBuilder(verdict.reason());
    for (Outcome outcome : verdict.outcomes()) {
      text.append("\n  ")
          .append(outcome.status() == Status.PASSED ? "passed: " : "missed: ")
          .append(outcome.sentence());
    }
    return text.toString();
  }
}
