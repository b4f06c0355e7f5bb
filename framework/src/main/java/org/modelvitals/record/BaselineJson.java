package org.modelvitals.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Approved runs as JSON. A run record can stand for one, too; it does not say what became of each
 * row, so that nothing can be paired with it.
 */
public final class BaselineJson {
  private static final JsonMapper MAPPER = RecordMapper.create();

  private BaselineJson() {}

  /** The baseline as a document, which ends in a line feed. */
  public static String write(Baseline baseline) {
    return JsonLayout.print(MAPPER.valueToTree(baseline), true);
  }

  /**
   * Reads the approved run of a suite.
   *
   * @param suite the suite's name
   * @throws RecordException with a sentence, if it is damaged, or of another suite, or of a version
   *     that this class does not know
   * @throws IOException if the file cannot be read
   */
  public static Baseline read(Path file, String suite) throws IOException {
    String what = "'" + file + "'";
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    JsonNode document;
    try {
      document = MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new RecordException(
          "%s is no approved run, it is not JSON: %s".formatted(what, firstLine(e)), e);
    }
    if (!(document instanceof ObjectNode object)) {
      throw new RecordException(what + " is JSON, but no approved run: it is not an object");
    }
    if (object.has("suites")) {
      return ofRun(RunRecordJson.read(file), suite, what);
    }
    requireVersion(object.get("baseline"), what);
    Baseline baseline;
    try {
      baseline = MAPPER.treeToValue(object, Baseline.class);
    } catch (JacksonException e) {
      throw new RecordException(
          "%s is a damaged approval: %s; approve a run again".formatted(what, firstLine(e)), e);
    }
    if (!baseline.suite().equals(suite)) {
      throw new RecordException(
          "%s is the approved run of the suite '%s', and not of '%s'"
              .formatted(what, baseline.suite(), suite));
    }
    return baseline;
  }

  private static void requireVersion(
      @org.jspecify.annotations.Nullable JsonNode version, String what) {
    if (version == null || !version.isInt() || version.intValue() < 1) {
      throw new RecordException(
          "%s is JSON, but no approved run: its 'baseline' should be a version such as %d, but is %s"
              .formatted(what, Baseline.VERSION, version == null ? "missing" : version));
    }
    if (version.intValue() > Baseline.VERSION) {
      throw new RecordException(
          "%s is an approved run of version %d, but this ModelVitals knows versions up to %d; read it with a newer ModelVitals, or approve again"
              .formatted(what, version.intValue(), Baseline.VERSION));
    }
  }

  private static Baseline ofRun(RunRecord run, String suite, String what) {
    List<SuiteRecord> same =
        run.suites().stream().filter(known -> known.name().equals(suite)).toList();
    if (same.size() != 1) {
      throw new RecordException(
          "%s is a run record with %s suite '%s'; it has %s"
              .formatted(
                  what,
                  same.isEmpty() ? "no" : "more than one",
                  suite,
                  run.suites().stream()
                      .map(known -> "'" + known.name() + "'")
                      .collect(Collectors.joining(", "))));
    }
    SuiteRecord approved = same.get(0);
    return new Baseline(
        Baseline.VERSION,
        suite,
        run.startedAt(),
        approved.model(),
        approved.device().asked(),
        run.versions(),
        approved.checks().stream()
            .map(
                check ->
                    new Baseline.Check(check.name(), check.probe(), check.measurements(), null))
            .toList());
  }

  private static String firstLine(JacksonException e) {
    return e.getOriginalMessage()
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^.*?Exception: ", "");
  }
}
