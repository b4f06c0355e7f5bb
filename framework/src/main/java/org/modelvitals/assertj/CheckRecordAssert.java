package org.modelvitals.assertj;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.modelvitals.reading.Reading;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.verdict.Status;

/** Assertions over one check of a run. */
public class CheckRecordAssert extends Navigating<CheckRecordAssert, CheckRecord> {
  private static final Set<Status> RED = Set.of(Status.FAILED, Status.INCONCLUSIVE, Status.ERROR);

  public CheckRecordAssert(CheckRecord check) {
    super(check, CheckRecordAssert.class);
  }

  public CheckRecordAssert passed() {
    return has(Status.PASSED);
  }

  public CheckRecordAssert failed() {
    return has(Status.FAILED);
  }

  public CheckRecordAssert wasInconclusive() {
    return has(Status.INCONCLUSIVE);
  }

  public CheckRecordAssert wasSkipped() {
    return has(Status.SKIPPED);
  }

  /** Passes if the verdict gives a reason that contains this text. */
  public CheckRecordAssert because(String text) {
    if (!actual.verdict().reason().contains(text)) {
      throw failure(
          "the reason of '%s' is \"%s\", expected one with \"%s\""
              .formatted(actual.name(), actual.verdict().reason(), text),
          text,
          actual.verdict().reason());
    }
    return this;
  }

  /** One measurement by its name, such as {@code recall[7]}. */
  public MeasurementAssert measurement(String name) {
    Reading reading =
        actual.measurements().isEmpty()
            ? Absent.reading(actual.verdict().reason())
            : new Reading(actual.measurements(), List.of());
    return to(ReadingAssert.class, Reading.class, reading, ReadingAssert::new).measurement(name);
  }

  private CheckRecordAssert has(Status status) {
    if (actual.verdict().status() != status) {
      throw failure(
          "'%s' is %s, expected %s%s"
              .formatted(
                  actual.name(), words(actual.verdict().status()), words(status), reason(actual)),
          status,
          actual.verdict().status());
    }
    return this;
  }

  static void requireNone(Navigating<?, ?> assertion, List<SuiteRecord> suites) {
    List<String> red =
        suites.stream()
            .flatMap(
                suite ->
                    suite.checks().stream()
                        .filter(check -> RED.contains(check.verdict().status()))
                        .map(
                            check ->
                                "%s > %s is %s%s"
                                    .formatted(
                                        suite.name(),
                                        check.name(),
                                        words(check.verdict().status()),
                                        reason(check))))
            .toList();
    if (!red.isEmpty()) {
      throw assertion.failure(
          red.stream().collect(Collectors.joining("\n  ", "expected no failures, found\n  ", "")));
    }
  }

  private static String reason(CheckRecord check) {
    return check.verdict().reason().isEmpty() ? "" : ": " + check.verdict().reason();
  }

  private static String words(Status status) {
    return switch (status) {
      case PASSED -> "passed";
      case FAILED -> "failed";
      case INCONCLUSIVE -> "inconclusive";
      case SKIPPED -> "skipped";
      case ERROR -> "an error";
    };
  }
}
