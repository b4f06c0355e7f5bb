package org.modelvitals.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.RecordSink;
import org.modelvitals.record.RunRecord;

/** Keeps the run records of tests that set {@code modelvitals.report.test}. */
public final class Records implements RecordSink {
  static final List<RunRecord> TAKEN = new CopyOnWriteArrayList<>();
  static final List<List<String>> MISTAKES = new CopyOnWriteArrayList<>();

  @Override
  public void accept(RunRecord record, Map<String, String> settings) {
    if (settings.containsKey("test")) {
      TAKEN.add(record);
    }
  }

  @Override
  public List<String> problems(Map<String, String> settings) {
    return settings.containsKey("sick") ? List.of("modelvitals.report.sick is sick") : List.of();
  }

  @Override
  public void nothingRuns(List<String> mistakes, Map<String, String> settings) {
    if (settings.containsKey("test")) {
      MISTAKES.add(mistakes);
    }
  }

  static RunRecord last() {
    return TAKEN.get(TAKEN.size() - 1);
  }

  static List<CheckRecord> checks() {
    return last().suites().stream().flatMap(suite -> suite.checks().stream()).toList();
  }

  static CheckRecord check(String name) {
    return checks().stream().filter(check -> check.name().equals(name)).findFirst().orElseThrow();
  }

  /** Does not work where {@code modelvitals.report.throw} is set. */
  public static final class Throwing implements RecordSink {
    @Override
    public void accept(RunRecord record, Map<String, String> settings) {
      if (settings.containsKey("throw")) {
        throw new AssertionError("this sink never works");
      }
    }

    @Override
    public void nothingRuns(List<String> mistakes, Map<String, String> settings) {
      if (settings.containsKey("throw")) {
        throw new AssertionError("this sink never works");
      }
    }
  }
}
