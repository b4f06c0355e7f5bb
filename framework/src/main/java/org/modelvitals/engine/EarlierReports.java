package org.modelvitals.engine;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.support.discovery.DiscoveryIssueReporter;
import org.modelvitals.record.RecordSink;
import org.modelvitals.run.Base;

/**
 * Reports that would be taken for those of a run that mistakes in declarations keep from running.
 */
final class EarlierReports {
  private EarlierReports() {}

  /** Lets the sinks remove what they wrote; one that cannot is a warning. */
  static void invalidate(
      List<String> mistakes, Map<String, String> settings, DiscoveryIssueReporter issues) {
    if ("false".equals(settings.get("enabled"))) {
      return;
    }
    ServiceLoader.load(RecordSink.class, Base.classLoader()).stream()
        .forEach(
            sink -> {
              try {
                sink.get().nothingRuns(mistakes, settings);
              } catch (Exception | Error e) {
                issues.reportIssue(
                    DiscoveryIssue.create(
                        DiscoveryIssue.Severity.WARNING,
                        "%s could not remove the reports of an earlier run: %s"
                            .formatted(sink.type().getName(), e)));
              }
            });
  }
}
