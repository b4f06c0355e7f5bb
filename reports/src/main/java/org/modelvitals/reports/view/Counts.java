package org.modelvitals.reports.view;

import java.util.ArrayList;
import java.util.List;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.RunRecord;
import org.modelvitals.verdict.Status;

/**
 * How many checks have which verdict.
 *
 * @param flaky those among the passed that had not passed at first
 */
public record Counts(
    int checks, int passed, int failed, int errors, int inconclusive, int skipped, int flaky) {

  public static Counts of(RunRecord run) {
    return of(run.suites().stream().flatMap(suite -> suite.checks().stream()).toList());
  }

  public static Counts of(List<CheckRecord> checks) {
    return new Counts(
        checks.size(),
        count(checks, Status.PASSED),
        count(checks, Status.FAILED),
        count(checks, Status.ERROR),
        count(checks, Status.INCONCLUSIVE),
        count(checks, Status.SKIPPED),
        (int) checks.stream().filter(CheckRecord::flaky).count());
  }

  private static int count(List<CheckRecord> checks, Status status) {
    return (int) checks.stream().filter(check -> check.verdict().status() == status).count();
  }

  /** Whether something passed, and nothing failed, broke or stayed undecided. */
  public boolean healthy() {
    return passed > 0 && !needAction();
  }

  /** Whether nothing is known, because everything was skipped. */
  public boolean unknown() {
    return passed == 0 && !needAction();
  }

  private boolean needAction() {
    return failed + errors + inconclusive > 0;
  }

  /** In words: {@code 9 checks: 1 failed, 1 error, 7 passed (1 flaky)}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    add(parts, failed, "failed");
    add(parts, errors, errors == 1 ? "error" : "errors");
    add(parts, inconclusive, "inconclusive");
    add(parts, skipped, "skipped");
    add(parts, passed, flaky == 0 ? "passed" : "passed (" + flaky + " flaky)");
    String total = checks == 1 ? "1 check" : checks + " checks";
    return parts.isEmpty() ? total : total + ": " + String.join(", ", parts);
  }

  private static void add(List<String> parts, int count, String word) {
    if (count > 0) {
      parts.add(count + " " + word);
    }
  }
}
