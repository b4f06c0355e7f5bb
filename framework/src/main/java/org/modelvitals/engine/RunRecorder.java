package org.modelvitals.engine;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelFile;
import org.modelvitals.model.ModelFiles;
import org.modelvitals.model.Placement;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Reading;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.record.DeviceRecord;
import org.modelvitals.record.MachineRecord;
import org.modelvitals.record.ModelRecord;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;
import org.modelvitals.yaml.SuiteYaml;

/** Keeps what happens in a run until the run record is written. */
final class RunRecorder {
  private final Settings settings;
  private final Map<String, Recorded> suites = new LinkedHashMap<>();
  private Instant startedAt = Instant.now();

  RunRecorder(Settings settings) {
    this.settings = settings;
  }

  private static final class Recorded {
    private final SuiteNode.Suite suite;
    private final List<CheckRecord> checks = new ArrayList<>();
    private Map<String, Integer> nodes = Map.of();

    private Recorded(SuiteNode.Suite suite) {
      this.suite = suite;
    }
  }

  synchronized void begin(List<SuiteNode.Suite> all) {
    startedAt = Instant.now();
    all.forEach(suite -> suites.put(suite.id(), new Recorded(suite)));
  }

  synchronized void placed(SuiteNode.Suite suite, Optional<Placement> placement) {
    placement.ifPresent(known -> recorded(suite).nodes = known.nodes());
  }

  synchronized void checked(
      CheckNode node,
      String probe,
      Instant started,
      double seconds,
      String sharedWith,
      Verdict verdict,
      Reading reading) {
    recorded(node.suite())
        .checks
        .add(
            new CheckRecord(
                node.getUniqueId().toString(),
                node.check().name(),
                probe,
                SuiteYaml.parameters(node.check().check().probe()),
                node.check().check().tags(),
                started,
                seconds,
                sharedWith,
                verdict,
                reading.measurements(),
                reading.evidence(),
                List.of()));
  }

  void skipped(CheckNode node, String reason) {
    checked(
        node,
        SuiteSelectorResolver.registry()
            .of(node.check().check().probe())
            .map(type -> type.keyword())
            .orElse(""),
        Instant.now(),
        0,
        "",
        new Verdict(Status.SKIPPED, reason, List.of()),
        Probed.NOTHING);
  }

  private Recorded recorded(SuiteNode.Suite suite) {
    return suites.computeIfAbsent(suite.id(), id -> new Recorded(suite));
  }

  /** The record of the run; empty if no check ran. */
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
            settings.build(),
            startedAt,
            Instant.now(),
            settings.seed(),
            versions(),
            machine(),
            records));
  }

  private SuiteRecord record(Recorded recorded) {
    SuiteNode.Suite suite = recorded.suite;
    DeviceSpec device = settings.device(suite.spec().device());
    return new SuiteRecord(
        suite.id(),
        suite.spec().name(),
        suite.source(),
        suite.spec().tags(),
        model(suite),
        new DeviceRecord(
            device.name().keyword(),
            device.index(),
            recorded.nodes,
            session(suite.spec().session())),
        recorded.checks);
  }

  private static ModelRecord model(SuiteNode.Suite suite) {
    try {
      ModelFile file = SharedModels.file(suite);
      return new ModelRecord(suite.spec().model(), file.sha256(), file.size());
    } catch (ModelException | ProbeException e) {
      return new ModelRecord(suite.spec().model(), null, -1);
    }
  }

  private Map<String, String> session(SessionSpec session) {
    Map<String, String> words = new TreeMap<>();
    settings
        .threads()
        .or(() -> Optional.ofNullable(session.threads()))
        .ifPresent(threads -> words.put("threads", threads.toString()));
    words.put("optimization", session.optimization().name().toLowerCase(java.util.Locale.ROOT));
    words.put("execution", session.execution().name().toLowerCase(java.util.Locale.ROOT));
    if (session.deterministic()) {
      words.put("deterministic", "true");
    }
    session.dimensions().forEach((name, size) -> words.put("dimension " + name, size.toString()));
    words.putAll(session.config());
    return words;
  }

  private static Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    String own = ModelVitalsEngine.class.getPackage().getImplementationVersion();
    versions.put("ModelVitals", own == null ? "development" : own);
    versions.put("Java", Runtime.version().toString());
    versions.put("ONNX Runtime", ModelFiles.runtimeVersion());
    return versions;
  }

  private static MachineRecord machine() {
    return Machines.current();
  }

  /** The machine does not change while the JVM lives, and asking for it takes long. */
  private static final class Machines {
    private static final MachineRecord CURRENT =
        new MachineRecord(
            System.getProperty("os.name") + " " + System.getProperty("os.version"),
            System.getProperty("os.arch"),
            new oshi.SystemInfo().getHardware().getProcessor().getProcessorIdentifier().getName(),
            Runtime.getRuntime().availableProcessors(),
            memory());

    private static MachineRecord current() {
      return CURRENT;
    }

    private static long memory() {
      return ManagementFactory.getOperatingSystemMXBean()
              instanceof com.sun.management.OperatingSystemMXBean system
          ? system.getTotalMemorySize()
          : -1;
    }
  }
}
