package org.modelvitals.reports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.modelvitals.verdict.Status;

/**
 * The settings that start with {@code modelvitals.report.}.
 *
 * @param dir where reports go; a relative path is relative to the working directory, which under
 *     Surefire is the module
 * @param formats what is written beside the run record
 * @param console whether a table is printed when the run ends
 * @param rows how many rows that table may have
 * @param keep how many builds' records stay in the folder
 * @param inconclusive what JUnit XML calls an inconclusive check
 */
record ReportSettings(
    Path dir, Set<Format> formats, boolean console, int rows, int keep, Status inconclusive) {
  static final List<String> NAMES =
      List.of("enabled", "dir", "formats", "console", "rows", "keep", "inconclusive");

  /**
   * Reads settings; what is absent has its default.
   *
   * @throws IllegalArgumentException with a sentence that names the setting
   */
  static ReportSettings of(Map<String, String> settings) {
    return new ReportSettings(
        dir(settings),
        Format.parse(settings.getOrDefault("formats", "html, junit, markdown")),
        bool("console", settings.getOrDefault("console", "true")),
        number("rows", settings.getOrDefault("rows", "60")),
        number("keep", settings.getOrDefault("keep", "5")),
        inconclusive(settings.getOrDefault("inconclusive", "failed")));
  }

  /** What {@link #of} would say of each setting. */
  static List<String> problems(Map<String, String> settings) {
    List<String> problems = new ArrayList<>();
    for (String name : NAMES) {
      String written = settings.get(name);
      if (written != null) {
        try {
          of(Map.of(name, written));
        } catch (IllegalArgumentException e) {
          problems.add(String.valueOf(e.getMessage()));
        }
      }
    }
    return problems;
  }

  static Path dir(Map<String, String> settings) {
    return Path.of(settings.getOrDefault("dir", "target/model-vitals"))
        .toAbsolutePath()
        .normalize();
  }

  private static boolean bool(String name, String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, text, "true or false");
    };
  }

  private static int number(String name, String text) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong(name, text, "a whole number from 1");
  }

  private static Status inconclusive(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "failed" -> Status.FAILED;
      case "skipped" -> Status.SKIPPED;
      case "passed" -> Status.PASSED;
      default -> throw wrong("inconclusive", text, "failed, skipped or passed");
    };
  }

  private static IllegalArgumentException wrong(String name, String text, String expected) {
    return new IllegalArgumentException(
        "modelvitals.report.%s is '%s'; it can be %s".formatted(name, text, expected));
  }
}
