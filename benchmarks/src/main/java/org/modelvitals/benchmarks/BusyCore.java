package org.modelvitals.benchmarks;

import java.util.SplittableRandom;

/**
 * A process that keeps a core busy, in bursts: on for 300 ms on average, off for 100 ms, adding up
 * more memory than the caches hold, so that it takes those away too. It ends with its parent.
 */
final class BusyCore {
  private static final int NUMBERS = 4 * 1024 * 1024;

  private BusyCore() {}

  public static void main(String[] arguments) throws Exception {
    ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
    SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[0]));
    long[] numbers = new long[NUMBERS];
    long sum = 0;
    while (parent.isAlive()) {
      long end = System.nanoTime() + millis(random, 300);
      while (System.nanoTime() < end) {
        for (int i = 0; i < NUMBERS; i += 8) {
          sum += numbers[i]++;
        }
      }
      java.util.concurrent.locks.LockSupport.parkNanos(millis(random, 100));
    }
    System.out.println(sum);
  }

  private static long millis(SplittableRandom random, double mean) {
    return (long) (-Math.log1p(-random.nextDouble()) * mean * 1e6);
  }
}
