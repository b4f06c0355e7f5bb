package org.modelvitals.checks.quality;

import org.jspecify.annotations.Nullable;
import org.modelvitals.statistics.Moments;

/** What is counted of classified rows, of all or of a slice, for the measurements. */
final class Scores {
  /** Up to how many classes the ranks of scores are kept, which takes memory for every class. */
  static final int MOST_RANKED = 256;

  /** The same, of a slice: there may be a thousand of them. */
  static final int MOST_RANKED_IN_SLICE = 16;

  private static final int KEPT = 1 << 22;
  private static final int KEPT_IN_SLICE = 1 << 16;

  final Counts counts = new Counts();
  final Confusion confusion = new Confusion();
  final Truths truths = new Truths();
  long brokenRows;
  long irregularRows;
  final FirstRows irregular = new FirstRows();
  final Moments loss = new Moments();
  final Moments brier = new Moments();
  final Calibration calibration = new Calibration();
  final long[] ranks;
  final @Nullable RankScores[] areas;
  private final int positive;

  /**
   * @param classes how many classes have scores; 0 if the output holds labels
   * @param positive the class that binary scores are about; -1 if there are not two classes
   * @param deepest the largest k of top-k accuracy
   * @param slice whether these are some of the rows only
   */
  Scores(int classes, int positive, int deepest, boolean slice) {
    this.positive = positive;
    this.ranks = new long[deepest + 1];
    boolean ranked = classes > 1 && classes <= (slice ? MOST_RANKED_IN_SLICE : MOST_RANKED);
    int kept = slice ? KEPT_IN_SLICE : KEPT;
    this.areas = new RankScores[ranked ? classes : 0];
    for (int i = 0; i < areas.length; i++) {
      // Of two classes one score says all.
      areas[i] =
          positive >= 0 && i != positive ? null : new RankScores(Math.max(1024, kept / classes));
    }
  }

  /** Counts a row whose output holds a number that is none. */
  void addBroken(int truth) {
    brokenRows++;
    count(truth, -1);
  }

  /** Counts a row whose output is the class itself. */
  void addLabel(int truth, int said) {
    count(truth, said);
  }

  private void count(int truth, int said) {
    counts.add(truth, said);
    confusion.add(truth, said);
  }

  /**
   * Counts a row with probabilities.
   *
   * @param said the most probable class
   * @param logLoss the negative log-probability of the true class
   * @param regular whether they are probabilities that sum to one
   */
  void addProbabilities(
      int truth, int said, double[] probabilities, double logLoss, boolean regular) {
    count(truth, said);
    if (areas.length > 0 && positive < 0) {
      truths.add(truth);
    }
    ranks[Math.min(rank(truth, probabilities), ranks.length - 1)]++;
    for (int i = 0; i < areas.length; i++) {
      RankScores area = areas[i];
      if (area != null) {
        area.add(probabilities[i], truth == i);
      }
    }
    if (!regular) {
      irregularRows++;
      return;
    }
    loss.add(logLoss);
    brier.add(brier(probabilities, truth));
    calibration.add(probabilities[said], said == truth);
  }

  /** How many classes are more probable than the true one; of equal ones the first is. */
  static int rank(int truth, double[] probabilities) {
    int rank = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[truth]
          || (probabilities[i] == probabilities[truth] && i < truth)) {
        rank++;
      }
    }
    return rank;
  }

  double brier(double[] probabilities, int truth) {
    if (positive >= 0) {
      double error = probabilities[positive] - (truth == positive ? 1 : 0);
      return error * error;
    }
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      double error = probabilities[i] - (i == truth ? 1 : 0);
      sum += error * error;
    }
    return sum;
  }

  /** Takes in other scores; {@code place} has the number here of each class there. */
  void merge(Scores other, int[] place) {
    counts.merge(other.counts, place);
    confusion.merge(other.confusion, place);
    truths.merge(other.truths, place);
    brokenRows += other.brokenRows;
    irregularRows += other.irregularRows;
    irregular.merge(other.irregular, place);
    loss.merge(other.loss);
    brier.merge(other.brier);
    calibration.merge(other.calibration);
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] += other.ranks[i];
    }
    for (int i = 0; i < areas.length; i++) {
      RankScores mine = areas[i];
      RankScores theirs = other.areas[i];
      if (mine != null && theirs != null) {
        mine.merge(theirs);
      }
    }
  }
}
