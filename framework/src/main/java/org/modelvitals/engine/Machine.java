package org.modelvitals.engine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.modelvitals.record.MachineRecord;
import oshi.SystemInfo;

/** The machine that this JVM runs on, which is asked for once. */
final class Machine {
  private static final Path LINUX = Path.of("/proc/cpuinfo");

  static final MachineRecord CURRENT =
      new MachineRecord(
          System.getProperty("os.name") + " " + System.getProperty("os.version"),
          System.getProperty("os.arch"),
          processor(),
          Runtime.getRuntime().availableProcessors(),
          memory());

  private Machine() {}

  /** OSHI takes hundreds of milliseconds to start; Linux tells in a file. */
  private static String processor() {
    if (Files.isReadable(LINUX)) {
      try (Stream<String> lines = Files.lines(LINUX)) {
        String name =
            lines
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("");
        if (!name.isEmpty()) {
          return name;
        }
      } catch (IOException | java.io.UncheckedIOException e) {
        // OSHI may know more.
      }
    }
    try {
      return new SystemInfo().getHardware().getProcessor().getProcessorIdentifier().getName();
    } catch (RuntimeException | LinkageError e) {
      return "unknown";
    }
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : -1;
  }
}
