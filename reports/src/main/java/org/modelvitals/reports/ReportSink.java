package org.modelvitals.reports;

import java.io.PrintStream;
import java.util.Map;
import org.modelvitals.record.RecordSink;
import org.modelvitals.record.RunRecord;
import org.modelvitals.text.Nearest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the reports of a run and prints a table of it. */
public final class ReportSink implements RecordSink {
  private static final Logger LOG = LoggerFactory.getLogger(ReportSink.class);

  @Override
  public void accept(RunRecord run, Map<String, String> written) throws Exception {
    warnOfMisspelt(written);
    ReportFolder folder = new ReportFolder(ReportSettings.dir(written));
    // Before all else: a setting that cannot be read must not cost what the run found out.
    folder.store(run);
    ReportSettings settings = ReportSettings.of(written);
    try {
      folder.join(run.build(), settings);
    } finally {
      if (settings.console()) {
        print(run, folder, settings, System.out);
      }
    }
  }

  static void print(RunRecord run, ReportFolder folder, ReportSettings settings, PrintStream out) {
    out.print(Summary.of(run, folder, settings, Console.colours()));
    out.flush();
  }

  private static void warnOfMisspelt(Map<String, String> written) {
    for (String name : written.keySet()) {
      if (!ReportSettings.NAMES.contains(name)) {
        // Other sinks have settings of their own; only what looks like one of ours is a mistake.
        Nearest.to(name, ReportSettings.NAMES)
            .ifPresent(
                near ->
                    LOG.warn(
                        "modelvitals.report.{} is unknown; did you mean 'modelvitals.report.{}'?",
                        name,
                        near));
      }
    }
  }
}
