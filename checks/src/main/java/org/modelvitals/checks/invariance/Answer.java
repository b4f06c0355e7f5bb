package org.modelvitals.checks.invariance;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a model says of one row: a label, or scores. */
final class Answer {
  private final @Nullable String label;
  private final double[] scores;

  private Answer(@Nullable String label, double[] scores) {
    this.label = label;
    this.scores = scores;
  }

  static Answer ofLabel(String label) {
    return new Answer(label, new double[0]);
  }

  static Answer ofScores(double[] scores) {
    return new Answer(null, scores);
  }

  boolean isLabel() {
    return label != null;
  }

  boolean isFinite() {
    return Arrays.stream(scores).allMatch(Double::isFinite);
  }

  int width() {
    return scores.length;
  }

  double score(int index) {
    return scores[index];
  }

  /** The largest difference of a score. */
  double apart(Answer other) {
    double most = 0;
    for (int i = 0; i < Math.min(scores.length, other.scores.length); i++) {
      most = Math.max(most, Math.abs(scores[i] - other.scores[i]));
    }
    return most;
  }

  /**
   * The class.
   *
   * @param classes their names, as far as they have some
   * @param threshold of a single score
   */
  String name(List<String> classes, @Nullable Double threshold) {
    String said = label;
    if (said != null) {
      return said;
    }
    if (scores.length == 1) {
      return threshold == null ? shown(scores[0]) : named(scores[0] >= threshold ? 1 : 0, classes);
    }
    int largest = 0;
    for (int i = 1; i < scores.length; i++) {
      largest = scores[i] > scores[largest] ? i : largest;
    }
    return named(largest, classes);
  }

  private static String named(int index, List<String> classes) {
    return index < classes.size() ? classes.get(index) : Integer.toString(index);
  }

  static String shown(double value) {
    return String.format(Locale.ROOT, "%.5g", value);
  }
}
