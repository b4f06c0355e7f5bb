package org.modelvitals.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.reading.RowOutcomes;
import org.modelvitals.record.Baseline;
import org.modelvitals.record.BaselineJson;
import org.modelvitals.record.RecordException;
import org.modelvitals.record.StoredRows;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.verdict.Approval;
import org.modelvitals.verdict.PairedRows;
import org.modelvitals.verdict.Status;

/** The approved runs that suites name, each read once. */
final class Baselines {
  private final long seed;
  private final boolean approving;
  private final ConcurrentHashMap<String, Read> known = new ConcurrentHashMap<>();

  /**
   * What a suite's file holds.
   *
   * @param why there is nothing, in a sentence; empty if there is
   */
  private record Read(@Nullable Baseline baseline, String why) {}

  /**
   * @param approving whether this run is to be approved, so that it needs nothing that was
   */
  Baselines(long seed, boolean approving) {
    this.seed = seed;
    this.approving = approving;
  }

  /** The approved run of a suite; empty if it names none, or one that cannot be read. */
  Optional<Baseline> of(RunnableSuite suite) {
    return Optional.ofNullable(read(suite).baseline());
  }

  /** What the conditions of a check are held against. */
  <S extends ProbeSpec> Approval approval(
      RunnableSuite suite, CheckSpec check, ProbeType<S> type, S specification, Reading reading) {
    if (suite.spec().baseline() == null) {
      return Approval.none();
    }
    Read read = read(suite);
    if (read.baseline() == null) {
      return missing(read.why());
    }
    Optional<Baseline.Check> approved = read.baseline().check(check.name());
    if (approved.isEmpty()) {
      return missing("the approved run has no check '%s'".formatted(check.name()));
    }
    Baseline.Check before = approved.get();
    if (!before.probe().equals(type.keyword())) {
      return missing(
          "the check '%s' was approved as %s and is %s now"
              .formatted(check.name(), before.probe(), type.keyword()));
    }
    StoredRows stored = before.rows();
    RowOutcomes now = reading.rows();
    PairedRows rows = stored == null || now == null ? null : stored.pair(now);
    return new Approval.Approved(
        before.measurements().stream()
            .collect(Collectors.toMap(Measurement::name, Function.identity(), (a, b) -> a)),
        rows,
        rows == null ? "" : rows.unpaired(),
        name -> type.statistic(specification, name),
        seed,
        approving ? Status.SKIPPED : Status.ERROR);
  }

  private Approval missing(String why) {
    return approving
        ? new Approval.Missing(Status.SKIPPED, "nothing to hold it against: " + why)
        : new Approval.Missing(
            Status.ERROR, why + "; approve a run with -Dmodelvitals.approve=true");
  }

  private Read read(RunnableSuite suite) {
    return known.computeIfAbsent(suite.id(), id -> readFile(suite));
  }

  private static Read readFile(RunnableSuite suite) {
    String written = suite.spec().baseline();
    if (written == null) {
      return new Read(null, "");
    }
    try {
      Path file = suite.base().locate(written);
      return Files.exists(file)
          ? new Read(BaselineJson.read(file, suite.spec().name()), "")
          : new Read(null, "there is no approved run '%s' (looked at %s)".formatted(written, file));
    } catch (ProbeException | RecordException e) {
      return new Read(null, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Read(null, "the approved run '%s' cannot be read: %s".formatted(written, e));
    }
  }
}
