package org.modelvitals.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.modelvitals.unit.Quantity;

/**
 * How a process came to its end, in words. Numbers are those of Linux and macOS, where a process
 * that a signal ends has 128 and the signal as its status.
 */
final class Ending {
  private static final int SIGNALLED = 128;

  private Ending() {}

  /**
   * The end as a verb with what belongs to it: {@code crashed}.
   *
   * @param crashed whether a report on a crash was left
   * @param killsBefore how many processes the kernel had ended for memory when this one began
   * @param most the most resident memory that the process was seen with, in bytes
   */
  static String of(int status, boolean crashed, OptionalLong killsBefore, OptionalLong most) {
    return of(status, crashed, killsBefore, killsForMemory(), most);
  }

  static String of(
      int status,
      boolean crashed,
      OptionalLong killsBefore,
      OptionalLong killsAfter,
      OptionalLong most) {
    if (crashed) {
      return "crashed";
    }
    return switch (status - SIGNALLED) {
      case 9 -> killed(killsBefore, killsAfter) + held(most);
      case 4, 5, 6, 7, 8, 10, 11 -> "crashed (signal %d)".formatted(status - SIGNALLED);
      case 15 -> "was told to end (signal 15)";
      default -> "ended with status " + status;
    };
  }

  private static String killed(OptionalLong before, OptionalLong after) {
    return before.isPresent() && after.isPresent() && after.getAsLong() > before.getAsLong()
        ? "was killed by the kernel, because memory ran out"
        : "was killed (signal 9), perhaps because the machine ran out of memory";
  }

  private static String held(OptionalLong most) {
    return most.isPresent()
        ? " (it held %s when it was last seen)"
            .formatted(Quantity.bytes((double) most.getAsLong()).display())
        : "";
  }

  /** How many processes Linux has ended because memory ran out, in any container (proc(5)). */
  static OptionalLong killsForMemory() {
    return number(Path.of("/proc/vmstat"), "oom_kill ", 1);
  }

  /** The most resident memory of a process until now, in bytes, where Linux tells (proc(5)). */
  static OptionalLong mostResident(long pid) {
    return number(Path.of("/proc/" + pid + "/status"), "VmHWM:", 1024);
  }

  private static OptionalLong number(Path file, String field, long factor) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(field))
          .map(line -> line.substring(field.length()).replaceAll("\\D", ""))
          .mapToLong(digits -> Long.parseLong(digits) * factor)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
