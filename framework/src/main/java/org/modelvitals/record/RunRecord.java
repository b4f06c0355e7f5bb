package org.modelvitals.record;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything one run found out.
 *
 * @param schema version of this document's format; see {@link #SCHEMA}
 * @param id unique for each run of the engine
 * @param build the same for all JVMs of one build, so that their records can be joined
 * @param seed the seed of everything random
 * @param versions of ModelVitals, Java, ONNX Runtime and what else had a part
 */
public record RunRecord(
    int schema,
    String id,
    String build,
    Instant startedAt,
    Instant finishedAt,
    long seed,
    Map<String, String> versions,
    MachineRecord machine,
    List<SuiteRecord> suites) {

  /** The version of the format that this class writes. */
  public static final int SCHEMA = 4;

  public RunRecord {
    versions = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(versions));
    suites = List.copyOf(suites);
  }
}
