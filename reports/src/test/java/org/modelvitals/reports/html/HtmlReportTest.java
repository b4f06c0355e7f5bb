package org.modelvitals.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.reports.SampleRecords;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

/** What the page says, read by an HTML parser. */
final class HtmlReportTest {
  private static final Document RICH = page(SampleRecords.rich());
  private static final Document HUGE = page(SampleRecords.huge());

  private static Document page(RunRecord record) {
    return Jsoup.parse(HtmlReport.render(record));
  }

  @Test
  void saysFirstHowTheRunWent() {
    assertThat(RICH.select("h1").text())
        .isEqualTo("Failed. 5 of 9 checks need attention, in 2 of 3 suites.");
    assertThat(RICH.select(".counts li").eachText())
        .containsExactly("2 failed", "2 errors", "1 inconclusive", "1 skipped", "3 passed");
    assertThat(RICH.select("header .facts").text())
        .isEqualTo(
            "Started 24 November 2026, 20:15:30 UTC Took 4.00 s Build build-1"
                + " Machine Example CPU @ 2.50GHz, 2 cores");
  }

  @Test
  void tellsTheOverallVerdictOfEveryMixture() {
    assertThat(page(SampleRecords.healthy()).select("h1").text())
        .isEqualTo("Passed. All 1 check of 1 suite passed.");
    assertThat(page(run(Status.PASSED, Status.SKIPPED)).select("h1").text())
        .isEqualTo("Passed. All of 2 checks of 1 suite that ran passed; 1 was skipped.");
    assertThat(page(run(Status.SKIPPED)).select("h1 .badge").text()).isEqualTo("Skipped.");
    assertThat(page(run(Status.PASSED, Status.INCONCLUSIVE)).select("h1 .badge").text())
        .isEqualTo("Inconclusive.");
    assertThat(page(run(Status.INCONCLUSIVE, Status.ERROR)).select("h1 .badge").text())
        .isEqualTo("Error.");
    assertThat(page(SampleRecords.run("r", "b")).select("h1").text())
        .isEqualTo("Skipped. No check ran.");
  }

  private static RunRecord run(Status... statuses) {
    return SampleRecords.run(
        "r",
        "b",
        SampleRecords.suite(
            "s",
            "S",
            java.util.Arrays.stream(statuses)
                .map(
                    status ->
                        SampleRecords.check(
                            status.name(),
                            new Verdict(status, "a reason", List.of()),
                            List.of(),
                            List.of()))
                .toList()));
  }

  @Test
  void whatFailedComesFirstWithReasonNumbersAndEvidence() {
    Element first = RICH.expectFirst(".finding");
    assertThat(first.select("h3").text()).isEqualTo("Failed. digits ›, check reads digits");
    assertThat(first.select(".reason").text()).isEqualTo("accuracy is 95.12 %, expected >= 97 %");
    assertThat(first.select(".numbers").text())
        .isEqualTo("95.12 % expected >= 97 % 95 % interval 94.1 % to 96.1 %, n = 1,797");
    assertThat(first.select(".because").eachText())
        .contains("Worst class: class 8 is worst: recall 91.2 %");
    assertThat(RICH.select(".finding h3 .badge").eachText())
        .containsExactly("Failed.", "Failed.", "Error.", "Error.", "Inconclusive.");
    assertThat(page(SampleRecords.healthy()).select("#failed")).isEmpty();
  }

  @Test
  void aSuiteSaysWhatItRanOn() {
    Element suite = RICH.expectFirst(".suite");
    assertThat(suite.expectFirst("dl").text())
        .startsWith("Model models/digits.onnx Size 40.268 KiB SHA-256 9f86d081884c")
        .contains("Device asked for cpu Ran on 12 nodes on CPUExecutionProvider")
        .contains("Session optimization all, threads 1")
        .contains("Declared in org.example.DigitsHealthTest");
    assertThat(suite.select("dd code").attr("title")).hasSize(64);
  }

  @Test
  void redSuitesAndChecksAreOpenAndTheOthersFolded() {
    assertThat(RICH.select("details.suite").eachAttr("open")).hasSize(2);
    for (Element check : RICH.select("details.check")) {
      boolean red = check.is(".failed, .error, .inconclusive");
      assertThat(check.hasAttr("open")).as(check.select("h4").text()).isEqualTo(red);
    }
  }

  @Test
  void aFlakyCheckShowsItsEarlierAttempts() {
    Element flaky = RICH.expectFirst(".check:has(.tag)");
    assertThat(flaky.select("h4").text()).isEqualTo("reads sevens");
    assertThat(flaky.select(".tag").text()).isEqualTo("attempt 3");
    assertThat(flaky.select(".attempts li").eachText())
        .containsExactly(
            "Failed. accuracy is 95.12 %, expected >= 97 %", "Error. the file was locked");
    assertThat(flaky.text()).contains("as it shares the pass of");
  }

