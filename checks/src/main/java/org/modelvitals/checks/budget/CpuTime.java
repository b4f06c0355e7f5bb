package org.modelvitals.checks.budget;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Processor time of this process. */
final class CpuTime {
  private static final Path THREADS = Path.of("/proc/self/task");
  private static final boolean EXACT = Files.exists(Path.of("/proc/self/schedstat"));

  private static final long MOMENT = 100_000;
  private static final int LOOKS = 21;

  private CpuTime() {}

  /**
   * Nanoseconds that all threads together ran until now. Linux tells the nanosecond of each thread
   * that lives; elsewhere the JVM tells all of them in ticks, mostly of 10 ms.
   */
  static long now() {
    if (EXACT) {
      try {
        return ofThreads();
      } catch (IOException e) {
        // Then in ticks.
      }
    }
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /**
   * Lets the calling thread stop for a moment: Linux brings a thread's time up to date when it
   * stops, or at the next tick, which may be 4 ms away.
   */
  static void settle() {
    LockSupport.parkNanos(MOMENT);
  }

  /**
   * Nanoseconds that one look costs, which are part of the difference between two looks: the median
   * of some. Hundreds of microseconds, for each thread is a file.
   */
  static long cost() {
    long[] costs = new long[LOOKS];
    for (int look = 0; look < LOOKS; look++) {
      settle();
      long before = now();
      settle();
      costs[look] = now() - before;
    }
    Arrays.sort(costs);
    return Math.max(0, costs[LOOKS / 2]);
  }

  private static long ofThreads() throws IOException {
    long sum = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        try {
          String text = Files.readString(thread.resolve("schedstat"));
          sum += Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (NoSuchFileException e) {
          // The thread has just ended.
        }
      }
    }
    return sum;
  }
}
