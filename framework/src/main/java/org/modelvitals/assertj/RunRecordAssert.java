package org.modelvitals.assertj;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.SuiteRecord;

/** Assertions over what a run found out. */
public class RunRecordAssert extends Navigating<RunRecordAssert, RunRecord> {
  public RunRecordAssert(RunRecord record) {
    super(record, RunRecordAssert.class);
  }

  /** Passes if no check of any suite failed, was inconclusive, or could not run. */
  public RunRecordAssert hasNoFailures() {
    CheckRecordAssert.requireNone(this, actual.suites());
    return this;
  }

  /**
   * One suite by its name. A suite that there is not is a failure; of soft assertions, in every
   * assertion over it.
   */
  public SuiteRecordAssert suite(String name) {
    List<SuiteRecord> suites = actual.suites();
    Optional<SuiteRecord> named =
        suites.stream().filter(suite -> suite.name().equals(name)).findFirst();
    Supplier<String> missing =
        () -> Absent.sentence("suite", name, suites.stream().map(SuiteRecord::name).toList());
    requirePresent(named.isPresent(), missing);
    SuiteRecord found = named.orElseGet(() -> Absent.suite(name, missing.get()));
    return to(SuiteRecordAssert.class, SuiteRecord.class, found, SuiteRecordAssert::new);
  }
}
