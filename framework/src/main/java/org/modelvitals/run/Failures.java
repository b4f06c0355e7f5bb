package org.modelvitals.run;

import java.util.List;
import java.util.stream.Collectors;
import org.modelvitals.reading.Evidence;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.verdict.Outcome;
import org.modelvitals.verdict.Status;
import org.opentest4j.AssertionFailedError;

/** Says what a check that did not pass found, in the manner of AssertJ. */
public final class Failures {
  private Failures() {}

  /** Model, what was measured, what was expected, by how much it missed, and the evidence. */
  public static String message(RunnableSuite suite, CheckSpec check, CheckResult result) {
    StringBuilder text = new StringBuilder();
    if (result.verdict().status() == Status.INCONCLUSIVE) {
      text.append("Inconclusive: too little evidence to say.\n");
    }
    text.append(suite.spec().name())
        .append(" > ")
        .append(check.name())
        .append(" (")
        .append(suite.spec().model())
        .append(")");
    List<Outcome> missed = missed(result);
    if (missed.isEmpty()) {
      text.append("\n  ").append(result.verdict().reason());
    }
    missed.forEach(outcome -> text.append("\n  ").append(outcome.sentence()));
    result.reading().evidence().stream()
        .map(Evidence::sentence)
        .filter(sentence -> !sentence.isEmpty())
        .forEach(sentence -> text.append("\n    ").append(sentence));
    return text.toString();
  }

  /** A failure that carries what was expected and what was measured. */
  public static AssertionFailedError failure(
      RunnableSuite suite, CheckSpec check, CheckResult result) {
    String message = message(suite, check, result);
    List<Outcome> missed = missed(result);
    if (missed.isEmpty()) {
      // What failed before anything could be measured still differs from what was wanted.
      return new AssertionFailedError(
          message,
          "a reading on " + suite.spec().device().name(),
          result.verdict().reason(),
          result.cause());
    }
    return new AssertionFailedError(
        message,
        missed.stream()
            .map(outcome -> outcome.measurement() + " " + outcome.expected())
            .collect(Collectors.joining("\n")),
        missed.stream().map(Failures::measured).collect(Collectors.joining("\n")),
        result.cause());
  }

  private static String measured(Outcome outcome) {
    return outcome.measurement() + " " + outcome.found();
  }

  private static List<Outcome> missed(CheckResult result) {
    return result.verdict().outcomes().stream()
        .filter(outcome -> outcome.status() != Status.PASSED)
        .toList();
  }
}
