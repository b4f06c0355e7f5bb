package org.modelvitals.reports.markdown;

import static org.modelvitals.reports.markdown.MarkdownText.code;
import static org.modelvitals.reports.markdown.MarkdownText.prose;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.modelvitals.record.RunRecord;
import org.modelvitals.record.SuiteRecord;
import org.modelvitals.reports.view.CheckInSuite;
import org.modelvitals.reports.view.Counts;
import org.modelvitals.unit.Quantity;
import org.modelvitals.unit.Unit;
import org.modelvitals.verdict.Outcome;
import org.modelvitals.verdict.Status;

/**
 * A run record as a Markdown summary for a pull request: what failed and why, then everything in a
 * fold. Never longer than {@link #LIMIT}, however much a run has; what had to go is counted.
 */
public final class MarkdownSummary {
  /** Bytes of UTF-8. GitHub takes 65,536 characters in a comment; a bot may want to add some. */
  public static final int LIMIT = 60_000;

  private final StringBuilder out = new StringBuilder();
  private int bytes;

  private MarkdownSummary() {}

  public static String render(RunRecord run) {
    MarkdownSummary summary = new MarkdownSummary();
    summary.all(run);
    return summary.out.toString();
  }

  private void all(RunRecord run) {
    List<CheckInSuite> checks = CheckInSuite.worstFirst(run);
    headline(run);
    // The failures may take two thirds; suites and checks share what is left.
    entries(
        checks.stream().filter(CheckInSuite::needsAction).map(MarkdownSummary::problem).toList(),
        LIMIT * 2 / 3,
        "checks that did not pass");
    entries(
        checks.stream().filter(c -> c.check().flaky()).map(MarkdownSummary::flake).toList(),
        LIMIT * 3 / 4,
        "flaky checks");
    add("\n<details><summary>All checks</summary>\n\n");
    add("| | suite | check | measured | expected |\n|---|---|---|---|---|\n");
    entries(
        checks.stream().flatMap(check -> rows(check).stream()).toList(), LIMIT * 9 / 10, "rows");
    add("\n</details>\n<details><summary>Models and devices</summary>\n\n");
    entries(run.suites().stream().map(MarkdownSummary::model).toList(), LIMIT - 2_000, "suites");
    add("\n" + run(run) + "\n\n</details>\n");
  }

  private void add(String text) {
    out.append(text);
    bytes += text.getBytes(StandardCharsets.UTF_8).length;
  }

  private void entries(List<String> entries, int until, String what) {
    int shown = 0;
    for (String entry : entries) {
      if (bytes + entry.getBytes(StandardCharsets.UTF_8).length > until) {
        add("\n… and %d more %s.\n".formatted(entries.size() - shown, what));
        return;
      }
      add(entry);
      shown++;
    }
  }

  private void headline(RunRecord run) {
    Counts counts = Counts.of(run);
    String verdict =
        counts.healthy()
            ? "✅ ModelVitals: Healthy"
            : counts.unknown() ? "⏭️ ModelVitals: Skipped" : "❌ ModelVitals: Not healthy";
    add("## %s\n\n%s\n\n".formatted(verdict, counts));
  }

  private static String problem(CheckInSuite c) {
    StringBuilder text = new StringBuilder();
    text.append("- %s **%s** %s › %s".formatted(sign(c), c.verdictWord(), suite(c), check(c)));
    String reason = c.check().verdict().reason();
    text.append(reason.isBlank() ? "" : "<br>" + prose(reason));
    c.evidenceSentences().stream()
        .limit(3)
        .forEach(sentence -> text.append("<br>").append(prose(sentence)));
    return text.append('\n').toString();
  }

  private static String flake(CheckInSuite c) {
    String earlier =
        c.check().attempts().stream()
            .map(attempt -> prose(attempt.reason()))
            .filter(reason -> !reason.isBlank())
            .findFirst()
            .map(reason -> "<br>at first: " + reason)
            .orElse("");
    return "- %s **flaky** %s › %s passed in attempt %d%s\n"
        .formatted(sign(c), suite(c), check(c), c.check().attempts().size() + 1, earlier);
  }

  private static List<String> rows(CheckInSuite c) {
    List<Outcome> outcomes = c.check().verdict().outcomes();
    if (outcomes.isEmpty()) {
      return List.of(row(c, c.check().verdict().status(), prose(c.check().verdict().reason()), ""));
    }
    return outcomes.stream()
        .map(
            outcome ->
                row(
                    c,
                    outcome.status(),
                    prose(
                        outcome.measurement()
                            + " "
                            + (outcome.measured() == null
                                ? "undefined"
                                : outcome.found()
                                    + (outcome.change().isEmpty()
                                        ? ""
                                        : " (" + outcome.change() + ")"))),
                    prose(outcome.expected())))
        .toList();
  }

  private static String row(CheckInSuite c, Status status, String measured, String expected) {
    return "| %s %s | %s | %s | %s | %s |\n"
        .formatted(sign(c, status), c.verdictWord(status), suite(c), check(c), measured, expected);
  }

  private static String model(SuiteRecord suite) {
    String sha256 = suite.model().sha256();
    String ran =
        suite.device().nodes().entrySet().stream()
            .map(node -> node.getValue() + " nodes on " + code(node.getKey()))
            .collect(Collectors.joining(", "));
    return "- %s: %s, %s; asked for %s%s%s\n"
        .formatted(
            code(suite.name()),
            code(suite.model().path()),
            sha256 == null
                ? "which could not be read"
                : "SHA-256 %s, %s"
                    .formatted(
                        code(sha256),
                        Quantity.of((double) suite.model().size(), Unit.BYTES).display()),
            code(suite.device().asked() + ":" + suite.device().index()),
            ran.isEmpty() ? "" : ", ran " + ran,
            suite.directory().isEmpty() ? "" : "; in " + code(suite.directory()));
  }

  private static String run(RunRecord run) {
    String versions =
        run.versions().entrySet().stream()
            .map(MarkdownSummary::version)
            .collect(Collectors.joining(", "));
    Duration took = Duration.between(run.startedAt(), run.finishedAt());
    return "%s; %s, %d cores, %s; began %s, took %s"
        .formatted(
            versions,
            prose(run.machine().cpu()),
            run.machine().cores(),
            prose(run.machine().os()),
            prose(run.startedAt().toString()),
            Quantity.of(took.toMillis() / 1e3, Unit.SECONDS).display());
  }

  private static String version(Map.Entry<String, String> version) {
    return prose(version.getKey()) + " " + prose(version.getValue());
  }

  private static String suite(CheckInSuite c) {
    return code(c.suite().name());
  }

  private static String check(CheckInSuite c) {
    return code(c.check().name());
  }

  private static String sign(CheckInSuite c) {
    return sign(c, c.check().verdict().status());
  }

  private static String sign(CheckInSuite c, Status status) {
    return switch (status) {
      case PASSED -> c.check().flaky() ? "⚠️" : "✅";
      case FAILED -> "❌";
      case ERROR -> "💥";
      case INCONCLUSIVE -> "❔";
      case SKIPPED -> "⏭️";
    };
  }
}
