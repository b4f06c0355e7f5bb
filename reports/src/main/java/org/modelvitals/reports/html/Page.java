package org.modelvitals.reports.html;

import java.util.ArrayList;
import java.util.List;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.verdict.Status;

/** What the page is made from. */
record Page(RunRecord record, Detail detail, Counts counts, List<Section> sections) {

  Page(RunRecord record, Detail detail) {
    this(
        record,
        detail,
        Counts.of(record.suites().stream().flatMap(suite -> suite.checks().stream()).toList()),
        sections(record));
  }

  /** A suite with the anchor that links lead to. */
  record Section(String anchor, SuiteRecord suite, Counts counts) {
    String anchor(int check) {
      return anchor + "-c" + (check + 1);
    }
  }

  /** A check that a person should look at. */
  record Red(String anchor, SuiteRecord suite, CheckRecord check) {}

  private static List<Section> sections(RunRecord record) {
    List<Section> sections = new ArrayList<>();
    for (SuiteRecord suite : record.suites()) {
      sections.add(new Section("s" + (sections.size() + 1), suite, Counts.of(suite.checks())));
    }
    return sections;
  }

  /** Every red check, the worst verdicts first, otherwise in the order of the run. */
  List<Red> red() {
    List<Red> red = new ArrayList<>();
    for (Status status : Look.ORDER) {
      if (!Look.isRed(status)) {
        continue;
      }
      for (Section section : sections) {
        List<CheckRecord> checks = section.suite().checks();
        for (int i = 0; i < checks.size(); i++) {
          if (checks.get(i).verdict().status() == status) {
            red.add(new Red(section.anchor(i), section.suite(), checks.get(i)));
          }
        }
      }
    }
    return red;
  }

  /** The verdict in one sentence. */
  String sentence() {
    if (counts.all() == 0) {
      return "No check ran.";
    }
    long suites = sections.stream().filter(section -> section.counts().red() > 0).count();
    String of = Words.count(counts.all(), "check") + " of " + Words.count(sections.size(), "suite");
    if (counts.red() > 0) {
      return "%s of %s %s attention, in %s of %s."
          .formatted(
              Words.count(counts.red()),
              Words.count(counts.all(), "check"),
              counts.red() == 1 ? "needs" : "need",
              Words.count(suites),
              Words.count(sections.size(), "suite"));
    }
    long skipped = counts.of(Status.SKIPPED);
    if (skipped == counts.all()) {
      return "All " + of + " were skipped.";
    }
    return skipped == 0
        ? "All " + of + " passed."
        : "All of %s that ran passed; %s skipped."
            .formatted(of, skipped == 1 ? "1 was" : Words.count(skipped) + " were");
  }
}
