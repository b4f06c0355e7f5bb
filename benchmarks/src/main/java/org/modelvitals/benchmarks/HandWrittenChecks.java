package org.modelvitals.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * The checks of {@link WholeRuns} as somebody writes them by hand, who takes care to run the model
 * once for all of them.
 */
@TestInstance(Lifecycle.PER_CLASS)
class HandWrittenChecks {
  private final BareScores scores;

  HandWrittenChecks() throws Exception {
    try (BareClassification loop = new BareClassification(Workload.choose(), 0)) {
      scores = loop.pass(WholeRuns.BATCH);
    }
  }

  @Test
  void is_accurate() {
    assertTrue(scores.accuracy() >= 0.9);
  }

  @Test
  void has_the_class_among_three() {
    assertTrue(scores.topThree() >= 0.95);
  }

  @Test
  void loses_little() {
    assertTrue(scores.logLoss() <= 1);
  }

  @Test
  void is_calibrated() {
    assertTrue(scores.calibrationError() <= 0.5);
  }

  @Test
  void ranks_rows() {
    assertTrue(scores.macroAuc() >= 0.9);
  }
}
