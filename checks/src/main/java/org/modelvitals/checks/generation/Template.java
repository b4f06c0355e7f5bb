package org.modelvitals.checks.generation;

import java.util.ArrayList;
import java.util.List;
import org.modelvitals.data.DataRow;

/** A text with places for columns: {@code Question: {question}}. Doubled braces stand for one. */
record Template(List<Part> parts) {

  /** Text as it is, or the name of a column. */
  record Part(String text, boolean isColumn) {}

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException with the place if a brace has no partner
   */
  static Template parse(String template) {
    List<Part> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      boolean doubled = i + 1 < template.length() && template.charAt(i + 1) == c;
      if ((c == '{' || c == '}') && doubled) {
        text.append(c);
        i++;
      } else if (c == '{') {
        int end = template.indexOf('}', i);
        if (end <= i + 1) {
          throw new IllegalArgumentException(
              "template: the '{' at character %d opens no column; write {column}, or {{ for a brace"
                  .formatted(i + 1));
        }
        parts.add(new Part(text.toString(), false));
        parts.add(new Part(template.substring(i + 1, end), true));
        text.setLength(0);
        i = end;
      } else if (c == '}') {
        throw new IllegalArgumentException(
            "template: the '}' at character %d closes nothing; write }} for a brace"
                .formatted(i + 1));
      } else {
        text.append(c);
      }
    }
    parts.add(new Part(text.toString(), false));
    return new Template(parts);
  }

  /**
   * The text for a row.
   *
   * @throws org.modelvitals.data.DataException with the nearest name if a column is not there
   */
  String fill(DataRow row) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.isColumn() ? row.text(part.text()) : part.text()));
    return text.toString();
  }
}
