package org.modelvitals.assertj;

import java.util.List;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.SuiteRecord;

/** Assertions over what a run found out. */
public class RunRecordAssert extends Navigating<RunRecordAssert, RunRecord> {
  public RunRecordAssert(RunRecord record) {
    super(record, RunRecordAssert.class);
  }

  /** Passes if no check of any suite failed, was inconclusive, or could not run. */
  public RunRecordAssert hasNoFailures() {
    CheckRecordAssert.requireNone(actual.suites());
    return this;
  }

  /** One suite by its name. A suite that there is not fails every assertion. */
  public SuiteRecordAssert suite(String name) {
    List<SuiteRecord> suites = actual.suites();
    SuiteRecord found =
        suites.stream()
            .filter(suite -> suite.name().equals(name))
            .findFirst()
            .orElseGet(
                () ->
                    Absent.suite(
                        name,
                        Absent.sentence(
                            "suite", name, suites.stream().map(SuiteRecord::name).toList())));
    return to(SuiteRecordAssert.class, SuiteRecord.class, found, SuiteRecordAssert::new);
  }
}
