package org.modelvitals.checks.budget;

/** Calls that are timed one after the other, without end: after the last comes the first again. */
interface TimedCalls extends AutoCloseable {

  /** Makes the next call, and nothing else between two looks at the clock: nanoseconds. */
  long time();

  /** Moves on to the next call. */
  void done();

  /** Goes back to the first call. */
  void restart();

  /**
   * Whether the calls stand in an order, that of the rows of a dataset, which may be sorted by
   * length or by class: the first of them say little of the others.
   */
  boolean isOrdered();

  /** How often the last call was followed by the first since the start. */
  long passes();

  /** Whether the calls that were made stand for all: every row was called once, or none differs. */
  default boolean isReached() {
    return !isOrdered() || passes() > 0;
  }

  @Override
  void close();
}
