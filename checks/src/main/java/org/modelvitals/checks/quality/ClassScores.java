package org.modelvitals.checks.quality;

import java.util.function.IntToDoubleFunction;

/**
 * Measures of agreement between labels and predictions, from how often classes were true, predicted
 * and both. A share of nothing counts as 0, as in scikit-learn; what is undefined is NaN.
 */
final class ClassScores {
  private static final double ALMOST_NOTHING = 1e-12;

  private final Counts counts;
  private final long said;

  /**
   * @param said for how many rows the model says a class
   */
  ClassScores(Counts counts, long said) {
    this.counts = counts;
    this.said = said;
  }

  double recall(int index) {
    return ratio(counts.hits(index), counts.labelled(index));
  }

  double precision(int index) {
    return ratio(counts.hits(index), counts.predicted(index));
  }

  double f1(int index) {
    return ratio(2 * counts.hits(index), counts.labelled(index) + counts.predicted(index));
  }

  /** The mean recall of the classes that have rows. */
  double balancedAccuracy() {
    double sum = 0;
    int classes = 0;
    for (int i = 0; i < counts.classes(); i++) {
      if (counts.labelled(i) > 0) {
        sum += recall(i);
        classes++;
      }
    }
    return sum / classes;
  }

  double macroRecall() {
    return macro(this::recall);
  }

  double macroPrecision() {
    return macro(this::precision);
  }

  double macroF1() {
    return macro(this::f1);
  }

  private double macro(IntToDoubleFunction value) {
    double sum = 0;
    int classes = 0;
    for (int i = 0; i < counts.classes(); i++) {
      if (counts.occurs(i)) {
        sum += value.applyAsDouble(i);
        classes++;
      }
    }
    return sum / classes;
  }

  double weightedPrecision() {
    return weighted(this::precision);
  }

  double weightedF1() {
    return weighted(this::f1);
  }

  private double weighted(IntToDoubleFunction value) {
    double sum = 0;
    for (int i = 0; i < counts.classes(); i++) {
      sum += value.applyAsDouble(i) * counts.labelled(i);
    }
    return sum / counts.rows();
  }

  double accuracy() {
    return ratio(counts.right(), counts.rows());
  }

  double microPrecision() {
    return ratio(counts.right(), said);
  }

  double microF1() {
    return ratio(2 * counts.right(), counts.rows() + said);
  }

  /** Cohen's kappa; NaN if all labels and all predictions are of one class. */
  double kappa() {
    double chance = chance();
    return chance >= 1 ? Double.NaN : (accuracy() - chance) / (1 - chance);
  }

  /** How often labels and predictions agree if they have nothing to do with each other. */
  double chance() {
    double rows = (double) counts.rows();
    double chance = 0;
    for (int i = 0; i < counts.classes(); i++) {
      chance += counts.labelled(i) / rows * (counts.predicted(i) / rows);
    }
    return chance;
  }

  /** Whether all labels are of one class. */
  boolean hasOneLabel() {
    return squares(counts::labelled) >= 1 - ALMOST_NOTHING;
  }

  /** Matthews' correlation (Gorodkin 2004); NaN if all labels, or all predictions, are alike. */
  double matthews() {
    double unsaid = (double) (counts.rows() - said) / counts.rows();
    double spread =
        Math.sqrt(
            (1 - squares(counts::labelled)) * (1 - squares(counts::predicted) - unsaid * unsaid));
    return spread > ALMOST_NOTHING ? (accuracy() - chance()) / spread : Double.NaN;
  }

  private double squares(IntToCount count) {
    double sum = 0;
    for (int i = 0; i < counts.classes(); i++) {
      double share = (double) count.of(i) / counts.rows();
      sum += share * share;
    }
    return sum;
  }

  private interface IntToCount {
    long of(int index);
  }

  private static double ratio(long some, long all) {
    return all == 0 ? 0 : (double) some / all;
  }
}
