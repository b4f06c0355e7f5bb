package org.modelvitals.record;

import java.util.HexFormat;
import java.util.Map;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;

/**
 * Lays a document out so that it reads and differs well: short objects and lists of plain values on
 * one line, everything else an entry a line.
 */
final class JsonLayout {
  private static final int LINE = 100;

  private final StringBuilder out = new StringBuilder();
  private final JsonStringEncoder encoder = JsonStringEncoder.getInstance();

  private final boolean breaksLists;

  private JsonLayout(boolean breaksLists) {
    this.breaksLists = breaksLists;
  }

  static String print(JsonNode document) {
    return print(document, false);
  }

  /**
   * @param breaksLists whether long lists of plain values have an entry a line, too
   */
  static String print(JsonNode document, boolean breaksLists) {
    JsonLayout layout = new JsonLayout(breaksLists);
    layout.print(document, "\n");
    return layout.out.append('\n').toString();
  }

  private void print(JsonNode node, String newLine) {
    int start = out.length();
    if (isPlain(node)) {
      line(node);
      if (!(node.isObject() || (breaksLists && node.isArray())) || out.length() - start <= LINE) {
        return;
      }
      out.setLength(start);
    }
    String inner = newLine + "  ";
    out.append(node.isObject() ? '{' : '[');
    String separator = inner;
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        out.append(separator);
        quote(entry.getKey());
        out.append(": ");
        print(entry.getValue(), inner);
        separator = "," + inner;
      }
    } else {
      for (JsonNode item : node) {
        out.append(separator);
        print(item, inner);
        separator = "," + inner;
      }
    }
    out.append(newLine).append(node.isObject() ? '}' : ']');
  }

  /** Whether a node holds nothing that holds something. */
  private static boolean isPlain(JsonNode node) {
    for (JsonNode child : node) {
      if (child.isContainer() && !child.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Appends a node on one line. */
  private void line(JsonNode node) {
    if (node.isObject()) {
      char separator = '{';
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        out.append(separator);
        quote(entry.getKey());
        out.append(':');
        line(entry.getValue());
        separator = ',';
      }
      out.append(node.isEmpty() ? "{}" : "}");
    } else if (node.isArray()) {
      char separator = '[';
      for (JsonNode item : node) {
        out.append(separator);
        line(item);
        separator = ',';
      }
      out.append(node.isEmpty() ? "[]" : "]");
    } else if (node.isString() || isNoJsonNumber(node)) {
      quote(node.asString());
    } else {
      out.append(node.isNull() ? "null" : node.asString());
    }
  }

  private static boolean isNoJsonNumber(JsonNode node) {
    return node.isNumber() && !Double.isFinite(node.doubleValue());
  }

  private void quote(String text) {
    out.append('"');
    int start = out.length();
    encoder.quoteAsString(text, out);
    for (int i = start; i < out.length(); i++) {
      if (Character.isSurrogate(out.charAt(i))) {
        i = surrogate(i);
      }
    }
    out.append('"');
  }

  /** Half of a surrogate pair, which UTF-8 cannot carry, is escaped. Returns where a pair ends. */
  private int surrogate(int at) {
    char first = out.charAt(at);
    if (at + 1 < out.length() && Character.isSurrogatePair(first, out.charAt(at + 1))) {
      return at + 1;
    }
    out.replace(at, at + 1, "\\u" + HexFormat.of().toHexDigits(first));
    return at + 5;
  }
}
