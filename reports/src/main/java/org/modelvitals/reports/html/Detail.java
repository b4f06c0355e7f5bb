package org.modelvitals.reports.html;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.RunRecord;

/**
 * How much of a record a page shows. A browser must still open it and a person must still find
 * something in it when the record is large.
 */
final class Detail {
  /** Checks that are shown with measurements, charts and tables. */
  static final int CHECKS = 400;

  /** Checks in the list of what failed. */
  static final int FAILED = 50;

  /** Rows of a table of evidence. */
  static final int ROWS = 50;

  static final int COLUMNS = 24;
  static final int MEASUREMENTS = 60;
  static final int OUTCOMES = 40;
  static final int BARS = 30;
  static final int EVIDENCE = 12;

  /** Pieces of a strip. */
  static final int CELLS = 400;

  /** Labels of a confusion matrix that is drawn as a grid. */
  static final int LABELS = 30;

  /** Confusions that are listed of a matrix that is larger. */
  static final int CONFUSIONS = 20;

  private final Set<CheckRecord> full;
  private final boolean isWhole;

  private Detail(Set<CheckRecord> full, boolean isWhole) {
    this.full = full;
    this.isWhole = isWhole;
  }

  /** Details for the first checks, red ones before the others. */
  static Detail of(RunRecord record) {
    Set<CheckRecord> full =
        record.suites().stream()
            .flatMap(suite -> suite.checks().stream())
            .sorted(Comparator.comparing(check -> !Look.isRed(check.verdict().status())))
            .limit(CHECKS)
            .collect(
                Collectors.toCollection(() -> Collections.newSetFromMap(new IdentityHashMap<>())));
    long all = record.suites().stream().mapToLong(suite -> suite.checks().size()).sum();
    return new Detail(full, all <= CHECKS);
  }

  boolean isFull(CheckRecord check) {
    return full.contains(check);
  }

  /** Whether every check is shown with its details. */
  boolean isWhole() {
    return isWhole;
  }
}
