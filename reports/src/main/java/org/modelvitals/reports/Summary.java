package org.modelvitals.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.modelvitals.record.RunRecord;
import org.modelvitals.reports.console.ConsoleTable;

/**
 * Prints the table of a build that has ended, and where its reports are: {@code java
 * org.modelvitals.reports.Summary [FOLDER...]}, the folder being {@code target/model-vitals} if
 * none is named. It joins what the last JVM of the build may have left unjoined. The settings of
 * reports are taken from system properties.
 */
public final class Summary {
  private static final String PREFIX = "modelvitals.report.";

  private Summary() {}

  /** Prints; it never ends the JVM, so that Maven can run it within its own. */
  public static void main(String[] folders) throws IOException {
    Map<String, String> written = new TreeMap<>();
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(PREFIX))
        .forEach(name -> written.put(name.substring(PREFIX.length()), System.getProperty(name)));
    List<Path> dirs = new ArrayList<>(Arrays.stream(folders).map(Path::of).toList());
    if (dirs.isEmpty()) {
      dirs.add(ReportSettings.dir(written));
    }
    ReportSettings settings = ReportSettings.of(written);
    for (Path dir : dirs) {
      System.out.print(of(dir.toAbsolutePath().normalize(), settings, Console.colours()));
    }
    System.out.flush();
  }

  static String of(Path dir, ReportSettings settings, boolean colours) throws IOException {
    try (ReportFolder folder = new ReportFolder(dir)) {
      Optional<RunRecord> run =
          Files.isDirectory(dir) ? folder.joinLatest(settings) : Optional.empty();
      return run.map(record -> of(record, folder, settings, colours))
          .orElse("There is no run record in " + dir + ": no check has run, or reports are off.\n");
    }
  }

  static String of(RunRecord run, ReportFolder folder, ReportSettings settings, boolean colours) {
    StringBuilder out = new StringBuilder("\n");
    out.append(ConsoleTable.render(run, settings.rows(), colours)).append('\n');
    if (settings.formats().contains(Format.HTML)) {
      out.append("report      ").append(folder.report(Format.HTML)).append('\n');
    }
    return out.append("run record  ").append(folder.runRecord()).append("\n\n").toString();
  }
}
