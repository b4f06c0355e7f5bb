package org.modelvitals.checks.language;

import java.util.LinkedHashMap;
import java.util.Map;
import org.modelvitals.data.DataException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One line of a file of texts and the true probabilities of what comes next. */
record TruthLine(String text, Map<String, Double> next) {

  /**
   * Reads a line.
   *
   * @param where its file and number, for messages
   * @throws DataException if it does not have {@code text} and {@code next}
   */
  static TruthLine parse(String line, String where) {
    JsonNode node;
    try {
      node = JsonMapper.shared().readTree(line);
    } catch (JacksonException e) {
      throw new DataException("%s: no JSON: %s".formatted(where, e.getOriginalMessage()), e);
    }
    JsonNode text = node.path("text");
    JsonNode next = node.path("next");
    if (!text.isString() || !next.isObject() || next.isEmpty()) {
      throw new DataException(
          "%s: expected an object with 'text', a string, and 'next', a map from token to"
                  .formatted(where)
              + " probability");
    }
    Map<String, Double> probabilities = new LinkedHashMap<>();
    next.properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isNumber()) {
                throw new DataException(
                    "%s: the probability of '%s' is %s; expected a number"
                        .formatted(where, entry.getKey(), entry.getValue()));
              }
              probabilities.put(entry.getKey(), entry.getValue().asDouble());
            });
    return new TruthLine(text.asString(), probabilities);
  }
}
