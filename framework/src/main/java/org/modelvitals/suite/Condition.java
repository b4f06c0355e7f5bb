package org.modelvitals.suite;

import java.util.List;
import org.modelvitals.unit.Quantity;

/**
 * What a measurement must fulfil. Written as text in YAML, and printed so in reports; {@link
 * Conditions#parse} reads back what {@code toString} writes.
 */
public sealed interface Condition {

  /** Whether it is about the whole interval of a number, and not about the number alone. */
  default boolean surely() {
    return false;
  }

  /** {@code >= 97 %}, {@code <= 3 ms}, {@code > 0}, {@code = 17}, {@code surely >= 97 %}. */
  record Compare(Operator operator, Quantity limit, boolean surely) implements Condition {
    @Override
    public String toString() {
      return (surely ? "surely " : "") + operator.symbol() + " " + limit;
    }
  }

  /**
   * {@code >= baseline - 0.5 %}, {@code <= 1.2 x baseline}, {@code surely >= baseline}: against
   * what the approved run measured, on the same rows where rows can be paired.
   */
  record AgainstBaseline(Operator operator, BaselineLimit limit, boolean surely)
      implements Condition {
    @Override
    public String toString() {
      return (surely ? "surely " : "") + operator.symbol() + " " + limit;
    }
  }

  /** {@code between 17 and 21}, both included; {@code surely between 1 ms and 3 ms}. */
  record Between(Quantity low, Quantity high, boolean surely) implements Condition {
    public Between(Quantity low, Quantity high) {
      this(low, high, false);
    }

    @Override
    public String toString() {
      return (surely ? "surely " : "") + "between " + low + " and " + high;
    }
  }

  /** {@code 0.9891 ± 0.0001}, {@code surely 0.9891 ± 0.0001}; YAML may write {@code +-}. */
  record Near(Quantity target, Quantity tolerance, boolean surely) implements Condition {
    public Near(Quantity target, Quantity tolerance) {
      this(target, tolerance, false);
    }

    public Near {
      if (tolerance.value() < 0) {
        throw new IllegalArgumentException(
            "the tolerance in '%s ± %s' is negative; nothing is that near"
                .formatted(target, tolerance));
      }
    }

    @Override
    public String toString() {
      return (surely ? "surely " : "") + target + " ± " + tolerance;
    }
  }

  /** {@code is float32[batch, 10]}. */
  record Is(String text) implements Condition {
    @Override
    public String toString() {
      return "is " + text;
    }
  }

  /** {@code one of a, b}. */
  record OneOf(List<String> texts) implements Condition {
    public OneOf {
      texts = List.copyOf(texts);
    }

    @Override
    public String toString() {
      return "one of " + String.join(", ", texts);
    }
  }

  /** {@code only Conv, Relu}: each item of the text is in the list. */
  record Only(List<String> items) implements Condition {
    public Only {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return "only " + String.join(", ", items);
    }
  }

  /** {@code none of Loop, If}: no item of the text is in the list. */
  record None(List<String> items) implements Condition {
    public None {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return "none of " + String.join(", ", items);
    }
  }

  /** {@code contains Conv, Relu}: each item of the list is one of the text. */
  record Contains(List<String> items) implements Condition {
    public Contains {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return "contains " + String.join(", ", items);
    }
  }

  /** {@code matches skl2onnx.*}. */
  record Matches(String regex) implements Condition {
    @Override
    public String toString() {
      return "matches " + regex;
    }
  }

  /** Comparisons of numbers. */
  enum Operator {
    AT_LEAST(">=", "at least"),
    AT_MOST("<=", "at most"),
    MORE_THAN(">", "more than"),
    LESS_THAN("<", "less than"),
    EQUAL("=", "exactly"),
    NOT_EQUAL("!=", "other than");

    private final String symbol;
    private final String words;

    Operator(String symbol, String words) {
      this.symbol = symbol;
      this.words = words;
    }

    public String symbol() {
      return symbol;
    }

    static Operator ofSymbol(String symbol) {
      for (Operator operator : values()) {
        if (operator.symbol.equals(symbol)) {
          return operator;
        }
      }
      throw new IllegalArgumentException("there is no comparison '%s'".formatted(symbol));
    }

    public String words() {
      return words;
    }
  }
}
