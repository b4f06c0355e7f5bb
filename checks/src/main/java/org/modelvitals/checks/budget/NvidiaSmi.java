package org.modelvitals.checks.budget;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.modelvitals.model.Device;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.reading.Measurement;
import org.modelvitals.unit.Unit;

/**
 * What NVIDIA's driver tells of a GPU while something runs on it, asked for every 100 ms through
 * the command that comes with the driver. Where there is none, measurements say so.
 */
final class NvidiaSmi implements AutoCloseable {
  private static final String COMMAND = "nvidia-smi";
  private static final long PATIENCE_SECONDS = 5;

  private final List<String> lines = new ArrayList<>();
  private final String absent;
  private final Process[] process = new Process[1];

  private NvidiaSmi(DeviceSpec device, String command, String query) {
    this.absent = start(device, command, query);
  }

  /** Watches the memory that each process holds on a device. */
  static NvidiaSmi memory(DeviceSpec device) {
    return memory(device, COMMAND);
  }

  static NvidiaSmi memory(DeviceSpec device, String command) {
    return new NvidiaSmi(device, command, "--query-compute-apps=pid,used_memory");
  }

  /** Watches how much of the time a device is busy, with whoever uses it. */
  static NvidiaSmi utilisation(DeviceSpec device) {
    return utilisation(device, COMMAND);
  }

  static NvidiaSmi utilisation(DeviceSpec device, String command) {
    return new NvidiaSmi(device, command, "--query-gpu=utilization.gpu");
  }

  /** Starts to watch; says why if that is not possible. */
  private String start(DeviceSpec device, String command, String query) {
    if (device.name() == Device.CPU) {
      return "the model ran on the CPU";
    }
    try {
      process[0] =
          new ProcessBuilder(
                  command,
                  "--id=" + device.index(),
                  query,
                  "--format=csv,noheader,nounits",
                  "--loop-ms=100")
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      return "no driver tells it here: " + e.getMessage();
    }
    Thread reader = new Thread(this::read, "model-vitals-" + COMMAND);
    reader.setDaemon(true);
    reader.start();
    return "";
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process[0].getInputStream(), Charset.defaultCharset()))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        synchronized (lines) {
          lines.add(line.strip());
        }
      }
    } catch (IOException e) {
      // It was ended.
    }
  }

  private List<String> said() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** The most memory on the device that a process was seen with. */
  Measurement memoryOf(long pid) {
    String name = "gpu memory";
    List<String[]> rows =
        said().stream()
            .map(line -> line.split("\\s*,\\s*", -1))
            .filter(row -> row.length == 2 && row[0].equals(Long.toString(pid)))
            .toList();
    return numbers(rows.stream().map(row -> row[1]))
        .max(Double::compare)
        .map(
            mebibytes ->
                Measurement.sampled(
                    name,
                    Unit.MEBIBYTES.convert(mebibytes, Unit.BYTES),
                    Unit.BYTES,
                    rows.size(),
                    null))
        .orElseGet(
            () -> Measurement.undefined(name, Unit.BYTES, 0, why("no memory of process " + pid)));
  }

  /** The share of the time in which the device was busy, on average. */
  Measurement utilisation() {
    String name = "gpu utilisation";
    double[] percents = numbers(said().stream()).mapToDouble(Double::doubleValue).toArray();
    return percents.length == 0
        ? Measurement.undefined(name, Unit.FRACTION, 0, why("no utilisation"))
        : Measurement.sampled(
            name,
            java.util.Arrays.stream(percents).average().orElse(0) / 100,
            Unit.FRACTION,
            percents.length,
            null);
  }

  private static Stream<Double> numbers(Stream<String> texts) {
    return texts.filter(text -> text.matches("\\d+(\\.\\d+)?")).map(Double::valueOf);
  }

  private String why(String nothing) {
    if (!absent.isEmpty()) {
      return absent;
    }
    List<String> said = said();
    return "the driver told %s%s"
        .formatted(nothing, said.isEmpty() ? "" : "; it said '" + said.get(0) + "'");
  }

  @Override
  public void close() {
    Process running = process[0];
    if (running != null) {
      running.destroyForcibly();
      try {
        running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
