package org.modelvitals.reports.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.verdict.Status;

/** What the page is made from. */
record Page(
    RunRecord record,
    Detail detail,
    Counts counts,
    List<Section> sections,
    Map<String, Place> byLabel) {

  Page(RunRecord record, Detail detail) {
    this(
        record,
        detail,
        Counts.of(record.suites().stream().flatMap(suite -> suite.checks().stream()).toList()),
        sections(record));
  }

  private Page(RunRecord record, Detail detail, Counts counts, List<Section> sections) {
    this(record, detail, counts, sections, byLabel(sections));
  }

  /** A suite with the anchor that links lead to. */
  record Section(String anchor, SuiteRecord suite, Counts counts) {
    List<Place> places() {
      List<Place> places = new ArrayList<>();
      for (CheckRecord check : suite.checks()) {
        places.add(new Place(anchor + "-c" + (places.size() + 1), suite, check));
      }
      return places;
    }
  }

  /** A check with the anchor that links lead to. */
  record Place(String anchor, SuiteRecord suite, CheckRecord check) {}

  private static List<Section> sections(RunRecord record) {
    List<Section> sections = new ArrayList<>();
    for (SuiteRecord suite : record.suites()) {
      sections.add(new Section("s" + (sections.size() + 1), suite, Counts.of(suite.checks())));
    }
    return sections;
  }

  /** Checks as others name them: by suite and check. */
  private static Map<String, Place> byLabel(List<Section> sections) {
    Map<String, Place> places = new HashMap<>();
    for (Section section : sections) {
      for (Place place : section.places()) {
        places.putIfAbsent(section.suite().name() + " > " + place.check().name(), place);
      }
    }
    return places;
  }

  /** The check whose pass over the model {@code check} shares, if its evidence is shown there. */
  Optional<Place> owner(CheckRecord check) {
    return check.sharedWith().isEmpty() || check.evidence().isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(byLabel.get(check.sharedWith()))
            .filter(place -> !place.check().id().equals(check.id()) && detail.isFull(place.check()))
            .filter(place -> place.check().evidence().equals(check.evidence()));
  }

  /** Every red check, the worst verdicts first, otherwise in the order of the run. */
  List<Place> red() {
    return Look.ORDER.stream()
        .filter(Look::isRed)
        .flatMap(
            status ->
                sections.stream()
                    .filter(section -> section.counts().of(status) > 0)
                    .flatMap(section -> section.places().stream())
                    .filter(place -> place.check().verdict().status() == status))
        .toList();
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
