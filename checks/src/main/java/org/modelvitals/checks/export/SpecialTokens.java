package org.modelvitals.checks.export;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.text.Nearest;
import tools.jackson.databind.JsonNode;

/**
 * Holds what the files of an export say of special tokens against the vocabulary, the model and
 * each other. The tokenizer's own files name tokens, the model's files give ids.
 */
final class SpecialTokens {
  private static final List<String> ROLES = List.of("bos", "eos", "pad", "unk");
  private static final List<String> NAMING =
      List.of("tokenizer_config.json", "special_tokens_map.json");

  private final ExportFiles files;
  private final Tokenizer tokenizer;
  private final int width;
  private final List<String> problems = new ArrayList<>();

  /** What a file says of a role. */
  private record Said(String file, List<Long> ids) {}

  private SpecialTokens(ExportFiles files, Tokenizer tokenizer, int width) {
    this.files = files;
    this.tokenizer = tokenizer;
    this.width = width;
  }

  /**
   * What is wrong, a sentence each.
   *
   * @param width how many tokens the model knows
   */
  static List<String> problems(ExportFiles files, Tokenizer tokenizer, int width) {
    SpecialTokens tokens = new SpecialTokens(files, tokenizer, width);
    ROLES.forEach(tokens::role);
    return tokens.problems;
  }

  private void role(String role) {
    Map<String, String> named = new LinkedHashMap<>();
    NAMING.forEach(file -> name(file, role).ifPresent(token -> named.put(file, token)));
    List<Said> said = new ArrayList<>();
    named.forEach(
        (file, token) -> {
          Long id = tokenizer.vocabulary().get(token);
          if (id == null) {
            problems.add(
                "%s names '%s' as %s_token, which is not in the vocabulary%s"
                    .formatted(
                        file,
                        token,
                        role,
                        Nearest.to(token, tokenizer.vocabulary().keySet())
                            .map(near -> "; the nearest is '" + near + "'")
                            .orElse("")));
          } else {
            said.add(new Said(file, List.of(id)));
          }
        });
    for (String file : ExportFiles.withIds()) {
      List<Long> ids = files.ids(file, role).stream().filter(id -> id >= 0).toList();
      ids.stream()
          .filter(id -> id >= width)
          .forEach(
              id ->
                  problems.add(
                      "%s gives %d as %s_token_id, but the model knows %d tokens"
                          .formatted(file, id, role, width)));
      if (!ids.isEmpty()) {
        said.add(new Said(file, ids));
      }
    }
    said.stream()
        .skip(1)
        .filter(other -> Collections.disjoint(other.ids, said.get(0).ids))
        .forEach(
            other ->
                problems.add(
                    "the %s token is %s by %s and %s by %s"
                        .formatted(
                            role,
                            shown(said.get(0).ids),
                            said.get(0).file,
                            shown(other.ids),
                            other.file)));
  }

  private Optional<String> name(String file, String role) {
    JsonNode token = files.json(file).path(role + "_token");
    JsonNode content = token.isObject() ? token.path("content") : token;
    return content.isString() ? Optional.of(content.asString()) : Optional.empty();
  }

  private String shown(List<Long> ids) {
    return ids.stream()
        .map(id -> "%d ('%s')".formatted(id, tokenizer.name(id)))
        .collect(Collectors.joining(" or "));
  }
}
