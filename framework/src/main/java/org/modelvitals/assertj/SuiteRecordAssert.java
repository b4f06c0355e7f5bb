package org.modelvitals.assertj;

import java.util.List;
import java.util.Optional;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.SuiteRecord;

/** Assertions over one suite of a run. */
public class SuiteRecordAssert extends Navigating<SuiteRecordAssert, SuiteRecord> {
  public SuiteRecordAssert(SuiteRecord suite) {
    super(suite, SuiteRecordAssert.class);
  }

  /** Passes if no check of the suite failed, was inconclusive, or could not run. */
  public SuiteRecordAssert hasNoFailures() {
    CheckRecordAssert.requireNone(this, List.of(actual));
    return this;
  }

  /**
   * One check by its name. A check that there is not is a failure; of soft assertions, in every
   * assertion over it.
   */
  public CheckRecordAssert check(String name) {
    Optional<CheckRecord> named =
        actual.checks().stream().filter(check -> check.name().equals(name)).findFirst();
    requirePresent(named.isPresent(), () -> absent(name).verdict().reason());
    CheckRecord found = named.orElseGet(() -> absent(name));
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
