package org.modelvitals.checks.budget;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Two models that are timed in turn, in pairs of short blocks of calls in random order. */
final class PairedBlocks {
  /** A block is long against the clock, and short against what the machine does besides. */
  private static final long BLOCK_NANOS = TimeUnit.MICROSECONDS.toNanos(250);

  private final CallSource model;
  private final CallSource reference;
  private final SplittableRandom random;
  private final PairedTimes times = new PairedTimes();
  private int modelCalls = 1;
  private int referenceCalls = 1;

  PairedBlocks(CallSource model, CallSource reference, long seed) {
    this.model = model;
    this.reference = reference;
    this.random = new SplittableRandom(seed);
  }

  /** A call of each, for warming up; what both took together. */
  long warm() {
    return (long) (block(model, 1) + block(reference, 1));
  }

  /** Chooses how many calls make a block. */
  void calibrate() {
    modelCalls = calls(model);
    referenceCalls = calls(reference);
  }

  private static int calls(CallSource source) {
    double[] each = new double[9];
    for (int i = 0; i < each.length; i++) {
      each[i] = block(source, 1);
    }
    Arrays.sort(each);
    return (int) Math.max(1, Math.ceil((double) BLOCK_NANOS / Math.max(1, each[each.length / 2])));
  }

  /** The nanoseconds of a call, from so many after each other. */
  private static double block(CallSource source, int calls) {
    long sum = 0;
    for (int i = 0; i < calls; i++) {
      sum += source.time();
      source.done();
    }
    return (double) sum / (double) calls;
  }

  /** Times one more pair. */
  void pair() {
    if (random.nextBoolean()) {
      double mine = block(model, modelCalls);
      times.add(mine, block(reference, referenceCalls));
    } else {
      double other = block(reference, referenceCalls);
      times.add(block(model, modelCalls), other);
    }
  }

  PairedTimes times() {
    return times;
  }
}
