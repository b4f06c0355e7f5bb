package org.modelvitals.reports.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.modelvitals.record.RunRecord;
import org.modelvitals.reports.view.CheckInSuite;
import org.modelvitals.reports.view.Counts;
import org.modelvitals.verdict.Outcome;
import org.modelvitals.verdict.Status;

/**
 * A run as a table of suite, check, measured value, expectation and verdict: a row an expectation,
 * those first that need a look. Never wider than 100 columns; what is too long is cut, and so are
 * rows that would only say that all is well.
 */
public final class ConsoleTable {
  private static final int WIDTH = 100;
  private static final List<String> HEADINGS =
      List.of("suite", "check", "measured", "expected", "verdict");

  private static final int MEASURED = 2;

  /** Columns narrower than this say nothing. */
  private static final int NARROWEST = 12;

  private static final String GAP = "  ";
  private static final String RESET = "\u001b[0m";

  private ConsoleTable() {}

  /**
   * The table, which ends in a line of counts.
   *
   * @param most how many rows there may be; rows that need a look come first and go last
   * @param colours whether to colour verdicts with ANSI sequences
   */
  public static String render(RunRecord run, int most, boolean colours) {
    List<Row> rows = new ArrayList<>();
    CheckInSuite.worstFirst(run).forEach(check -> rows.addAll(rows(check)));
    List<Row> shown = rows.subList(0, Math.min(most, rows.size()));
    int[] widths = widths(shown);
    StringBuilder out = new StringBuilder();
    line(HEADINGS, widths, "", out);
    out.append("-".repeat(Arrays.stream(widths).sum() + GAP.length() * 4)).append('\n');
    Row above = null;
    for (Row row : shown) {
      line(row.cells(above, widths[MEASURED]), widths, colours ? row.colour : "", out);
      above = row;
    }
    if (shown.size() < rows.size()) {
      out.append("… and ").append(rows.size() - shown.size()).append(" more rows\n");
    }
    return out.append(Counts.of(run)).append('\n').toString();
  }

  /**
   * One expectation of a check, or a check without any.
   *
   * @param name the measurement; empty if nothing was measured
   * @param value what was measured, or the reason why nothing was
   */
  private record Row(
      String suite,
      String check,
      String name,
      String value,
      String expected,
      String verdict,
      String colour) {

    private List<String> cells() {
      return cells(null, Integer.MAX_VALUE);
    }

    /** Leaves out what the row above says already; of a long measurement, the value stays. */
    private List<String> cells(@Nullable Row above, int room) {
      boolean sameSuite = above != null && above.suite.equals(suite);
      boolean sameCheck = above != null && sameSuite && above.check.equals(check);
      int forName = room - length(value) - 1;
      String measured =
          name.isEmpty()
              ? value
              : (forName < NARROWEST / 2 ? name : cut(name, forName)) + " " + value;
      return List.of(sameSuite ? "" : suite, sameCheck ? "" : check, measured, expected, verdict);
    }
  }

  private static List<Row> rows(CheckInSuite c) {
    List<Outcome> outcomes = c.check().verdict().outcomes();
    if (outcomes.isEmpty()) {
      return List.of(row(c, "", c.check().verdict().reason(), "", c.verdictWord()));
    }
    List<Row> rows = new ArrayList<>();
    for (Status status :
        List.of(Status.FAILED, Status.ERROR, Status.INCONCLUSIVE, Status.SKIPPED, Status.PASSED)) {
      outcomes.stream()
          .filter(outcome -> outcome.status() == status)
          .map(
              outcome ->
                  row(
                      c,
                      outcome.measurement(),
                      value(outcome),
                      outcome.expected(),
                      c.verdictWord(outcome.status())))
          .forEach(rows::add);
    }
    return rows;
  }

  private static String value(Outcome outcome) {
    if (outcome.measured() == null) {
      return "undefined";
    }
    String change = outcome.change();
    return outcome.found() + (change.isEmpty() ? "" : " (" + change + ")");
  }

  private static Row row(
      CheckInSuite c, String name, String value, String expected, String verdict) {
    boolean urgent = !verdict.equals("passed") && !verdict.equals("skipped");
    String colour =
        switch (verdict) {
          case "passed" -> "\u001b[32m";
          case "failed", "error" -> "\u001b[31m";
          default -> "\u001b[33m";
        };
    return new Row(
        plain(c.suite().name()),
        plain(c.check().name()),
        plain(name),
        plain(value),
        plain(expected),
        urgent ? verdict.toUpperCase(Locale.ROOT) : verdict,
        colour);
  }

  /** Control characters could move the cursor or recolour the terminal. */
  static String plain(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\u2028\u2029]", "\ufffd");
  }

  /** As wide as the longest cell; if that is too wide in all, the widest columns give way. */
  private static int[] widths(List<Row> rows) {
    int[] widths = HEADINGS.stream().mapToInt(String::length).toArray();
    for (Row row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row.cells().get(i)));
      }
    }
    int room = WIDTH - GAP.length() * (widths.length - 1);
    while (Arrays.stream(widths).sum() > room) {
      int widest = 0;
      for (int i = 1; i < widths.length - 1; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static void line(List<String> cells, int[] widths, String colour, StringBuilder out) {
    int last = cells.size() - 1;
    for (int i = 0; i < last; i++) {
      String cell = cut(cells.get(i), widths[i]);
      out.append(cell).append(" ".repeat(widths[i] - length(cell))).append(GAP);
    }
    out.append(colour).append(cells.get(last)).append(colour.isEmpty() ? "" : RESET).append('\n');
  }

  private static String cut(String text, int width) {
    return length(text) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
