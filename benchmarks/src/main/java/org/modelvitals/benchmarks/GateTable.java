package org.modelvitals.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of the gate experiment as a table: how often each verdict was given, and when. */
final class GateTable {
  private static final List<String> VERDICTS = List.of("passed", "failed", "inconclusive");

  private GateTable() {}

  /**
   * The table in Markdown.
   *
   * @param lines of the file with the figures, the first with the names of its columns
   */
  static String of(List<String> lines) {
    Map<String, List<String[]>> kinds = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size()).stream().sorted().toList()) {
      String[] cells = line.split(",", -1);
      kinds.computeIfAbsent(cells[0] + " | " + cells[1], kind -> new ArrayList<>()).add(cells);
    }
    StringBuilder table =
        new StringBuilder(
            "| gate | model | gates | passed | failed | inconclusive | value (5 % to 95 %)"
                + " | seconds (5 % to 95 %) |\n"
                + "| --- | --- | ---: | ---: | ---: | ---: | --- | --- |\n");
    kinds.forEach(
        (kind, rows) -> {
          table.append("| ").append(kind).append(" | ").append(rows.size()).append(" | ");
          for (String verdict : VERDICTS) {
            table.append(rows.stream().filter(row -> row[2].equals(verdict)).count()).append(" | ");
          }
          table.append(spread(rows, 3)).append(" | ").append(spread(rows, 7)).append(" |\n");
        });
    return table.toString();
  }

  private static String spread(List<String[]> rows, int column) {
    double[] values = rows.stream().mapToDouble(row -> Double.parseDouble(row[column])).toArray();
    return Words.format(
        "%.3g (%.3g to %.3g)",
        Pairs.quantile(values, 0.5), Pairs.quantile(values, 0.05), Pairs.quantile(values, 0.95));
  }
}
