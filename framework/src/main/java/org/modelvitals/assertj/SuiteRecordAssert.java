package org.modelvitals.assertj;

import java.util.List;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.SuiteRecord;

/** Assertions over one suite of a run. */
public class SuiteRecordAssert extends Navigating<SuiteRecordAssert, SuiteRecord> {
  public SuiteRecordAssert(SuiteRecord suite) {
    super(suite, SuiteRecordAssert.class);
  }

  /** Passes if no check of the suite failed, was inconclusive, or could not run. */
  public SuiteRecordAssert hasNoFailures() {
    CheckRecordAssert.requireNone(List.of(actual));
    return this;
  }

  /** One check by its name. A check that there is not fails every assertion. */
  public CheckRecordAssert check(String name) {
    CheckRecord found =
        actual.checks().stream()
            .filter(check -> check.name().equals(name))
            .findFirst()
            .orElseGet(() -> absent(name));
    return to(CheckRecordAssert.class, CheckRecord.class, found, CheckRecordAssert::new);
  }

  private CheckRecord absent(String name) {
    return actual.source().isEmpty()
        ? actual.checks().get(0)
        : Absent.check(
            name,
            Absent.sentence(
                "check", name, actual.checks().stream().map(CheckRecord::name).toList()));
  }
}
