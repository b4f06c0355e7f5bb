package org.modelvitals.reports.view;

import java.util.Comparator;
import java.util.List;
import org.modelvitals.reading.Evidence;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.verdict.Status;

/** A check together with the suite that it belongs to. */
public record CheckInSuite(SuiteRecord suite, CheckRecord check) {

  /**
   * The checks of a run, those first that need a look: failed, errors, inconclusive, skipped,
   * flaky, passed. Within that, in the order of the run.
   */
  public static List<CheckInSuite> worstFirst(RunRecord run) {
    return run.suites().stream()
        .flatMap(suite -> suite.checks().stream().map(check -> new CheckInSuite(suite, check)))
        .sorted(Comparator.comparingInt(CheckInSuite::urgency))
        .toList();
  }

  private int urgency() {
    return switch (check.verdict().status()) {
      case FAILED -> 0;
      case ERROR -> 1;
      case INCONCLUSIVE -> 2;
      case SKIPPED -> 3;
      case PASSED -> check.flaky() ? 4 : 5;
    };
  }

  /** Whether somebody has to act: it failed, could not run, or is undecided. */
  public boolean needsAction() {
    Status status = check.verdict().status();
    return status != Status.PASSED && status != Status.SKIPPED;
  }

  /** The verdict in a word or two: {@code passed}, {@code flaky}, {@code failed}. */
  public String verdictWord() {
    return verdictWord(check.verdict().status());
  }

  /** What one of the check's outcomes is called; those of a flaky check that passed are flaky. */
  public String verdictWord(Status status) {
    return switch (status) {
      case PASSED -> check.flaky() ? "flaky" : "passed";
      case FAILED -> "failed";
      case INCONCLUSIVE -> "inconclusive";
      case SKIPPED -> "skipped";
      case ERROR -> "error";
    };
  }

  /** The sentences that the evidence contributes, in order, without the empty ones. */
  public List<String> evidenceSentences() {
    return check.evidence().stream().map(Evidence::sentence).filter(s -> !s.isBlank()).toList();
  }
}
