package org.modelvitals.record;

import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Lays a document out so that it reads and differs well: short objects and lists of plain values on
 * one line, everything else an entry a line.
 */
final class JsonLayout {
  private static final int LINE = 100;

  /** Halves of surrogate pairs, which UTF-8 cannot carry; pairs count as one character here. */
  private static final Pattern UNPAIRED_SURROGATE = Pattern.compile("\\p{Cs}");

  private JsonLayout() {}

  static String print(JsonNode document) {
    StringBuilder out = new StringBuilder();
    print(document, "\n", out);
    // Outside of texts JSON has no such characters, so this is an escape within a text.
    return UNPAIRED_SURROGATE
        .matcher(out.append('\n'))
        .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0)));
  }

  private static void print(JsonNode node, String newLine, StringBuilder out) {
    if (fitsOnOneLine(node)) {
      out.append(node);
      return;
    }
    String inner = newLine + "  ";
    out.append(node.isObject() ? '{' : '[');
    String separator = inner;
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        out.append(separator).append(quoted(entry.getKey())).append(": ");
        print(entry.getValue(), inner, out);
        separator = "," + inner;
      }
    } else {
      for (Iterator<JsonNode> items = node.iterator(); items.hasNext(); separator = "," + inner) {
        out.append(separator);
        print(items.next(), inner, out);
      }
    }
    out.append(newLine).append(node.isObject() ? '}' : ']');
  }

  private static String quoted(String name) {
    return tools.jackson.databind.node.StringNode.valueOf(name).toString();
  }

  private static boolean fitsOnOneLine(JsonNode node) {
    if (!node.isContainer()) {
      return true;
    }
    boolean plain = node.valueStream().noneMatch(child -> child.isContainer() && !child.isEmpty());
    return plain && (node.isArray() || node.toString().length() <= LINE);
  }
}
