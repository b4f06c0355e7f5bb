package org.modelvitals.reports;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.modelvitals.record.RunRecord;
import org.modelvitals.reports.html.HtmlReport;
import org.modelvitals.reports.junitxml.JUnitXml;
import org.modelvitals.reports.markdown.MarkdownSummary;
import org.modelvitals.text.Nearest;

/** What is made of a run record, besides the record itself. */
enum Format {
  HTML("report.html") {
    @Override
    String render(RunRecord run, ReportSettings settings) {
      return HtmlReport.render(run);
    }
  },
  JUNIT("junit.xml") {
    @Override
    String render(RunRecord run, ReportSettings settings) {
      return JUnitXml.render(run, settings.inconclusive());
    }
  },
  MARKDOWN("summary.md") {
    @Override
    String render(RunRecord run, ReportSettings settings) {
      return MarkdownSummary.render(run);
    }
  };

  private final String file;

  Format(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  abstract String render(RunRecord run, ReportSettings settings);

  /**
   * Reads a list such as {@code html, junit}; {@code none} is the empty one.
   *
   * @throws IllegalArgumentException with a sentence that names the nearest format
   */
  static Set<Format> parse(String list) {
    Set<Format> formats = EnumSet.noneOf(Format.class);
    if (list.strip().equalsIgnoreCase("none")) {
      return formats;
    }
    for (String word : list.split(",", -1)) {
      formats.add(one(word.strip()));
    }
    return formats;
  }

  private static Format one(String word) {
    return Arrays.stream(values())
        .filter(format -> format.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "modelvitals.report.formats has '%s'; the formats are %s%s"
                        .formatted(
                            word,
                            String.join(", ", words()),
                            Nearest.to(word, words())
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse(""))));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static List<String> words() {
    return Arrays.stream(values()).map(Format::word).collect(Collectors.toList());
  }
}
