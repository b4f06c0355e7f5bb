package org.modelvitals.record;

import java.util.List;
import java.util.Set;

/**
 * One suite of a run.
 *
 * @param id unique in the run: its unique id in the engine
 * @param source the class or file that declares it, and the line if there is one
 */
public record SuiteRecord(
    String id,
    String name,
    String source,
    Set<String> tags,
    ModelRecord model,
    DeviceRecord device,
    List<CheckRecord> checks) {
  public SuiteRecord {
    tags = java.util.Collections.unmodifiableSortedSet(new java.util.TreeSet<>(tags));
    checks = List.copyOf(checks);
  }
}
