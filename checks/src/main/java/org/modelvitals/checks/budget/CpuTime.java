package org.modelvitals.checks.budget;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Processor time of this process. */
final class CpuTime {
  private static final Path THREADS = Path.of("/proc/self/task");
  private static final boolean EXACT = Files.exists(Path.of("/proc/self/schedstat"));

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
