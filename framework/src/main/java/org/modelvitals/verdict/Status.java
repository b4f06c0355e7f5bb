package org.modelvitals.verdict;

/** What can be said of a check. */
public enum Status {
  PASSED,
  FAILED,
  /** Too little evidence to say. */
  INCONCLUSIVE,
  /** Not run, for a reason that lies outside the model. */
  SKIPPED,
  /** The check itself could not run. */
  ERROR
}
