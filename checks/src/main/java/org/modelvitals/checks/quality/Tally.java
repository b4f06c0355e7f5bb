package org.modelvitals.checks.quality;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.checks.slices.Slices;
import org.modelvitals.checks.slices.WeakSlices;
import org.modelvitals.data.Batch;

/** Everything counted of classified rows, under one reading of what the output holds. */
final class Tally {
  final Scores all;
  final Slices<Scores> slices;
  final Optional<WeakSlices> weak;
  final Confusion confusion;
  final FirstRows wrong = new FirstRows();
  final FirstRows broken = new FirstRows();
  final @Nullable RowOutcomeLog rows;

  /**
   * @param classes how many classes have scores; 0 if the output holds labels
   * @param positive the class that binary scores are about; -1 if there are not two classes
   * @param deepest the largest k of top-k accuracy
   * @param rows keeps what becomes of each row; null if nobody wants to know
   */
  Tally(Slicer slicer, int classes, int positive, int deepest, @Nullable RowOutcomeLog rows) {
    this.all = new Scores(classes, positive, deepest, false);
    this.confusion = all.confusion;
    this.rows = rows;
    Supplier<Scores> fresh = () -> new Scores(classes, positive, deepest, true);
    this.slices = slicer.slices(fresh);
    this.weak = slicer.search();
  }

  /** Counts a row whose output holds a number that is none. */
  void addBroken(Batch batch, int row, int truth) {
    broken.offer(batch.index(row), () -> note(batch, row, truth, -1, Double.NaN));
    count(batch, row, truth, -1, Double.NaN, scores -> scores.addBroken(truth));
  }

  /** Counts a row whose output is the class itself. */
  void addLabel(Batch batch, int row, int truth, int said) {
    count(batch, row, truth, said, Double.NaN, scores -> scores.addLabel(truth, said));
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
    for (int i = 0; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[said]) {
        said = i;
      }
    }
    int likeliest = said;
    count(
        batch,
        row,
        truth,
        likeliest,
        probabilities[likeliest],
        scores -> {
          scores.addProbabilities(truth, likeliest, probabilities, logLoss, regular);
          if (!regular) {
            scores.irregular.offer(batch.index(row), () -> note(batch, row, truth, -1, Double.NaN));
          }
        });
    if (rows != null && regular) {
      rows.scored(
          logLoss,
          all.brier(probabilities, truth),
          probabilities[likeliest],
          Scores.rank(truth, probabilities));
    }
  }

  private void count(
      Batch batch, int row, int truth, int said, double probability, Consumer<Scores> count) {
    count.accept(all);
    slices.add(column -> batch.value(row, column), count);
    weak.ifPresent(search -> search.add(column -> batch.value(row, column), truth == said ? 0 : 1));
    if (rows != null) {
      rows.add(batch, row, truth, said);
    }
    if (truth != said) {
      wrong.offer(batch.index(row), () -> note(batch, row, truth, said, probability));
    }
  }

  private static RowNote note(Batch batch, int row, int truth, int said, double probability) {
    return new RowNote(batch.index(row), batch.where(row), truth, said, probability);
  }

  /** Takes in another tally; {@code place} has the number here of each class there. */
  void merge(Tally other, int[] place) {
    all.merge(other.all, place);
    slices.merge(other.slices, (mine, theirs) -> mine.merge(theirs, place));
    weak.ifPresent(mine -> other.weak.ifPresent(mine::merge));
    if (rows != null && other.rows != null) {
      rows.merge(other.rows);
    }
    wrong.merge(other.wrong, place);
    broken.merge(other.broken, place);
  }
}
