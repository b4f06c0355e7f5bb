package org.modelvitals.checks.budget;

import java.util.Optional;
import org.modelvitals.data.DataSpec;
import org.modelvitals.probe.ProbeContext;

/**
 * Queries of one or more samples, one after the other. A query is one call with its samples as a
 * batch where the model takes them so; otherwise as many calls as it has samples, and its time is
 * theirs together.
 */
final class Queries implements AutoCloseable {
  private final CallSource source;
  private final int calls;
  private final int rows;
  private long passes;
  private boolean wholePass;

  private Queries(CallSource source, int calls, int rows) {
    this.source = source;
    this.calls = calls;
    this.rows = rows;
  }

  static Queries open(LatencySpec specification, ProbeContext context) {
    int samples = specification.samplesOfQuery();
    if (samples == 1) {
      return new Queries(CallSource.open(specification.data(), context), 1, 1);
    }
    Optional<DataSpec> batched =
        GeneratedInputs.batched(specification.data(), context.model(), context.session(), samples);
    return batched.isPresent()
        ? new Queries(CallSource.open(batched.get(), context), 1, samples)
        : new Queries(CallSource.open(specification.data(), context), samples, 1);
  }

  /** What a query is, for people. */
  String words() {
    return calls == 1
        ? (rows == 1 ? "one call" : "one call with a batch of " + rows)
        : calls + " calls, one after the other";
  }

  /** Where the next query begins in the data, for people. */
  String where() {
    return source.where();
  }

  /** Makes the next query. Returns the nanoseconds that its calls took. */
  long time() {
    long sum = source.time();
    for (int i = 1; i < calls; i++) {
      source.done();
      sum += source.time();
    }
    return sum;
  }

  /** Moves on to the next query. */
  void done() {
    source.done();
    wholePass = source.passes() > passes;
    passes = source.passes();
  }

  /** Goes back to where the data begin. */
  void restart() {
    source.restart();
    passes = 0;
  }

  /** Whether every row was in a query since the start. */
  boolean isReached() {
    return source.isReached();
  }

  /**
   * Whether the query before this one was the last of a pass over the data; always where rows have
   * no order of their own, as those that are made have not.
   */
  boolean isWholePass() {
    return wholePass || !source.isOrdered();
  }

  @Override
  public void close() {
    source.close();
  }
}
