package org.modelvitals.checks.quality;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.Batch;
import org.modelvitals.statistics.Moments;

/** Everything counted of classified rows, under one reading of what the output holds. */
final class Tally {
  /** Up to how many classes the ranks of scores are kept, which takes memory for every class. */
  static final int MOST_RANKED = 256;

  private static final int SCORES_KEPT = 1 << 22;

  final Counts counts = new Counts();
  final Confusion confusion = new Confusion();
  final Slices<Counts> slices;
  final FirstRows wrong = new FirstRows();
  final FirstRows broken = new FirstRows();
  final FirstRows irregular = new FirstRows();
  long brokenRows;
  long irregularRows;
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
   */
  Tally(List<String> columns, int classes, int positive, int deepest) {
    this.slices = new Slices<>(columns);
    this.positive = positive;
    this.ranks = new long[deepest + 1];
    boolean ranked = classes > 1 && classes <= MOST_RANKED;
    this.areas = new RankScores[ranked ? classes : 0];
    for (int i = 0; i < areas.length; i++) {
      // Of two classes one score says all.
      areas[i] =
          positive >= 0 && i != positive
              ? null
              : new RankScores(Math.max(1024, SCORES_KEPT / classes));
    }
  }

  /** Counts a row whose output holds a number that is none. */
  void addBroken(Batch batch, int row, int truth) {
    brokenRows++;
    broken.offer(batch.index(row), () -> note(batch, row, truth, -1, Double.NaN));
    count(batch, row, truth, -1, Double.NaN);
  }

  /** Counts a row whose output is the class itself. */
  void addLabel(Batch batch, int row, int truth, int said) {
    count(batch, row, truth, said, Double.NaN);
  }

  /**
   * Counts a row with probabilities.
   *
   * @param logLoss the negative log-probability of the true class
   * @param regular whether they are probabilities that sum to one
   */
  void addProbabilities(
      Batch batch, int row, int truth, double[] probabilities, double logLoss, boolean regular) {
    int said = 0;
    int rank = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[said]) {
        said = i;
      }
      if (probabilities[i] > probabilities[truth]
          || (probabilities[i] == probabilities[truth] && i < truth)) {
        rank++;
      }
    }
    ranks[Math.min(rank, ranks.length - 1)]++;
    count(batch, row, truth, said, probabilities[said]);
    for (int i = 0; i < areas.length; i++) {
      RankScores area = areas[i];
      if (area != null) {
        area.add(probabilities[i], truth == i);
      }
    }
    if (!regular) {
      irregularRows++;
      irregular.offer(batch.index(row), () -> note(batch, row, truth, -1, Double.NaN));
      return;
    }
    loss.add(logLoss);
    brier.add(brier(probabilities, truth));
    calibration.add(probabilities[said], said == truth);
  }

  private double brier(double[] probabilities, int truth) {
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

  private void count(Batch batch, int row, int truth, int said, double probability) {
    counts.add(truth, said);
    confusion.add(truth, said);
    slices.add(batch, row, Counts::new, part -> part.add(truth, said));
    if (truth != said) {
      wrong.offer(batch.index(row), () -> note(batch, row, truth, said, probability));
    }
  }

  private static RowNote note(Batch batch, int row, int truth, int said, double probability) {
    return new RowNote(batch.index(row), batch.where(row), truth, said, probability);
  }

  /** Takes in another tally; {@code place} has the number here of each class there. */
  void merge(Tally other, int[] place) {
    counts.merge(other.counts, place);
    confusion.merge(other.confusion, place);
    slices.merge(other.slices, Counts::new, (mine, theirs) -> mine.merge(theirs, place));
    wrong.merge(other.wrong, place);
    broken.merge(other.broken, place);
    irregular.merge(other.irregular, place);
    brokenRows += other.brokenRows;
    irregularRows += other.irregularRows;
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
