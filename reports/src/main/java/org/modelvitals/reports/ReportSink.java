package org.modelvitals.reports;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.modelvitals.record.RecordSink;
import org.modelvitals.record.RunRecord;
import org.modelvitals.text.Nearest;

/** Writes the reports of a run and prints a table of it. */
public final class ReportSink implements RecordSink {
  @Override
  public void accept(RunRecord run, Map<String, String> written) throws Exception {
    warnOfMisspelt(written);
    try (ReportFolder folder = new ReportFolder(ReportSettings.dir(written))) {
      // Before all else: a setting that cannot be read must not cost what the run found out.
      onDisk(() -> folder.store(run), written);
      try {
        report(run, folder, ReportSettings.of(written));
      } finally {
        onDisk(folder::settle, written);
      }
    }
  }

  private static void report(RunRecord run, ReportFolder folder, ReportSettings settings)
      throws IOException {
    try {
      folder.join(run.build(), settings);
    } finally {
      if (settings.console()) {
        print(run, folder, settings, System.out);
      }
    }
  }

  private interface Storing {
    void run() throws IOException;
  }

  private static void onDisk(Storing storing, Map<String, String> written) throws IOException {
    try {
      storing.run();
    } catch (IOException e) {
      throw new IOException(
          "nothing can be written to '%s', which is modelvitals.report.dir: %s"
              .formatted(ReportSettings.dir(written), e),
          e);
    }
  }

  @Override
  public List<String> problems(Map<String, String> written) {
    return ReportSettings.problems(written);
  }

  @Override
  public void nothingRuns(List<String> mistakes, Map<String, String> written) throws Exception {
    try (ReportFolder folder = new ReportFolder(ReportSettings.dir(written))) {
      folder.clear();
    }
  }

  static void print(RunRecord run, ReportFolder folder, ReportSettings settings, PrintStream out) {
    out.print(Summary.of(run, folder, settings, Console.colours()));
    out.flush();
  }

  /** On standard error, because a log may have no one who writes it. */
  static void warn(String sentence) {
    System.err.println("ModelVitals: " + sentence);
  }

  private static void warnOfMisspelt(Map<String, String> written) {
    for (String name : written.keySet()) {
      if (!ReportSettings.NAMES.contains(name)) {
        // Other sinks have settings of their own; only what looks like one of ours is a mistake.
        Nearest.to(name, ReportSettings.NAMES)
            .ifPresent(
                near ->
                    warn(
                        "modelvitals.report.%s is unknown; did you mean 'modelvitals.report.%s'?"
                            .formatted(name, near)));
      }
    }
  }
}
