package org.modelvitals.checks.budget;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import oshi.SystemInfo;
import oshi.software.os.OperatingSystem;

/**
 * Resident memory of this process in bytes, without the Java heap. The process must have been
 * started with {@code -XX:+AlwaysPreTouch}: then all of the heap that is committed is resident, and
 * can be subtracted.
 */
abstract class ResidentMemory implements AutoCloseable {

  /** The most exact way that this machine has. */
  static ResidentMemory ofThisProcess() {
    return Linux.works() ? new Linux() : new Sampled();
  }

  /** Now. */
  final long now() {
    return resident() - heap();
  }

  /** The most since the last reset. */
  final long peak() {
    return highest() - heap();
  }

  /** Forgets what was before. */
  abstract void resetPeak();

  abstract long resident();

  abstract long highest();

  @Override
  public void close() {}

  private static long heap() {
    return Runtime.getRuntime().totalMemory();
  }

  /** Linux counts the peak itself, so no short one is missed (proc(5): clear_refs, VmHWM). */
  private static final class Linux extends ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    static boolean works() {
      try {
        read("VmHWM:");
        Files.writeString(CLEAR, "5");
        return true;
      } catch (IOException | IllegalStateException e) {
        return false;
      }
    }

    private static long read(String field) throws IOException {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(field))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .map(kibibytes -> kibibytes * 1024)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no " + field + " in " + STATUS));
    }

    private static long get(String field) {
      try {
        return read(field);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    long resident() {
      return get("VmRSS:");
    }

    @Override
    long highest() {
      // The kernel sums RSS lazily over CPUs, so that the peak may lag behind what is there now.
      return Math.max(get("VmHWM:"), resident());
    }

    @Override
    void resetPeak() {
      try {
        Files.writeString(CLEAR, "5");
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  /** Elsewhere a thread looks every few milliseconds. */
  private static final class Sampled extends ResidentMemory {
    private static final long EVERY_MILLIS = 5;
    private final OperatingSystem system = new SystemInfo().getOperatingSystem();
    private final AtomicLong highest = new AtomicLong();
    private final Thread sampler = new Thread(this::sample, "resident-memory");

    Sampled() {
      sampler.setDaemon(true);
      sampler.start();
    }

    private void sample() {
      try {
        while (!Thread.currentThread().isInterrupted()) {
          highest.accumulateAndGet(resident(), Math::max);
          Thread.sleep(EVERY_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    long resident() {
      return system.getCurrentProcess().getResidentMemory();
    }

    @Override
    long highest() {
      return highest.accumulateAndGet(resident(), Math::max);
    }

    @Override
    void resetPeak() {
      highest.set(0);
    }

    @Override
    public void close() {
      sampler.interrupt();
    }
  }
}
