package org.modelvitals.checks.budget;

import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.text.Bounds;

/**
 * The declaration of the CPU probe.
 *
 * @param data whose first batch is fed to every call; null for inputs made from the signature
 * @param idle seconds for which the model is left alone, before the calls and after them
 * @param timeout seconds after which the process that runs the model is ended and the check fails
 */
@Doc("Processor time that the model takes: for each call, and while nobody calls it.")
public record CpuSpec(
    @Doc("The first batch is fed to every call; made from the signature if left out.")
        @Nullable DataSpec data,
    @Doc(
            "Calls after the warm-up, which is a tenth of them; more where they take less than a second.")
        @Default("200")
        @Minimum(20)
        long calls,
    @Doc("Seconds for which the model is left alone, before the calls and after them.")
        @Default("1")
        @Minimum(value = 0, exclusive = true)
        double idle,
    @Doc("Seconds after which the process is ended and the check fails.")
        @Default("300")
        @Minimum(value = 0, exclusive = true)
        double timeout)
    implements ProbeSpec {

  public CpuSpec {
    Bounds.atLeast(20, "calls", calls);
    if (!(idle > 0) || !(timeout > 0)) {
      throw new IllegalArgumentException(
          "idle and timeout must be more than 0, not %s and %s".formatted(idle, timeout));
    }
  }

  /** A process that makes 200 calls with inputs made from the signature, and then waits. */
  public static CpuSpec cpu() {
    return new CpuSpec(null, 200, 1, 300);
  }

  /** What the model is fed: the first batch of these data, in every call. */
  public CpuSpec on(DataSpec value) {
    return new CpuSpec(value, calls, idle, timeout);
  }

  public CpuSpec calls(long value) {
    return new CpuSpec(data, value, idle, timeout);
  }

  /** Seconds for which the model is left alone. */
  public CpuSpec idle(double seconds) {
    return new CpuSpec(data, calls, seconds, timeout);
  }

  /** Seconds after which the process is ended and the check fails. */
  public CpuSpec timeout(double seconds) {
    return new CpuSpec(data, calls, idle, seconds);
  }
}
