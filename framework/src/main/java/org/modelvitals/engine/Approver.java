package org.modelvitals.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.RowOutcomes;
import org.modelvitals.reading.RowStatistic;
import org.modelvitals.record.Baseline;
import org.modelvitals.record.BaselineJson;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.StoredRows;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.run.CheckResult;
import org.modelvitals.run.RunnableSuite;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.Condition;
import org.modelvitals.suite.Expectation;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.verdict.Status;

/** Writes the baselines of suites after a run that is to be approved. */
final class Approver {
  private final Settings.Approve approve;
  private final ProbeRegistry registry;
  private final Map<String, RunnableSuite> suites = new LinkedHashMap<>();
  private final Map<String, Map<String, CheckResult>> results = new HashMap<>();

  Approver(Settings.Approve approve, ProbeRegistry registry) {
    this.approve = approve;
    this.registry = registry;
  }

  /** Keeps what became of a check. */
  synchronized void checked(CheckNode node, CheckResult result) {
    if (approve != Settings.Approve.NOTHING) {
      RunnableSuite suite = node.suite();
      suites.put(suite.id(), suite);
      results.computeIfAbsent(suite.id(), id -> new HashMap<>()).put(node.check().name(), result);
    }
  }

  /** Approves what can be; says in sentences what was, and what not for which reason. */
  synchronized List<String> end(RunRecord record) {
    List<String> sentences = new ArrayList<>();
    Set<Path> written = new HashSet<>();
    for (RunnableSuite suite : suites.values()) {
      sentences.add(
          record.suites().stream()
              .filter(known -> known.id().equals(suite.id()))
              .findFirst()
              .map(known -> approve(suite, known, record, written))
              .orElse("the suite '%s' did not run".formatted(suite.spec().name())));
    }
    return sentences;
  }

  private String approve(
      RunnableSuite suite, SuiteRecord recorded, RunRecord record, Set<Path> written) {
    String name = suite.spec().name();
    Map<String, CheckResult> ran = Objects.requireNonNull(results.get(suite.id()));
    Optional<String> refusal = refusal(suite, ran);
    if (refusal.isPresent()) {
      return "the suite '%s' is not approved: %s".formatted(name, refusal.get());
    }
    try {
      Path file = suite.base().locate(Objects.requireNonNull(suite.spec().baseline()));
      if (!written.add(file)) {
        return "the suite '%s' is not approved: %s is the baseline of another suite of this run"
            .formatted(name, file);
      }
      write(file, BaselineJson.write(baseline(suite, recorded, record, ran)));
      return "the suite '%s' is approved: wrote %s".formatted(name, file);
    } catch (ProbeException | IOException e) {
      return "the suite '%s' is not approved: its baseline cannot be written: %s"
          .formatted(name, e.getMessage());
    }
  }

  private Optional<String> refusal(RunnableSuite suite, Map<String, CheckResult> ran) {
    String baseline = suite.spec().baseline();
    if (baseline == null) {
      return Optional.of(
          "it names no baseline; write for instance 'baseline: %s.approved.json' in it"
              .formatted(suite.spec().name()));
    }
    if (suite.base().resource() != null || baseline.startsWith("classpath:")) {
      return Optional.of("its baseline lies on the class path, where nothing can be written");
    }
    if (approve == Settings.Approve.ANYWAY) {
      return Optional.empty();
    }
    List<String> missing =
        suite.spec().checks().stream()
            .map(CheckSpec::name)
            .filter(check -> !ran.containsKey(check))
            .toList();
    List<String> red =
        suite.spec().checks().stream()
            .map(CheckSpec::name)
            .filter(ran::containsKey)
            .filter(check -> status(ran, check) != Status.PASSED)
            .map(
                check ->
                    "'%s' %s".formatted(check, words(Objects.requireNonNull(status(ran, check)))))
            .toList();
    if (!missing.isEmpty()) {
      return Optional.of(
          "only %d of its %d checks ran; '%s' did not"
              .formatted(ran.size(), suite.spec().checks().size(), missing.get(0)));
    }
    return red.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s; to approve it all the same, set modelvitals.approve=anyway"
                .formatted(String.join(", ", red)));
  }

  private static @Nullable Status status(Map<String, CheckResult> ran, String check) {
    CheckResult result = ran.get(check);
    return result == null ? null : result.verdict().status();
  }

  private static String words(Status status) {
    return switch (status) {
      case PASSED -> "passed";
      case FAILED -> "failed";
      case INCONCLUSIVE -> "is inconclusive";
      case SKIPPED -> "was skipped";
      case ERROR -> "could not run";
    };
  }

  private Baseline baseline(
      RunnableSuite suite, SuiteRecord recorded, RunRecord record, Map<String, CheckResult> ran) {
    Map<String, String> versions = new TreeMap<>(record.versions());
    versions.keySet().retainAll(Set.of("ModelVitals", "ONNX Runtime"));
    return new Baseline(
        Baseline.VERSION,
        suite.spec().name(),
        record.finishedAt().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
        recorded.model(),
        recorded.device().asked(),
        versions,
        suite.spec().checks().stream()
            .filter(check -> ran.containsKey(check.name()))
            .map(check -> check(check, Objects.requireNonNull(ran.get(check.name()))))
            .toList());
  }

  private Baseline.Check check(CheckSpec check, CheckResult result) {
    List<Expectation> against =
        check.check().expectations().stream()
            .filter(expectation -> expectation.condition() instanceof Condition.AgainstBaseline)
            .toList();
    RowOutcomes rows = result.reading().rows();
    return new Baseline.Check(
        check.name(),
        result.probe(),
        result.reading().measurements(),
        rows == null || against.isEmpty()
            ? null
            : StoredRows.of(rows, columns(against, check.check().probe())));
  }

  /**
   * The columns that conditions against the baseline are judged by: no others are worth keeping.
   * None, where they are not judged by rows; which rows they were is kept all the same.
   */
  private <S extends ProbeSpec> Set<String> columns(List<Expectation> against, S specification) {
    Optional<ProbeType<S>> type = registry.of(specification);
    return against.stream()
        .map(Expectation::measurement)
        .flatMap(name -> type.flatMap(t -> t.statistic(specification, name)).stream())
        .map(RowStatistic::columns)
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    // Not a temporary file of the JDK's, which nobody else may read.
    Path beside = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      Files.writeString(beside, text);
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
