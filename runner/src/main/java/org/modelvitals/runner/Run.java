package org.modelvitals.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoveryIssue.Severity;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.RunRecordJson;
import org.modelvitals.verdict.Status;

/** One run of the engine on what a command line names. */
final class Run {
  private Run() {}

  /**
   * Runs what was chosen; the table and the reports come from the engine's reports.
   *
   * @param more configuration parameters by their full names
   * @param allowed what else than a pass is taken for one
   * @param strict whether a check that expects nothing is no pass
   * @return the exit code
   */
  static int of(
      Options options,
      Map<String, String> more,
      Set<Status> allowed,
      boolean strict,
      PrintWriter err)
      throws IOException {
    String build = "vitals-" + UUID.randomUUID();
    Issues issues = new Issues();
    try (Selection selection = Selection.of(options.paths(), options.trusted())) {
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selection.selectors())
                  .filters(EngineFilter.includeEngines("model-vitals"))
                  .configurationParameters(options.parameters(selection.trustedFolders()))
                  .configurationParameters(more)
                  .configurationParameter("modelvitals.build", build)
                  .listeners(issues)
                  .build());
    }
    issues.found().forEach(issue -> err.println("vitals: " + issue));
    Path record = options.reports().resolve("run-record.json");
    Optional<RunRecord> run =
        Files.isRegularFile(record)
            ? Optional.of(RunRecordJson.read(record)).filter(read -> read.build().equals(build))
            : Optional.empty();
    if (issues.areMistakes()) {
      return Exit.MISTAKE;
    }
    if (run.isEmpty()) {
      err.println("vitals: the run left no record in " + options.reports());
      return Exit.NO_VERDICT;
    }
    List<String> idle = strict ? idle(run.get()) : List.of();
    idle.forEach(check -> err.println("vitals: the check '%s' expects nothing".formatted(check)));
    int code = Exit.of(run.get(), allowed);
    return code == Exit.HEALTHY && !idle.isEmpty() ? Exit.NO_VERDICT : code;
  }

  /** Checks that passed because nothing was asked of them. */
  private static List<String> idle(RunRecord run) {
    return run.suites().stream()
        .flatMap(
            suite ->
                suite.checks().stream()
                    .filter(check -> check.verdict().status() == Status.PASSED)
                    .filter(check -> check.verdict().outcomes().isEmpty())
                    .map(check -> suite.name() + " > " + check.name()))
        .toList();
  }

  /** What the engine says of the declarations, before it runs any. */
  private static final class Issues implements LauncherDiscoveryListener {
    private final Set<String> found = Collections.synchronizedSet(new LinkedHashSet<>());
    private volatile boolean mistakes;

    @Override
    public void issueEncountered(UniqueId engine, DiscoveryIssue issue) {
      found.add(issue.message());
      mistakes |= issue.severity() == Severity.ERROR;
    }

    List<String> found() {
      return new ArrayList<>(found);
    }

    boolean areMistakes() {
      return mistakes;
    }
  }
}
