package org.modelvitals.record;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One suite of a run.
 *
 * @param id unique in the run: its unique id in the engine
 * @param source the class or file that declares it, and the line if there is one
 * @param directory the working directory of the run, which under Maven and Gradle is the module's
 *     folder; empty in records of older versions. It tells apart what two modules call the same
 * @param baseline the approved run that the suite was held against; null if there was none
 */
public record SuiteRecord(
    String id,
    String name,
    String source,
    String directory,
    Set<String> tags,
    ModelRecord model,
    DeviceRecord device,
    List<CheckRecord> checks,
    @Nullable BaselineRecord baseline) {
  public SuiteRecord {
    tags = java.util.Collections.unmodifiableSortedSet(new java.util.TreeSet<>(tags));
    checks = List.copyOf(checks);
  }

  /** A suite that was held against no approved run. */
  public SuiteRecord(
      String id,
      String name,
      String source,
      String directory,
      Set<String> tags,
      ModelRecord model,
      DeviceRecord device,
      List<CheckRecord> checks) {
    this(id, name, source, directory, tags, model, device, checks, null);
  }
}
