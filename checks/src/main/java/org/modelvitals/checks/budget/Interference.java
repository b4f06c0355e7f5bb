package org.modelvitals.checks.budget;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the machine did besides while something was timed. On Linux it is read from {@code /proc}
 * (see proc(5)) and {@code /sys}: processor time of others and stolen by the hypervisor, how long
 * the timing thread waited for a processor and how often one was taken from it, load, and clock
 * frequency. Elsewhere the JVM tells the processor time of others. What cannot be read is left out.
 */
final class Interference {
  private static final Path STAT = Path.of("/proc/stat");
  private static final Path SCHEDULED = Path.of("/proc/thread-self/schedstat");
  private static final Path STATUS = Path.of("/proc/thread-self/status");
  private static final Path LOAD = Path.of("/proc/loadavg");
  private static final Path FREQUENCY =
      Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq");
  private static final int IDLE = 3;
  private static final int IO_WAIT = 4;
  private static final int STEAL = 7;

  private final long start = System.nanoTime();
  private final long ownNanos = ownProcessorNanos();
  private final long @Nullable [] ticks = ticks();
  private final OptionalLong waited = waited();
  private final OptionalLong preempted = preempted();
  private final OptionalDouble frequency = frequency();

  private Interference() {
    OperatingSystemMXBean system = system();
    if (system != null && ticks == null) {
      system.getCpuLoad(); // the next one is about the time from here on
    }
  }

  /** Starts to watch. Begin and end on the thread that takes the time. */
  static Interference begin() {
    return new Interference();
  }

  /**
   * What happened since {@link #begin}.
   *
   * @param others the share of all processors' time that other processes took; NaN if unknown
   * @param steal the share that the hypervisor gave to other machines; NaN if unknown
   * @param waiting the share of the time in which the timing thread waited for a processor
   * @param facts all that was found, for people: what, and how much
   */
  record Disturbance(double others, double steal, double waiting, List<List<String>> facts) {

    /** What was taken from the machine in all; NaN if nobody knows. */
    double taken() {
      return Double.isNaN(steal) ? others : others + steal;
    }
  }

  Disturbance end() {
    double wall = (double) (System.nanoTime() - start);
    double own = (double) (ownProcessorNanos() - ownNanos);
    double others = Double.NaN;
    double steal = Double.NaN;
    long[] now = ticks();
    if (ticks != null && now != null) {
      double total = 0;
      double free = 0;
      for (int i = 0; i <= STEAL; i++) {
        total += (double) (now[i] - ticks[i]);
        free += i == IDLE || i == IO_WAIT ? (double) (now[i] - ticks[i]) : 0;
      }
      if (total > 0) {
        steal = (double) (now[STEAL] - ticks[STEAL]) / total;
        double processors = Runtime.getRuntime().availableProcessors();
        // Own time is in nanoseconds, the machine's in ticks: both as shares of all processors.
        double ownShare = own / wall / Math.max(processors, total / 100 / (wall * 1e-9));
        others = Math.max(0, (total - free) / total - steal - ownShare);
      }
    } else {
      OperatingSystemMXBean system = system();
      double load = system == null ? -1 : system.getCpuLoad();
      if (load >= 0) {
        others = Math.max(0, load - own / wall / Runtime.getRuntime().availableProcessors());
      }
    }
    double waiting =
        waited.isPresent() && waited().isPresent()
            ? (double) (waited().getAsLong() - waited.getAsLong()) / wall
            : Double.NaN;
    return new Disturbance(others, steal, waiting, facts(others, steal, waiting));
  }

  private List<List<String>> facts(double others, double steal, double waiting) {
    Facts facts = new Facts();
    facts.share("processor time of other processes", others);
    facts.share("processor time stolen by the hypervisor", steal);
    facts.share("time the timing thread waited for a processor", waiting);
    OptionalLong later = preempted();
    if (preempted.isPresent() && later.isPresent()) {
      facts.add(
          "times a processor was taken from the timing thread",
          String.format(Locale.ROOT, "%,d", later.getAsLong() - preempted.getAsLong()));
    }
    double load = load();
    if (load >= 0) {
      facts.add("load average of the last minute", String.format(Locale.ROOT, "%.2f", load));
    }
    OptionalDouble last = frequency();
    if (frequency.isPresent() && last.isPresent()) {
      facts.add(
          "clock frequency before and after",
          String.format(
              Locale.ROOT,
              "%.0f and %.0f MHz",
              frequency.getAsDouble() / 1e3,
              last.getAsDouble() / 1e3));
    }
    return facts.rows;
  }

  private static final class Facts {
    private final List<List<String>> rows = new java.util.ArrayList<>();

    void add(String what, String howMuch) {
      rows.add(List.of(what, howMuch));
    }

    void share(String what, double share) {
      if (!Double.isNaN(share)) {
        add(what, percent(share));
      }
    }
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static @Nullable OperatingSystemMXBean system() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean known
        ? known
        : null;
  }

  private static long ownProcessorNanos() {
    OperatingSystemMXBean system = system();
    return system == null ? 0 : Math.max(0, system.getProcessCpuTime());
  }

  /** user, nice, system, idle, iowait, irq, softirq and steal of all processors. */
  private static long @Nullable [] ticks() {
    String[] words = firstLine(STAT).split("\\s+", -1);
    if (words.length < STEAL + 2 || !words[0].equals("cpu")) {
      return null;
    }
    long[] ticks = new long[STEAL + 1];
    for (int i = 0; i <= STEAL; i++) {
      ticks[i] = Long.parseLong(words[i + 1]);
    }
    return ticks;
  }

  private static OptionalLong waited() {
    String[] words = firstLine(SCHEDULED).split(" ", -1);
    return words.length < 2 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(words[1]));
  }

  private static OptionalLong preempted() {
    return text(STATUS)
        .lines()
        .filter(line -> line.startsWith("nonvoluntary_ctxt_switches:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst();
  }

  private static double load() {
    String line = firstLine(LOAD);
    return line.isEmpty()
        ? ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
        : Double.parseDouble(line.substring(0, line.indexOf(' ')));
  }

  private static OptionalDouble frequency() {
    String line = firstLine(FREQUENCY);
    return line.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(line));
  }

  private static String firstLine(Path file) {
    return text(file).lines().findFirst().orElse("").strip();
  }

  private static String text(Path file) {
    try {
      return Files.isReadable(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
