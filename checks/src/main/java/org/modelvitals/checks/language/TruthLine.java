package org.modelvitals.checks.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.modelvitals.data.DataException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of a file of texts and what is known of what comes next.
 *
 * @param next the true probabilities of all tokens that may come next; empty if they are not known
 * @param expected tokens of which one should come next
 * @param forbidden tokens that must not come next
 */
record TruthLine(
    String text, Map<String, Double> next, List<String> expected, List<String> forbidden) {

  /**
   * Reads a line.
   *
   * @param where its file and number, for messages
   * @param written whether texts and tokens are texts; else they may also be ids
   * @throws DataException if it does not have {@code text} and something that is known
   */
  static TruthLine parse(String line, String where, boolean written) {
    JsonNode node;
    try {
      node = JsonMapper.shared().readTree(line);
    } catch (JacksonException e) {
      throw new DataException("%s: no JSON: %s".formatted(where, e.getOriginalMessage()), e);
    }
    JsonNode text = node.path("text");
    List<String> expected = tokens(node.path("expected"), "expected", where, written);
    List<String> forbidden = tokens(node.path("forbidden"), "forbidden", where, written);
    JsonNode next = node.path("next");
    boolean nothing = next.isMissingNode() && expected.isEmpty() && forbidden.isEmpty();
    boolean wrong = !next.isMissingNode() && (!next.isObject() || next.isEmpty());
    boolean ids =
        !written && text.isArray() && text.valueStream().allMatch(JsonNode::isIntegralNumber);
    if (!(text.isString() || ids) || nothing || wrong) {
      throw new DataException(
          "%s: expected an object with 'text', a string, and 'next', a map from token to"
                  .formatted(where)
              + " probability, or 'expected' or 'forbidden', a token or a list of tokens");
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
    return new TruthLine(ids ? joined(text) : text.asString(), probabilities, expected, forbidden);
  }

  /** A list of ids, for a model without a tokenizer. */
  private static String joined(JsonNode ids) {
    return ids.valueStream().map(JsonNode::asString).collect(Collectors.joining(" "));
  }

  private static List<String> tokens(JsonNode node, String key, String where, boolean written) {
    List<String> tokens = new ArrayList<>();
    if (node.isString() || (!written && node.isIntegralNumber())) {
      tokens.add(node.asString());
    } else if (node.isArray()) {
      for (JsonNode token : node) {
        if (!token.isString() && (written || !token.isIntegralNumber())) {
          throw new DataException(
              "%s: %s in '%s' is no token; expected a text".formatted(where, token, key));
        }
        tokens.add(token.asString());
      }
    } else if (!node.isMissingNode()) {
      throw new DataException(
          "%s: '%s' is %s; expected a token or a list of tokens".formatted(where, key, node));
    }
    return tokens;
  }
}
