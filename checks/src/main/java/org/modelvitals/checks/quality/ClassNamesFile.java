package org.modelvitals.checks.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.modelvitals.probe.ProbeException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the names of classes from a file. */
final class ClassNamesFile {
  private ClassNamesFile() {}

  static List<String> read(Path file, @Nullable String pointer) {
    try {
      List<String> names =
          pointer != null || isJson(file)
              ? fromJson(file, pointer == null ? "" : pointer)
              : Files.readAllLines(file).stream()
                  .map(String::strip)
                  .filter(line -> !line.isEmpty())
                  .toList();
      if (names.isEmpty()) {
        throw new ProbeException("%s names no classes".formatted(file));
      }
      return names;
    } catch (IOException | JacksonException e) {
      throw new ProbeException(
          "the classes cannot be read from %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static boolean isJson(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
  }

  private static List<String> fromJson(Path file, String pointer) {
    if (!pointer.isEmpty() && !pointer.startsWith("/")) {
      throw new ProbeException(
          "'%s' is no JSON pointer; it begins with '/', such as /labels".formatted(pointer));
    }
    JsonNode root = JsonMapper.shared().readTree(file);
    JsonNode list = root.at(pointer);
    if (!list.isArray()) {
      throw new ProbeException(
          "%s has %s at '%s'; expected a list of class names"
              .formatted(
                  file,
                  list.isMissingNode()
                      ? "nothing"
                      : list.getNodeType().toString().toLowerCase(Locale.ROOT),
                  pointer));
    }
    return list.valueStream().map(JsonNode::asString).toList();
  }
}
