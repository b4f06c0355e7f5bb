package org.modelvitals.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.verdict.Verdict;

/** Works on several run records. */
public final class RunRecords {
  private RunRecords() {}

  /**
   * Joins the runs of one build into one record. The order of {@code runs} does not matter, and a
   * run that is given twice counts once.
   *
   * <p>The same check seen again is a rerun: the latest verdict, with its measurements, is the
   * check's, and the earlier ones become its {@link CheckRecord#attempts()}. A check is the same if
   * its id is, with the same parameters and expectations, in a suite of the same id, source and
   * working directory, with the same model, device, session and seed. So a suite that two modules
   * have under one name, or that ran twice with other settings, stays two suites: a failure of one
   * can never pass for a flake of the other.
   *
   * @return empty if there are no runs; a single run as it is
   */
  public static Optional<RunRecord> join(List<RunRecord> runs) {
    List<RunRecord> ordered =
        runs.stream()
            .collect(Collectors.toMap(RunRecord::id, run -> run, (run, again) -> run, TreeMap::new))
            .values()
            .stream()
            .sorted(Comparator.comparing(RunRecord::startedAt).thenComparing(RunRecord::id))
            .toList();
    if (ordered.size() <= 1) {
      return ordered.stream().findFirst();
    }
    RunRecord last = ordered.get(ordered.size() - 1);
    return Optional.of(
        new RunRecord(
            RunRecord.SCHEMA,
            joinedId(ordered),
            last.build(),
            ordered.get(0).startedAt(),
            ordered.stream().map(RunRecord::finishedAt).max(Instant::compareTo).orElseThrow(),
            last.seed(),
            versions(ordered),
            last.machine(),
            suites(ordered)));
  }

  /** The same for the same runs, so that joining them again changes nothing. */
  private static String joinedId(List<RunRecord> runs) {
    String ids = runs.stream().map(RunRecord::id).sorted().collect(Collectors.joining("\n"));
    return UUID.nameUUIDFromBytes(ids.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static Map<String, String> versions(List<RunRecord> runs) {
    Map<String, String> versions = new TreeMap<>();
    runs.stream()
        .flatMap(run -> run.versions().keySet().stream())
        .distinct()
        .forEach(
            name ->
                versions.put(
                    name,
                    runs.stream()
                        .map(run -> run.versions().get(name))
                        .filter(Objects::nonNull)
                        .distinct()
                        .collect(Collectors.joining(", "))));
    return versions;
  }

  private static List<SuiteRecord> suites(List<RunRecord> runs) {
    Map<RunSuite.Key, List<List<RunSuite>>> alike = new HashMap<>();
    List<List<RunSuite>> inOrder = new ArrayList<>();
    for (RunRecord run : runs) {
      for (SuiteRecord suite : run.suites()) {
        RunSuite seen = new RunSuite(suite, run.seed());
        List<List<RunSuite>> groups = alike.computeIfAbsent(seen.key(), key -> new ArrayList<>());
        groups.stream()
            .filter(group -> group.stream().allMatch(seen::agrees))
            .findFirst()
            .orElseGet(
                () -> {
                  List<RunSuite> group = new ArrayList<>();
                  groups.add(group);
                  inOrder.add(group);
                  return group;
                })
            .add(seen);
      }
    }
    return inOrder.stream()
        .map(group -> suite(group.stream().map(RunSuite::suite).toList()))
        .toList();
  }

  private static SuiteRecord suite(List<SuiteRecord> same) {
    SuiteRecord last = same.get(same.size() - 1);
    Map<String, CheckRecord> checks = new LinkedHashMap<>();
    same.stream()
        .flatMap(suite -> suite.checks().stream())
        .forEach(check -> checks.merge(check.id(), check, RunRecords::rerun));
    return new SuiteRecord(
        last.id(),
        last.name(),
        last.source(),
        last.directory(),
        last.tags(),
        last.model(),
        placed(same),
        List.copyOf(checks.values()),
        last.baseline());
  }

  /** A rerun of which no session came about knows nothing of the nodes. */
  private static DeviceRecord placed(List<SuiteRecord> same) {
    DeviceRecord known = null;
    for (SuiteRecord suite : same) {
      known = known == null || !suite.device().nodes().isEmpty() ? suite.device() : known;
    }
    return Objects.requireNonNull(known);
  }

  private static CheckRecord rerun(@Nullable CheckRecord earlier, CheckRecord later) {
    if (earlier == null) {
      return later;
    }
    List<Verdict> attempts =
        Stream.of(
                earlier.attempts().stream(),
                Stream.of(earlier.verdict()),
                later.attempts().stream())
            .flatMap(stream -> stream)
            .toList();
    return new CheckRecord(
        later.id(),
        later.name(),
        later.probe(),
        later.parameters(),
        later.tags(),
        later.startedAt(),
        later.seconds(),
        later.sharedWith(),
        later.verdict(),
        later.measurements(),
        later.evidence(),
        attempts,
        later.isolated());
  }
}
