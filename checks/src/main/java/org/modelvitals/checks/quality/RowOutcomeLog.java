package org.modelvitals.checks.quality;

import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.slices.Crossing;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.data.Batch;
import org.modelvitals.reading.RowLog;
import org.modelvitals.reading.RowOutcomes;

/** Keeps what becomes of each classified row, for pairing with other runs. */
final class RowOutcomeLog {
  static final String TRUTH = "truth";
  static final String SAID = "said";
  static final String LOSS = "log loss";
  static final String BRIER = "brier score";
  static final String CONFIDENCE = "confidence";
  static final String RANK = "rank";

  private final Slicer slicer;
  private final Classes classes;
  private final RowLog log = new RowLog();

  RowOutcomeLog(Slicer slicer, Classes classes) {
    this.slicer = slicer;
    this.classes = classes;
  }

  /** The name of the column with the slices of a crossing. */
  static String slice(Crossing crossing) {
    return "slice " + crossing;
  }

  /**
   * Adds a row.
   *
   * @param said -1 if the model said nothing
   */
  void add(Batch batch, int row, int truth, int said) {
    log.begin(batch.print(row));
    log.given(TRUTH, classes.name(truth));
    slicer
        .names(column -> batch.value(row, column))
        .forEach((crossing, name) -> log.given(slice(crossing), name));
    log.said(SAID, said < 0 ? null : classes.name(said));
    if (truth != said) {
      log.place(() -> batch.where(row));
    }
  }

  /** Adds what is known of the last row's probabilities. */
  void scored(double loss, double brier, double confidence, int rank) {
    log.number(LOSS, loss);
    log.number(BRIER, brier);
    log.number(CONFIDENCE, confidence);
    log.number(RANK, rank);
  }

  void merge(RowOutcomeLog later) {
    log.merge(later.log);
  }

  @Nullable RowOutcomes outcomes() {
    return log.outcomes().orElse(null);
  }
}
