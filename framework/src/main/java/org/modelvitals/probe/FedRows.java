package org.modelvitals.probe;

import org.jspecify.annotations.Nullable;
import org.modelvitals.data.Batch;
import org.modelvitals.reading.Reading;
import org.modelvitals.reading.RowLog;

/**
 * Which rows a probe fed, for probes that keep nothing else of them: a later run on other rows is
 * not held against this one. Collects nothing where the run has no use for it. For one thread.
 */
public final class FedRows {
  private final @Nullable RowLog log;

  private FedRows(@Nullable RowLog log) {
    this.log = log;
  }

  /** For a probe that runs in {@code context}. */
  public static FedRows of(ProbeContext context) {
    return new FedRows(context.keepsRows() ? new RowLog() : null);
  }

  /** Adds the rows of a batch, which follow those of the batches before. */
  public void add(Batch batch) {
    if (log != null) {
      for (int row = 0; row < batch.rows(); row++) {
        log.begin(batch.print(row));
      }
    }
  }

  /** A reading that says which rows it is of, unless it says more of them already. */
  public Reading in(Reading reading) {
    return log == null || reading.rows() != null
        ? reading
        : new Reading(reading.measurements(), reading.evidence(), log.outcomes().orElse(null));
  }
}
