package org.modelvitals.engine;

import org.modelvitals.run.CheckResult;
import org.modelvitals.run.Failures;
import org.modelvitals.verdict.Status;
import org.opentest4j.TestAbortedException;

/** Tells JUnit of a verdict, in its own words: failure, error, aborted. */
final class JUnitOutcome {
  private JUnitOutcome() {}

  static void tell(CheckNode node, CheckResult result, Status inconclusive) {
    Status status = result.verdict().status();
    switch (status == Status.INCONCLUSIVE ? inconclusive : status) {
      case PASSED -> {}
      case SKIPPED -> throw new TestAbortedException(skipped(result), result.cause());
      case ERROR ->
          throw new CheckErrorException(
              Failures.message(node.suite(), node.check(), result), result.cause());
      default -> throw Failures.failure(node.suite(), node.check(), result);
    }
  }

  private static String skipped(CheckResult result) {
    String reason = result.verdict().reason();
    return result.verdict().status() == Status.INCONCLUSIVE ? "inconclusive: " + reason : reason;
  }
}
