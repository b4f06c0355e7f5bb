package org.modelvitals.checks.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.modelvitals.data.DataException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of an export beside the model: beside the tokenizer if that lies elsewhere, and one
 * folder up, where exporters that write models into a folder {@code onnx} leave them.
 */
final class ExportFiles {
  static final String CONFIG = "config.json";
  static final String GENERATION = "generation_config.json";
  static final String GENAI = "genai_config.json";

  /** Files with a {@code bos_token_id} and the like, and where in them. */
  private static final List<String> WITH_IDS = List.of(CONFIG, GENERATION, GENAI);

  private final List<Path> folders;

  private ExportFiles(List<Path> folders) {
    this.folders = folders;
  }

  /** The files that belong to the first of these that has them beside it. */
  static ExportFiles beside(Path... files) {
    return new ExportFiles(
        Stream.of(files)
            .map(file -> Objects.requireNonNull(file.toAbsolutePath().normalize().getParent()))
            .flatMap(
                folder ->
                    folder.endsWith("onnx") && folder.getParent() != null
                        ? Stream.of(folder, folder.getParent())
                        : Stream.of(folder))
            .distinct()
            .toList());
  }

  Optional<Path> find(String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /**
   * The content of a JSON file; a missing node if there is no such file.
   *
   * @throws DataException if it is no JSON
   */
  JsonNode json(String name) {
    Optional<Path> file = find(name);
    try {
      return file.isPresent()
          ? JsonMapper.shared().readTree(file.get())
          : JsonMapper.shared().missingNode();
    } catch (JacksonException e) {
      throw new DataException("%s: no JSON: %s".formatted(name, e.getOriginalMessage()), e);
    }
  }

  /** The ids that a file gives to a role, such as {@code bos}; some give several to one. */
  List<Long> ids(String file, String role) {
    JsonNode root = json(file);
    String key = role + "_token_id";
    return Stream.of(root, root.path("text_config"), root.path("model"))
        .map(node -> node.path(key))
        .filter(node -> node.isIntegralNumber() || node.isArray())
        .findFirst()
        .map(
            node ->
                node.isArray()
                    ? node.valueStream()
                        .filter(JsonNode::isIntegralNumber)
                        .map(JsonNode::asLong)
                        .toList()
                    : List.of(node.asLong()))
        .orElse(List.of());
  }

  /** The ids of a role by the first file that has any. */
  List<Long> ids(String role) {
    return WITH_IDS.stream()
        .map(file -> ids(file, role))
        .filter(ids -> !ids.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** The files that may give ids to roles. */
  static List<String> withIds() {
    return WITH_IDS;
  }

  /** The ids of all special roles, by any file. */
  Set<Long> special(List<String> roles) {
    Set<Long> all = new TreeSet<>();
    WITH_IDS.forEach(file -> roles.forEach(role -> all.addAll(ids(file, role))));
    return all;
  }
}
