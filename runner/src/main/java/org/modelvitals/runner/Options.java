package org.modelvitals.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.runner.Selection.Unselectable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all commands take. */
final class Options {
  private static final String PREFIX = "modelvitals.";

  /** What has an option, or is the command's own business. */
  private static final Map<String, String> OWNED =
      Map.of(
          "report.dir", "say --reports",
          "report.enabled", "the exit code is read from the run record",
          "isolated", "say --isolated",
          "trusted", "say --trust",
          "device", "say --device",
          "baseline", "say --baseline",
          "approve", "say 'vitals approve'",
          "build", "every run of the command is a build of its own");

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = {
        "Suites (*.vitals.yaml), models (*.onnx, *.ort), which get a checkup, or folders of them."
      })
  private List<Path> paths = List.of();

  @Option(
      names = "--reports",
      paramLabel = "DIR",
      defaultValue = "vitals-reports",
      description = "Where reports go; ${DEFAULT-VALUE} if not said.")
  private Path reports = Path.of("");

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Overrides the device of every suite, such as cpu or cuda:1.")
  private @Nullable String device;

  @Option(
      names = "--isolated",
      paramLabel = "WHICH",
      defaultValue = "untrusted",
      description = {
        "Which suites run in processes of their own: untrusted (if not said), all (true), none"
            + " (false), or as they say (declared)."
      })
  private String isolated = "";

  @Option(
      names = "--trust",
      paramLabel = "DIR",
      description = {
        "A folder whose suites and models are trusted and need no process of their own. May be"
            + " repeated; nothing is trusted if not said."
      })
  private List<Path> trusted = List.of();

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "The approved run to compare with, or a folder with one for each suite.")
  private @Nullable Path baseline;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Any other setting of the engine, such as seed=7 or report.formats=html.")
  private Map<String, String> settings = Map.of();

  /** Called by picocli. */
  Options() {}

  /**
   * Looks whether there is what is to be compared with.
   *
   * @throws Unselectable if there is not
   */
  void requireBaseline() throws IOException {
    if (baseline != null && !Files.exists(baseline)) {
      throw Selection.missing(baseline);
    }
  }

  List<Path> paths() {
    return paths;
  }

  Path reports() {
    return reports.toAbsolutePath().normalize();
  }

  List<Path> trusted() {
    return trusted;
  }

  /**
   * Configuration parameters of the engine by their full names.
   *
   * @param alsoTrusted folders that are trusted without being named
   */
  Map<String, String> parameters(List<Path> alsoTrusted) {
    Map<String, String> all = new TreeMap<>();
    all.put("report.dir", reports().toString());
    all.put("isolated", isolated);
    String folders =
        Stream.concat(trusted.stream(), alsoTrusted.stream())
            .map(Path::toString)
            .collect(Collectors.joining(","));
    all.put("trusted", folders.isEmpty() ? "none" : folders);
    if (device != null) {
      all.put("device", device);
    }
    if (baseline != null) {
      all.put("baseline", baseline.toString());
    }
    settings.forEach(
        (written, value) -> {
          String name = written.startsWith(PREFIX) ? written.substring(PREFIX.length()) : written;
          if (OWNED.containsKey(name)) {
            throw new Unselectable("--set %s: %s".formatted(written, OWNED.get(name)));
          }
          all.put(name, value);
        });
    Map<String, String> parameters = new LinkedHashMap<>();
    all.forEach((name, value) -> parameters.put(PREFIX + name, value));
    return parameters;
  }
}
