package org.modelvitals.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the part of Python's literals that stands in the headers of NumPy's files: dictionaries
 * with texts as keys, tuples, lists, texts without escapes, whole numbers, {@code True} and {@code
 * False}.
 */
final class PythonLiteral {
  private static final int DEEPEST = 20;

  private final String text;
  private int at;
  private int depth;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /**
   * The value that a text is.
   *
   * @return a {@code Map} with texts as keys, a {@code List}, {@code String}, {@code Long} or
   *     {@code Boolean}
   * @throws Misfit saying what was found instead, and where
   */
  static Object parse(String text) {
    PythonLiteral literal = new PythonLiteral(text);
    Object value = literal.value();
    if (literal.peek() != END) {
      throw literal.unexpected("the end");
    }
    return value;
  }

  private static final char END = 0;

  /** The next character that is no blank. */
  private char peek() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : END;
  }

  private Object value() {
    if (++depth > DEEPEST) {
      throw unexpected("no deeper nesting");
    }
    char next = peek();
    Object value =
        switch (next) {
          case '{' -> map();
          case '(' -> list(')');
          case '[' -> list(']');
          case '\'', '"' -> string();
          default -> Character.isLetter(next) ? truth() : number();
        };
    depth--;
    return value;
  }

  private Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    at++;
    while (peek() != '}') {
      if (peek() != '\'' && peek() != '"') {
        throw unexpected("a key in quotes");
      }
      String key = string();
      expect(':');
      if (map.put(key, value()) != null) {
        throw new Misfit("the key " + Wording.quoted(key) + " twice");
      }
      separator('}');
    }
    at++;
    return map;
  }

  private List<Object> list(char close) {
    List<Object> list = new ArrayList<>();
    at++;
    while (peek() != close) {
      list.add(value());
      separator(close);
    }
    at++;
    return list;
  }

  private void separator(char close) {
    if (peek() == ',') {
      at++;
    } else if (peek() != close) {
      throw unexpected("',' or '" + close + "'");
    }
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw unexpected("'" + wanted + "'");
    }
    at++;
  }

  private String string() {
    int end = text.indexOf(text.charAt(at), at + 1);
    if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
      throw unexpected("a text in quotes, without escapes");
    }
    String string = text.substring(at + 1, end);
    at = end + 1;
    return string;
  }

  private Boolean truth() {
    for (String word : List.of("True", "False")) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word.equals("True");
      }
    }
    throw unexpected("True or False");
  }

  private Long number() {
    int begin = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    try {
      long number = Long.parseLong(text.substring(begin, at));
      if (at < text.length() && text.charAt(at) == 'L') {
        at++; // Python 2 writes its long integers so
      }
      return number;
    } catch (NumberFormatException e) {
      at = begin;
      throw unexpected("a whole number");
    }
  }

  private Misfit unexpected(String wanted) {
    String rest = at < text.length() ? Wording.quoted(text.substring(at)) : "nothing more";
    return new Misfit("%s at character %d, where %s should be".formatted(rest, at, wanted));
  }
}
