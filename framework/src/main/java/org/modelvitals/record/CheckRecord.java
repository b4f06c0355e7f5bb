package org.modelvitals.record;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

/**
 * One check of a run.
 *
 * @param id its unique id in the engine
 * @param probe keyword of the probe
 * @param parameters the probe's declaration, as YAML would have it
 * @param seconds how long the check took; near nothing if it shared the reading of another
 * @param sharedWith the check whose pass over the model this one shares; empty if it made its own
 * @param attempts the verdicts of earlier attempts in the same build, oldest first (reruns)
 * @param isolated true if the model ran in a process of its own; null if not, or where earlier
 *     versions did not say
 */
public record CheckRecord(
    String id,
    String name,
    String probe,
    Map<String, Object> parameters,
    Set<String> tags,
    Instant startedAt,
    double seconds,
    String sharedWith,
    Verdict verdict,
    List<Measurement> measurements,
    List<Evidence> evidence,
    List<Verdict> attempts,
    @Nullable Boolean isolated) {
  public CheckRecord {
    tags = java.util.Collections.unmodifiableSortedSet(new java.util.TreeSet<>(tags));
    measurements = List.copyOf(measurements);
    evidence = List.copyOf(evidence);
    attempts = List.copyOf(attempts);
  }

  /** A check whose model ran in the process of the engine. */
  public CheckRecord(
      String id,
      String name,
      String probe,
      Map<String, Object> parameters,
      Set<String> tags,
      Instant startedAt,
      double seconds,
      String sharedWith,
      Verdict verdict,
      List<Measurement> measurements,
      List<Evidence> evidence,
      List<Verdict> attempts) {
    this(
        id,
        name,
        probe,
        parameters,
        tags,
        startedAt,
        seconds,
        sharedWith,
        verdict,
        measurements,
        evidence,
        attempts,
        null);
  }

  /** Whether the check passed only after an earlier attempt in the same build had not. */
  public boolean flaky() {
    return verdict.status() == Status.PASSED
        && attempts.stream()
            .anyMatch(
                attempt -> attempt.status() != Status.PASSED && attempt.status() != Status.SKIPPED);
  }
}
