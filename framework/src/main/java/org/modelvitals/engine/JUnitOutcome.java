package org.modelvitals.engine;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;
import org.modelvitals.verdict.Outcome;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Tells JUnit of a verdict, in its own words: failure, error, aborted. */
final class JUnitOutcome {
  private JUnitOutcome() {}

  static void tell(
      CheckNode node,
      Verdict verdict,
      Reading reading,
      @Nullable Throwable cause,
      Settings settings) {
    switch (verdict.status()) {
      case PASSED -> {}
      case SKIPPED -> throw new TestAbortedException(verdict.reason(), cause);
      case ERROR -> throw new CheckErrorException(message(node, verdict, reading), cause);
      case FAILED -> throw failure(message(node, verdict, reading), verdict, cause);
      case INCONCLUSIVE -> inconclusive(node, verdict, reading, cause, settings.inconclusive());
    }
  }

  private static void inconclusive(
      CheckNode node, Verdict verdict, Reading reading, @Nullable Throwable cause, Status told) {
    switch (told) {
      case PASSED -> {}
      case SKIPPED -> throw new TestAbortedException("inconclusive: " + verdict.reason(), cause);
      default ->
          throw failure(
              "Inconclusive: too little evidence to say.\n" + message(node, verdict, reading),
              verdict,
              cause);
    }
  }

  private static AssertionFailedError failure(
      String message, Verdict verdict, @Nullable Throwable cause) {
    List<Outcome> missed = missed(verdict);
    String expected =
        missed.stream()
            .map(outcome -> outcome.measurement() + " " + outcome.condition())
            .collect(Collectors.joining("\n"));
    String actual =
        missed.stream()
            .map(
                outcome ->
                    outcome.measurement()
                        + " "
                        + (outcome.measured() == null ? "undefined" : outcome.measured().display()))
            .collect(Collectors.joining("\n"));
    return missed.isEmpty()
        ? new AssertionFailedError(message, cause)
        : new AssertionFailedError(message, expected, actual, cause);
  }

  private static List<Outcome> missed(Verdict verdict) {
    return verdict.outcomes().stream()
        .filter(outcome -> outcome.status() != Status.PASSED)
        .toList();
  }

  /** Model, what was measured, what was expected, by how much it missed, and the evidence. */
  static String message(CheckNode node, Verdict verdict, Reading reading) {
    StringBuilder text = new StringBuilder();
    text.append(node.suite().spec().name())
        .append(" > ")
        .append(node.check().name())
        .append(" (")
        .append(node.suite().spec().model())
        .append(")");
    List<Outcome> missed = missed(verdict);
    if (missed.isEmpty()) {
      text.append("\n  ").append(verdict.reason());
    }
    missed.forEach(outcome -> text.append("\n  ").append(outcome.sentence()));
    reading.evidence().stream()
        .map(Evidence::sentence)
        .filter(sentence -> !sentence.isEmpty())
        .forEach(sentence -> text.append("\n    ").append(sentence));
    return text.toString();
  }
}
