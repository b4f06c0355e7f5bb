package org.modelvitals.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.support.hierarchical.Node.SkipResult;
import org.modelvitals.language.Tokenizers;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.ModelFiles;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.record.BaselineRecord;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.DeviceRecord;
import org.modelvitals.record.ModelRecord;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.run.CheckResult;
import org.modelvitals.run.CheckRunner;
import org.modelvitals.run.RunnableSuite;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;
import org.modelvitals.yaml.SuiteYaml;

/**
 * Keeps what happens in a run until the run record is written. Suites and checks are recorded in
 * the order of declaration, in whatever order they ran.
 */
final class RunRecorder {
  private static final String DIRECTORY = Path.of("").toAbsolutePath().normalize().toString();

  private final Settings settings;
  private final ProbeRegistry registry;
  private final CheckRunner runner;
  private final Map<String, Recorded> suites = new LinkedHashMap<>();
  private Instant startedAt = Instant.now();

  RunRecorder(Settings settings, ProbeRegistry registry, CheckRunner runner) {
    this.settings = settings;
    this.registry = registry;
    this.runner = runner;
  }

  private static final class Recorded {
    private final RunnableSuite suite;
    private final List<String> declared;
    private final Map<String, CheckRecord> checks = new HashMap<>();
    private Map<String, Integer> nodes = Map.of();

    private Recorded(RunnableSuite suite) {
      this.suite = suite;
      this.declared = suite.spec().checks().stream().map(CheckSpec::name).toList();
    }

    private List<CheckRecord> inOrder() {
      Map<String, Integer> places = new HashMap<>();
      declared.forEach(name -> places.put(name, places.size()));
      List<CheckRecord> ordered = new ArrayList<>(checks.values());
      ordered.sort(Comparator.comparing(check -> places.getOrDefault(check.name(), -1)));
      return ordered;
    }
  }

  synchronized void begin(List<SuiteNode> all) {
    startedAt = Instant.now();
    all.stream()
        .flatMap(node -> node.suite().stream())
        .forEach(suite -> suites.put(suite.id(), new Recorded(suite)));
  }

  void checked(CheckNode node, CheckResult result) {
    CheckRecord record =
        record(
            node,
            result.probe(),
            result.startedAt(),
            result.seconds(),
            result.sharedWith(),
            result.verdict(),
            result.reading(),
            node.check()
                .check()
                .containment()
                .within(node.suite().spec().containment())
                .isIsolated());
    synchronized (this) {
      Recorded suite = recorded(node.suite());
      suite.checks.put(record.id(), record);
      result.placement().ifPresent(known -> suite.nodes = known.nodes());
    }
  }

  /** Records every check below a node that is skipped as a whole. */
  void skipped(TestDescriptor node, SkipResult result) {
    if (node instanceof CheckNode check) {
      CheckRecord record =
          record(
              check,
              registry.of(check.check().check().probe()).map(ProbeType::keyword).orElse(""),
              Instant.now(),
              0,
              "",
              new Verdict(Status.SKIPPED, reason(result), List.of()),
              new Reading(List.of(), List.of()),
              false);
      synchronized (this) {
        recorded(check.suite()).checks.putIfAbsent(record.id(), record);
      }
    }
    node.getChildren().forEach(child -> skipped(child, result));
  }

  private static String reason(SkipResult result) {
    return result.getReason().orElse("skipped");
  }

  private static CheckRecord record(
      CheckNode node,
      String probe,
      Instant startedAt,
      double seconds,
      String sharedWith,
      Verdict verdict,
      Reading reading,
      boolean isolated) {
    return new CheckRecord(
        node.getUniqueId().toString(),
        node.check().name(),
        probe,
        SuiteYaml.parameters(node.check().check().probe()),
        node.check().check().tags(),
        startedAt,
        seconds,
        sharedWith,
        verdict,
        reading.measurements(),
        reading.evidence(),
        List.of(),
        isolated ? true : null);
  }

  private Recorded recorded(RunnableSuite suite) {
    return suites.computeIfAbsent(suite.id(), id -> new Recorded(suite));
  }

  /** The record of the run; empty if there was no check. */
  synchronized Optional<RunRecord> end() {
    List<SuiteRecord> records =
        suites.values().stream()
            .filter(recorded -> !recorded.checks.isEmpty())
            .map(this::record)
            .toList();
    if (records.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RunRecord(
            RunRecord.SCHEMA,
            UUID.randomUUID().toString(),
            settings.build().orElseGet(BuildIdentity::current),
            startedAt,
            Instant.now(),
            settings.seed(),
            versions(),
            Machine.CURRENT,
            records));
  }

  private SuiteRecord record(Recorded recorded) {
    RunnableSuite suite = recorded.suite;
    DeviceSpec device = suite.spec().device();
    return new SuiteRecord(
        suite.id(),
        suite.spec().name(),
        suite.source(),
        DIRECTORY,
        suite.spec().tags(),
        model(suite),
        new DeviceRecord(
            device.name().keyword(),
            device.index(),
            recorded.nodes,
            session(suite.spec().session(), device)),
        recorded.inOrder(),
        runner
            .baseline(suite)
            .map(
                approved ->
                    new BaselineRecord(
                        String.valueOf(suite.spec().baseline()),
                        approved.approvedAt(),
                        approved.model()))
            .orElse(null));
  }

  private ModelRecord model(RunnableSuite suite) {
    try {
      ModelFile file = runner.modelFile(suite);
      return new ModelRecord(suite.spec().model(), file.sha256(), file.size());
    } catch (ModelException e) {
      return new ModelRecord(suite.spec().model(), null, -1);
    }
  }

  private static Map<String, String> session(SessionSpec session, DeviceSpec device) {
    Map<String, String> words = new TreeMap<>();
    words.put(
        "threads",
        session.threads() == null
            ? "the runtime's default (%s)".formatted(cores(Machine.CURRENT.cores()))
            : session.threads().toString());
    Optional.ofNullable(session.interOpThreads())
        .ifPresent(threads -> words.put("threads across operators", threads.toString()));
    words.put("optimization", session.optimization().name().toLowerCase(Locale.ROOT));
    words.put("execution", session.execution().name().toLowerCase(Locale.ROOT));
    if (session.deterministic()) {
      words.put("deterministic", "true");
    }
    session.dimensions().forEach((name, size) -> words.put("dimension " + name, size.toString()));
    words.putAll(session.config());
    device.options().forEach((name, value) -> words.put("device option " + name, value));
    return words;
  }

  private static String cores(int number) {
    return number == 1 ? "1 core" : number + " cores";
  }

  private static Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    versions.put("ModelVitals", of(ModelVitalsEngine.class).orElse("development"));
    versions.put("Java", Runtime.version().toString());
    versions.put("ONNX Runtime", runtime());
    of(TestEngine.class).ifPresent(version -> versions.put("JUnit Platform", version));
    Tokenizers.libraryVersion().ifPresent(version -> versions.put("tokenizers", version));
    return versions;
  }

  private static Optional<String> of(Class<?> type) {
    return Optional.ofNullable(type.getPackage().getImplementationVersion());
  }

  /** The record is written even where the native library does not load. */
  private static String runtime() {
    try {
      return ModelFiles.runtimeVersion();
    } catch (RuntimeException | LinkageError e) {
      return "not loaded: " + e.getMessage();
    }
  }
}
