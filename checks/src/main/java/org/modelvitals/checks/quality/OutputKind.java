package org.modelvitals.checks.quality;

/** What a classifier's output holds. */
public enum OutputKind {
  /**
   * Told by the output: integers, texts and booleans with one value a row are labels, maps hold
   * probabilities, and numbers are probabilities if in every row they lie in 0..1 and, where there
   * is more than one, sum to one within 0.001; otherwise they are logits.
   */
  AUTO,
  /** Scores before softmax; one score a row is before the sigmoid. */
  LOGITS,
  PROBABILITIES,
  /** The predicted class itself, by name or number. */
  LABELS
}
