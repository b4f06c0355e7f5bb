package org.modelvitals.engine;

import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.discovery.DiscoveryIssueReporter;
import org.modelvitals.probe.ProbeRegistry;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.record.RecordSink;
import org.modelvitals.run.Base;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.Condition;
import org.modelvitals.suite.SuiteSpec;

/** What belongs to one discovery: settings, probes, and where mistakes are reported. */
final class Discovery {
  private final Settings settings;
  private final DiscoveryIssueReporter issues;
  private final ProbeRegistry registry;

  Discovery(Settings settings, DiscoveryIssueReporter issues) {
    this.settings = settings;
    this.issues = issues;
    settings.problems().forEach(problem -> report(DiscoveryIssue.Severity.ERROR, problem));
    if (settings.reporting()) {
      ServiceLoader.load(RecordSink.class, Base.classLoader()).stream()
          .flatMap(sink -> sink.get().problems(settings.report()).stream())
          .forEach(problem -> report(DiscoveryIssue.Severity.ERROR, problem));
    }
    settings.doubts().forEach(doubt -> report(DiscoveryIssue.Severity.WARNING, doubt));
    this.registry = load();
  }

  private ProbeRegistry load() {
    try {
      return ProbeRegistry.load(Base.classLoader());
    } catch (ServiceConfigurationError | IllegalStateException e) {
      report(
          DiscoveryIssue.Severity.ERROR,
          "the probes on the class path cannot be used: " + e.getMessage());
      return new ProbeRegistry(List.of());
    }
  }

  Settings settings() {
    return settings;
  }

  ProbeRegistry registry() {
    return registry;
  }

  /** A check as it is declared; empty, and reported, if it cannot be run. */
  Optional<DeclaredCheck> declared(
      CheckSpec check, TestSource source, String legacyName, String suite) {
    for (String problem : Tags.problems(check.check().tags())) {
      mistake("%s in the check '%s' of %s".formatted(problem, check.name(), suite), source);
    }
    Optional<? extends ProbeType<?>> type = registry.of(check.check().probe());
    if (type.isEmpty()) {
      mistake(
          "the check '%s' of %s is declared by %s, for which no probe is registered in META-INF/services/%s"
              .formatted(
                  check.name(),
                  suite,
                  check.check().probe().getClass().getName(),
                  ProbeType.class.getName()),
          source);
    }
    return type.map(probe -> new DeclaredCheck(check, source, legacyName, probe.demand()));
  }

  /**
   * What is wrong with a check that is held against an approved run which its suite does not name.
   */
  static Optional<String> lacksBaseline(SuiteSpec suite, CheckSpec check) {
    return check.check().expectations().stream()
        .filter(expectation -> expectation.condition() instanceof Condition.AgainstBaseline)
        .filter(expectation -> suite.baseline() == null)
        .findFirst()
        .map(
            expectation ->
                "'%s' in the check '%s' needs an approved run, and the suite names none; write 'baseline: file.approved.json' (in Java @HealthSuite(baseline = \"file.approved.json\")), or set %sbaseline"
                    .formatted(expectation, check.name(), Settings.PREFIX));
  }

  /** Reports a mistake in a declaration. */
  void mistake(String message, TestSource source) {
    issues.reportIssue(
        DiscoveryIssue.builder(DiscoveryIssue.Severity.ERROR, message).source(source));
  }

  /** Reports what is probably a mistake, but may be meant. */
  void doubt(String message, Class<?> type) {
    issues.reportIssue(
        DiscoveryIssue.builder(DiscoveryIssue.Severity.WARNING, message)
            .source(ClassSource.from(type)));
  }

  /** Reports something that no source can be named for. */
  void report(DiscoveryIssue.Severity severity, String message) {
    issues.reportIssue(DiscoveryIssue.builder(severity, message));
  }
}
