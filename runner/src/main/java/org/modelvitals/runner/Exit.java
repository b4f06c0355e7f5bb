package org.modelvitals.runner;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.modelvitals.record.RunRecord;
import org.modelvitals.verdict.Status;

/** The exit codes of the command, and the one that a run deserves. */
final class Exit {
  static final int HEALTHY = 0;
  static final int FAILED = 1;
  static final int MISTAKE = 2;
  static final int NO_VERDICT = 3;

  private Exit() {}

  static int of(RunRecord run, Set<Status> allowed) {
    return of(
        run.suites().stream()
            .flatMap(suite -> suite.checks().stream())
            .map(check -> check.verdict().status())
            .toList(),
        allowed);
  }

  /**
   * A failure counts more than a missing verdict, for it is certain. Where nothing passed, nothing
   * is known to be healthy.
   *
   * @param verdicts of all checks
   * @param allowed what else may stand beside a pass
   */
  static int of(List<Status> verdicts, Set<Status> allowed) {
    if (verdicts.contains(Status.FAILED)) {
      return FAILED;
    }
    Set<Status> left = EnumSet.noneOf(Status.class);
    left.addAll(verdicts);
    left.removeAll(allowed);
    left.remove(Status.PASSED);
    return left.isEmpty() && verdicts.contains(Status.PASSED) ? HEALTHY : NO_VERDICT;
  }
}
