package org.modelvitals.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.hierarchical.EngineExecutionContext;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.record.RecordSink;
import org.modelvitals.record.RunRecord;
import org.modelvitals.run.Base;
import org.modelvitals.run.CheckResult;
import org.modelvitals.run.CheckRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What belongs to one run of the engine. */
final class RunContext implements EngineExecutionContext {
  private static final Logger LOG = LoggerFactory.getLogger(RunContext.class);

  private final Settings settings;
  private final CheckRunner runner;
  private final RunRecorder recorder;
  private final Approver approver;

  RunContext(Settings settings, CancellationToken cancellation) {
    this.settings = settings;
    ProbeRegistry registry = ProbeRegistry.load(Base.classLoader());
    this.runner =
        new CheckRunner(
            registry,
            settings.seed(),
            settings.timeout(),
            cancellation::isCancellationRequested,
            settings.approve() != Settings.Approve.NOTHING);
    this.approver = new Approver(settings.approve(), registry);
    this.recorder = new RunRecorder(settings, registry, runner);
  }

  CheckRunner runner() {
    return runner;
  }

  RunRecorder recorder() {
    return recorder;
  }

  void begin(TestDescriptor engine) {
    List<SuiteNode> suites =
        engine.getDescendants().stream()
            .filter(SuiteNode.class::isInstance)
            .map(SuiteNode.class::cast)
            .filter(node -> node.suite().isPresent())
            .toList();
    runner.expect(suites.stream().flatMap(node -> node.suite().stream()).toList());
    recorder.begin(suites);
  }

  void run(CheckNode node) {
    CheckResult result = runner.run(node.suite(), node.check());
    recorder.checked(node, result);
    approver.checked(node, result);
    JUnitOutcome.tell(node, result, settings.inconclusive());
  }

  void end() {
    try {
      runner.close();
    } finally {
      Optional<RunRecord> record = recorder.end();
      record.ifPresent(this::report);
      record.map(approver::end).orElse(List.of()).forEach(RunContext::say);
    }
  }

  private static void say(String sentence) {
    System.err.println("ModelVitals: " + sentence);
  }

  private void report(RunRecord record) {
    if (!settings.reporting()) {
      return;
    }
    Map<String, String> report = settings.report();
    ServiceLoader.load(RecordSink.class, Base.classLoader()).stream()
        .forEach(sink -> report(record, report, sink));
  }

  /** A wrong setting is told in a sentence; of what else went wrong, the kind matters too. */
  private static String sentence(Throwable thrown) {
    String message = thrown.getMessage();
    return thrown instanceof IllegalArgumentException && message != null
        ? message
        : thrown.toString();
  }

  private static void report(
      RunRecord record, Map<String, String> settings, ServiceLoader.Provider<RecordSink> sink) {
    try {
      sink.get().accept(record, settings);
    } catch (Exception | Error e) {
      // The verdicts stand; losing a report must not change what the build is told of the model.
      // Said on standard error, because a log may have no one who writes it.
      System.err.println(
          "ModelVitals: %s could not write its report: %s"
              .formatted(sink.type().getName(), sentence(e)));
      LOG.debug("{} could not write its report", sink.type().getName(), e);
    }
  }
}