  @Test
  void everyShapeOfEvidenceIsDrawn() {
    Element evidence = RICH.expectFirst(".evidence");
    assertThat(evidence.select("h6").eachText())
        .containsExactly(
            "Worst class",
            "First wrong rows",
            "Confusion",
            "Latency",
            "Next token",
            "Reliability",
            "Log-probability of each token");
    assertThat(evidence.select(".matrix tfoot").text()).isEqualTo("total 181 178 164 523");
    assertThat(evidence.expectFirst(".matrix tbody tr").text()).isEqualTo("3 180 3 0 183");
    assertThat(evidence.expectFirst(".bars tbody tr").text()).isEqualTo("cat 61 % 60 %");
    assertThat(evidence.expectFirst("svg.chart").select("desc").text())
        .isEqualTo("200 values from 1 ms to 8 ms; p50 1.5 ms, p99 2.75 ms");
    assertThat(evidence.select("svg.chart .ideal")).hasSize(1);
    assertThat(evidence.select("svg.chart .dot")).hasSize(3);
    assertThat(evidence.select(".heat li").eachText())
        .containsExactly("the", "small -1.25", "aeroplane -9.5 here", "sleeps -0.4");
    assertThat(evidence.select(".heat .marked").attr("title")).isEqualTo("rank 812");
  }

  @Test
  void equalEvidenceOfASharedPassIsShownOnce() {
    var owner =
        SampleRecords.check(
            "first", new Verdict(Status.PASSED, "", List.of()), List.of(), SampleRecords.shapes());
    var guest =
        new org.modelvitals.record.CheckRecord(
            "guest",
            "second",
            owner.probe(),
            owner.parameters(),
            owner.tags(),
            owner.startedAt(),
            0,
            "digits > first",
            owner.verdict(),
            owner.measurements(),
            owner.evidence(),
            List.of());
    Document page =
        page(
            SampleRecords.run("r", "b", SampleRecords.suite("digits", "D", List.of(owner, guest))));
    assertThat(page.select(".evidence")).hasSize(1);
    assertThat(page.select(".check").get(1).text())
        .contains("The same as of first, whose pass over the model this check shares.");
  }

  @Test
  void aLargeRecordStaysUsable() {
    assertThat(HUGE.select(".findings > li")).hasSize(Detail.FAILED);
    assertThat(HUGE.select("section .remark").eachText())
        .contains(
            "And 650 more, each in its suite below.",
            "This run has 1,000 checks. Measurements and evidence are shown for 400 of them, red"
                + " ones first; the run record has them all.");
    Element first = HUGE.expectFirst(".check");
    assertThat(first.expectFirst("figure").select("tbody tr")).hasSize(Detail.ROWS);
    assertThat(first.expectFirst("figure").select("th")).hasSize(Detail.COLUMNS);
    assertThat(first.text())
        .contains("And 4,950 more in the run record.", "6 more columns are in the run record.")
        .contains("200 labels, ")
        .contains("Too many for a grid; the worst confusions:");
    assertThat(first.select("figure").get(1).select("tbody tr")).hasSize(Detail.CONFUSIONS);
    assertThat(HUGE.select(".check .bullet")).hasSize(Detail.CHECKS);
    assertThat(HUGE.select("details.check[open]"))
        .as("hundreds of red checks are folded")
        .isEmpty();
    assertThat(HUGE.html().length()).isLessThan(4_000_000);
  }

  @Test
  void hundredsOfSuitesHaveFoldedContents() {
    SuiteRecord[] suites =
        java.util.stream.IntStream.range(0, 300)
            .mapToObj(i -> SampleRecords.suite("suite " + i, "S" + i, List.of()))
            .toArray(SuiteRecord[]::new);
    Document page = page(SampleRecords.run("r", "b", suites));
    assertThat(page.select("nav li")).hasSize(300);
    assertThat(page.select("nav details").hasAttr("open")).isFalse();
    assertThat(RICH.select("nav details").hasAttr("open")).isTrue();
  }

  @Test
  void loadsAndRunsNothing() {
    for (Document page : List.of(RICH, HUGE)) {
      assertThat(page.select("script, iframe, object, embed, form, base, img, [src]")).isEmpty();
      assertThat(page.select("link").eachAttr("href")).containsExactly("data:,");
      assertThat(page.select("a, use").eachAttr("href")).allMatch(href -> href.startsWith("#"));
      assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
          .startsWith("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
      assertThat(page.expectFirst("style").data()).doesNotContain("url(", "@import");
    }
  }

  @Test
  void everyLinkLeadsSomewhereAndNoPlaceIsThereTwice() {
    for (String target : RICH.select("a, use").eachAttr("href")) {
      assertThat(RICH.getElementById(target.substring(1))).as(target).isNotNull();
    }
    assertThat(RICH.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
  }

  @Test
  void headingsTablesAndDrawingsAreForScreenReadersToo() {
    int before = 0;
    for (Element heading : RICH.select("h1, h2, h3, h4, h5, h6")) {
      int level = heading.tagName().charAt(1) - '0';
      assertThat(level).as(heading.text()).isLessThanOrEqualTo(before + 1);
      before = level;
    }
    assertThat(RICH.select("html").attr("lang")).isEqualTo("en");
    assertThat(RICH.select("table:not(:has(caption))")).isEmpty();
    assertThat(RICH.select("th:not([scope])")).isEmpty();
    assertThat(RICH.select("svg:not([aria-hidden]):not(:has(> title))")).isEmpty();
    assertThat(RICH.select("svg.chart:not(:has(> desc))")).isEmpty();
    for (Element sign : RICH.select(".sign, .badge, .chips > span")) {
      assertThat(sign.text()).as("a verdict is not told by colour alone").isNotBlank();
    }
  }

  @Test
  void aWriterGetsTheSamePage() throws IOException {
    StringWriter writer = new StringWriter();
    HtmlReport.write(SampleRecords.rich(), writer);
    assertThat(writer.toString()).isEqualTo(HtmlReport.render(SampleRecords.rich()));
  }
}
