package org.modelvitals.checks.generation;

import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/** Tells JSON values apart but not spellings of a number: 1, 1.0 and 1e0 are one. */
final class NumbersByValue {

  /** 0 for nodes that are equal; for {@link JsonNode#equals(Comparator, JsonNode)}. */
  static final Comparator<JsonNode> COMPARATOR =
      (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
          return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
      };

  private NumbersByValue() {}
}
