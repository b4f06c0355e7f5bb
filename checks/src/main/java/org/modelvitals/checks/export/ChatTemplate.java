package org.modelvitals.checks.export;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.modelvitals.data.DataException;
import org.modelvitals.language.Tokenizer;
import tools.jackson.databind.JsonNode;

/** The chat template of an export, wherever it stands. */
final class ChatTemplate {
  private static final String FILE = "chat_template.jinja";

  /** Tokens of this form are special ones by agreement; a template writes them out. */
  private static final Pattern SPECIAL =
      Pattern.compile("<\\|[A-Za-z0-9_]+\\|>|<(?:start|end)_of_turn>");

  private ChatTemplate() {}

  /** All templates together, if there are any. */
  static Optional<String> find(ExportFiles files) {
    List<String> found = new ArrayList<>();
    add(found, files.json("tokenizer_config.json").path("chat_template"));
    add(found, files.json("chat_template.json").path("chat_template"));
    files.find(FILE).ifPresent(file -> found.add(read(file)));
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", found));
  }

  /** One template, or several with a name each. */
  private static void add(List<String> found, JsonNode template) {
    if (template.isString()) {
      found.add(template.asString());
    }
    template.forEach(named -> add(found, named.path("template")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new DataException("%s is not UTF-8".formatted(FILE), e);
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(FILE, e.getMessage()), e);
    }
  }

  /**
   * What is wrong, a sentence each.
   *
   * @param expected whether there must be a template
   */
  static List<String> problems(Optional<String> template, boolean expected, Tokenizer tokenizer) {
    if (template.isEmpty()) {
      return expected
          ? List.of(
              "there is no chat template, neither in tokenizer_config.json nor in chat_template.json"
                  + " or "
                  + FILE)
          : List.of();
    }
    Set<String> known = tokenizer.vocabulary().keySet();
    return SPECIAL
        .matcher(template.get())
        .results()
        .map(match -> match.group())
        .distinct()
        .filter(token -> !known.contains(token))
        .map("the chat template writes '%s', which is no token"::formatted)
        .collect(Collectors.toList());
  }
}
