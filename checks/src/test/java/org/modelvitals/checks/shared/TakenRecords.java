package org.modelvitals.checks.shared;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.modelvitals.record.RecordSink;
import org.modelvitals.record.RunRecord;

/** Keeps the records of runs that ask for it, under the name that they give. */
public final class TakenRecords implements RecordSink {
  static final String KEY = "taken-as";

  private static final Map<String, RunRecord> TAKEN = new ConcurrentHashMap<>();

  @Override
  public void accept(RunRecord record, Map<String, String> settings) {
    String name = settings.get(KEY);
    if (name != null) {
      TAKEN.put(name, record);
    }
  }

  static RunRecord take(String name) {
    RunRecord record = TAKEN.remove(name);
    if (record == null) {
      throw new AssertionError("the run '" + name + "' left no record");
    }
    return record;
  }
}
