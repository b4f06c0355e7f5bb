package org.modelvitals.record;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Measurement;

/**
 * An approved run of one suite: what later runs are held against. Small, in a stable order, and
 * without what changes from run to run, so that it can be committed and compared by its lines.
 *
 * @param baseline version of this document's format; see {@link #VERSION}
 * @param suite the name of the suite
 * @param device that the model ran on
 * @param versions of ModelVitals, Java and ONNX Runtime
 * @param checks in the order of declaration
 */
public record Baseline(
    int baseline,
    String suite,
    Instant approvedAt,
    ModelRecord model,
    String device,
    Map<String, String> versions,
    List<Check> checks) {

  /** The version of the format that this class writes. */
  public static final int VERSION = 1;

  public Baseline {
    versions = java.util.Collections.unmodifiableMap(new TreeMap<>(versions));
    checks = List.copyOf(checks);
  }

  /**
   * What was approved of one check.
   *
   * @param probe keyword of the probe
   * @param rows what became of each row, as far as conditions need it; null if nothing does
   */
  public record Check(
      String name, String probe, List<Measurement> measurements, @Nullable StoredRows rows) {
    public Check {
      measurements = List.copyOf(measurements);
    }
  }

  /** The check of a name. */
  public Optional<Check> check(String name) {
    return checks.stream().filter(check -> check.name().equals(name)).findFirst();
  }
}
