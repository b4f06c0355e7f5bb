package org.modelvitals.checks.invariance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.quality.OutputKind;
import org.modelvitals.checks.quality.PredictionOutput;
import org.modelvitals.checks.slices.SliceValues;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.Value;

/** Reads answers from outputs, whose buffers the next call uses again. */
final class AnswerReader {
  private final @Nullable String wanted;
  private @Nullable PredictionOutput output;

  AnswerReader(@Nullable String wanted) {
    this.wanted = wanted;
  }

  /** The answers of a batch of so many rows. */
  List<Answer> read(Map<String, Value> outputs, int rows) {
    PredictionOutput chosen = output;
    if (chosen == null) {
      chosen = PredictionOutput.choose(outputs, wanted, OutputKind.AUTO, rows);
      output = chosen;
    }
    List<Answer> answers = new ArrayList<>();
    switch (chosen.form()) {
      case MAPS -> chosen.maps(outputs, rows).forEach(map -> answers.add(ofMap(map)));
      case LABELS -> {
        Tensor tensor = chosen.tensor(outputs, rows);
        for (int row = 0; row < rows; row++) {
          answers.add(Answer.ofLabel(label(tensor, row)));
        }
      }
      case SCORES -> {
        Tensor tensor = chosen.tensor(outputs, rows);
        for (int row = 0; row < rows; row++) {
          double[] scores = new double[chosen.width()];
          for (int i = 0; i < scores.length; i++) {
            scores[i] = tensor.getDouble(row * scores.length + i);
          }
          answers.add(Answer.ofScores(scores));
        }
      }
    }
    return answers;
  }

  private static String label(Tensor tensor, int row) {
    return tensor.type() == ElementType.STRING
        ? tensor.strings()[row]
        : SliceValues.text(
            tensor.type().isFloating()
                ? (Object) tensor.getDouble(row)
                : (Object) tensor.getLong(row));
  }

  /** Scores in the order of their keys, as a classification has them. */
  private static Answer ofMap(Map<Object, Double> map) {
    return Answer.ofScores(
        map.entrySet().stream()
            .sorted(
                Comparator.comparingLong(
                        (Map.Entry<Object, Double> entry) ->
                            entry.getKey() instanceof Number number ? number.longValue() : 0)
                    .thenComparing(entry -> entry.getKey().toString()))
            .mapToDouble(Map.Entry::getValue)
            .toArray());
  }
}
