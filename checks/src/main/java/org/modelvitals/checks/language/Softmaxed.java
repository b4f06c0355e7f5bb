package org.modelvitals.checks.language;

import org.modelvitals.reading.Evidence;

/** What is said of a model whose outputs are probabilities and no logits. */
final class Softmaxed {
  private Softmaxed() {}

  /**
   * @param where where that was seen first, as in {@code at text 1}
   */
  static Evidence note(String where) {
    return new Evidence.Note(
        "Probabilities instead of logits",
        ("the outputs %s are probabilities already: they sum to one and none is negative; the graph"
                + " ends in a softmax, and what is computed from it as from logits is wrong")
            .formatted(where));
  }
}
