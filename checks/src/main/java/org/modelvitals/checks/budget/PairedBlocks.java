package org.modelvitals.checks.budget;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Two models that are timed in turn, in pairs of short blocks of calls in random order. */
final class PairedBlocks {
  /** A block is long against the clock, and short against what the machine does besides. */
  private static final long BLOCK_NANOS = TimeUnit.MICROSECONDS.toNanos(250);

  private final TimedCalls model;
  private final TimedCalls reference;
  private final SplittableRandom random;
  private final PairedTimes times = new PairedTimes();
  private int modelCalls = 1;
  private int referenceCalls = 1;
  private boolean wholePass;

  PairedBlocks(TimedCalls model, TimedCalls reference, long seed) {
    this.model = model;
    this.reference = reference;
    this.random = new SplittableRandom(seed);
  }

  /** A call of each, for warming up; what both took together. */
  long warm() {
    return (long) (block(model, 1) + block(reference, 1));
  }

  /**
   * Chooses how many calls make a block, and goes back to the first row. Where both have rows, both
   * blocks of a pair have the same ones: other rows may be longer.
   */
  void begin() {
    double mine = usual(model);
    double other = usual(reference);
    boolean same = model.isOrdered() && reference.isOrdered();
    modelCalls = calls(same ? (mine + other) / 2 : mine);
    referenceCalls = calls(same ? (mine + other) / 2 : other);
    model.restart();
    reference.restart();
  }

  private static double usual(TimedCalls calls) {
    double[] each = new double[9];
    for (int i = 0; i < each.length; i++) {
      each[i] = block(calls, 1);
    }
    Arrays.sort(each);
    return each[each.length / 2];
  }

  private static int calls(double nanos) {
    return (int) Math.max(1, Math.ceil((double) BLOCK_NANOS / Math.max(1, nanos)));
  }

  /** The nanoseconds of a call, from so many after each other. */
  private static double block(TimedCalls calls, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += calls.time();
      calls.done();
    }
    return (double) sum / (double) count;
  }

  /** Times one more pair. */
  void pair() {
    long passes = model.passes();
    if (random.nextBoolean()) {
      double mine = block(model, modelCalls);
      times.add(mine, block(reference, referenceCalls));
    } else {
      double other = block(reference, referenceCalls);
      times.add(block(model, modelCalls), other);
    }
    wholePass = model.passes() > passes;
  }

  /** Whether the pair before this one ended a pass over the rows; always where there are none. */
  boolean isWholePass() {
    return wholePass || !model.isOrdered();
  }

  /** Whether every row was timed. */
  boolean isReached() {
    return model.isReached();
  }

  PairedTimes times() {
    return times;
  }
}
