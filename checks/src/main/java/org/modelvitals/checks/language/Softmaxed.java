package org.modelvitals.checks.language;

import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.reading.Evidence;
import org.modelvitals.unit.Unit;

/** What is said of a model whose outputs are probabilities and no logits. */
final class Softmaxed {
  static final String NAME = "softmaxed outputs";

  /** Of the probes that score continuations. */
  static final MeasurementInfo OF_CONTINUATIONS =
      MeasurementInfo.number(
          NAME,
          Unit.NUMBER,
          "How many continuations were scored by outputs that are probabilities already, and no"
              + " logits; expected to be none.");

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
