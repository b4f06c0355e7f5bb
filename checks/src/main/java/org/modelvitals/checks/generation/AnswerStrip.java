package org.modelvitals.checks.generation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.reading.Evidence;
import org.modelvitals.unit.Unit;

/** How sure a model was of each token of an answer: where it begins to go wrong is often seen. */
final class AnswerStrip {
  private static final int MOST = 200;

  private AnswerStrip() {}

  /** The answer's tokens with their log-probabilities; null for an answer without any. */
  static @Nullable Evidence of(Answer answer) {
    List<Long> tokens = answer.generated().tokens();
    List<Double> probabilities = answer.generated().logProbabilities();
    int shown = Math.min(MOST, tokens.size());
    if (shown == 0) {
      return null;
    }
    List<Evidence.Strip.Cell> cells = new ArrayList<>();
    int least = 0;
    for (int i = 0; i < shown; i++) {
      double value = probabilities.get(i);
      cells.add(
          new Evidence.Strip.Cell(
              answer.decode().apply(tokens.get(i)),
              Double.isNaN(value) ? null : (Double) value,
              null));
      least = value < probabilities.get(least) ? i : least;
    }
    return new Evidence.Strip(
        "How sure the model was of each token of the first of them", "", Unit.NATS, cells, least);
  }
}
