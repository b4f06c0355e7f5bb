package org.modelvitals.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Run records as JSON. What {@link #write} writes, {@link #read} turns into an equal record:
 * numbers keep every bit, and those that JSON has no words for are the texts {@code NaN}, {@code
 * Infinity} and {@code -Infinity}. Fields stand in the order of the records' components; what is
 * null is left out. The document's JSON Schema is {@link #SCHEMA_RESOURCE}.
 *
 * <p>Every change to the format raises {@link RunRecord#SCHEMA} and adds a step to {@link
 * Migrations}, so that older documents stay readable.
 */
public final class RunRecordJson {
  /** The JSON Schema (2020-12) of the documents, a resource beside this class. */
  public static final String SCHEMA_RESOURCE = "run-record.schema.json";

  private static final JsonMapper MAPPER = RecordMapper.create();

  private RunRecordJson() {}

  /** The record as a document, which ends in a line feed. */
  public static String write(RunRecord record) {
    return JsonLayout.print(MAPPER.valueToTree(record));
  }

  /**
   * Reads a document of this version or an older one.
   *
   * @throws RecordException if it is damaged, or newer than this class knows
   */
  public static RunRecord read(String json) {
    return read(json, "the document");
  }

  /**
   * Reads a file.
   *
   * @throws IOException if the file cannot be read
   * @throws RecordException if it is damaged, or newer than this class knows
   */
  public static RunRecord read(Path file) throws IOException {
    // Malformed UTF-8 becomes replacement characters, so damage is named by its place in the JSON.
    return read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), "'" + file + "'");
  }

  private static RunRecord read(String json, String what) {
    try {
      ObjectNode document = document(json, what);
      return MAPPER.treeToValue(Migrations.toCurrent(document, what), RunRecord.class);
    } catch (StreamReadException e) {
      throw new RecordException(
          "%s is damaged: it is not JSON at line %d, column %d: %s"
              .formatted(
                  what,
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  firstLine(e.getOriginalMessage())),
          e);
    } catch (DatabindException e) {
      throw new RecordException(
          "%s is damaged at %s: %s".formatted(what, place(e), firstLine(e.getOriginalMessage())),
          e);
    } catch (JacksonException e) {
      throw new RecordException(
          "%s is damaged: %s".formatted(what, firstLine(e.getOriginalMessage())), e);
    }
  }

  private static ObjectNode document(String json, String what) {
    if (json.isBlank()) {
      throw new RecordException(what + " is empty; a run record was expected");
    }
    JsonNode node = MAPPER.readTree(json);
    if (!(node instanceof ObjectNode document)) {
      throw new RecordException(what + " is JSON, but not a run record: it is not an object");
    }
    return document;
  }

  /** Where in the document, such as {@code suites[0].checks[2].verdict}. */
  private static String place(DatabindException e) {
    String path =
        e.getPath().stream()
            .map(
                step ->
                    step.getPropertyName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getPropertyName())
            .collect(Collectors.joining());
    return path.isEmpty() ? "its root" : path.startsWith(".") ? path.substring(1) : path;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("").replaceFirst("^.*?Exception: ", "");
  }
}
