package org.modelvitals.engine;

import java.util.List;
import java.util.Map;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.hierarchical.EngineExecutionContext;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.record.RecordSink;
import org.modelvitals.record.RunRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What belongs to one run of the engine. */
final class RunContext implements EngineExecutionContext {
  private static final Logger LOG = LoggerFactory.getLogger(RunContext.class);

  private final Settings settings;
  private final ProbeRegistry registry;
  private final SharedModels models;
  private final SharedReadings readings = new SharedReadings();
  private final RunRecorder recorder;
  private final Watch watch;

  RunContext(Settings settings, CancellationToken cancellation) {
    this.settings = settings;
    this.registry = SuiteSelectorResolver.registry();
    this.models = new SharedModels(settings);
    this.recorder = new RunRecorder(settings);
    this.watch = new Watch(cancellation, models::interrupt);
  }

  Settings settings() {
    return settings;
  }

  ProbeRegistry registry() {
    return registry;
  }

  SharedModels models() {
    return models;
  }

  SharedReadings readings() {
    return readings;
  }

  RunRecorder recorder() {
    return recorder;
  }

  Watch watch() {
    return watch;
  }

  void begin(TestDescriptor engine) {
    List<SuiteNode.Suite> suites =
        engine.getDescendants().stream()
            .filter(SuiteNode.class::isInstance)
            .flatMap(node -> ((SuiteNode) node).suite().stream())
            .toList();
    models.expect(suites);
    recorder.begin(suites);
  }

  void end() {
    watch.close();
    models.close();
    recorder.end().ifPresent(this::report);
  }

  private void report(RunRecord record) {
    Map<String, String> report = settings.report();
    if (!Boolean.parseBoolean(report.getOrDefault("enabled", "true"))) {
      return;
    }
    for (RecordSink sink : SuiteSelectorResolver.services(RecordSink.class)) {
      try {
        sink.accept(record, report);
      } catch (Exception | LinkageError e) {
        // The verdicts stand; losing a report must not change what the build is told of the model.
        LOG.error("{} could not write its report: {}", sink.getClass().getName(), e.toString(), e);
      }
    }
  }
}
