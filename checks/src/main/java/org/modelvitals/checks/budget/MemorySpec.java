package org.modelvitals.checks.budget;

import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.ProbeSpec;

/**
 * The declaration of the memory probe.
 *
 * @param data whose first batch is fed to every call, later rows are not read; inputs that are fed
 *     back take the output of the call before; null for inputs made from the signature
 * @param calls how many calls are made after loading
 * @param timeout seconds after which the process that runs the model is ended and the check fails
 */
@Doc("Resident memory that the model adds to a fresh process, native memory included.")
public record MemorySpec(
    @Doc("The first batch is fed to every call; made from the signature if left out.")
        @Nullable DataSpec data,
    @Doc("Calls after loading.") @Default("100") @Minimum(1) long calls,
    @Doc("Seconds after which the process is ended and the check fails.")
        @Default("300")
        @Minimum(value = 0, exclusive = true)
        double timeout)
    implements ProbeSpec {

  public MemorySpec {
    if (calls < 1) {
      throw new IllegalArgumentException("calls must be at least 1, not " + calls);
    }
    if (!(timeout > 0)) {
      throw new IllegalArgumentException("timeout must be more than 0, not " + timeout);
    }
  }

  /** A process that loads the model and makes 100 calls with inputs made from the signature. */
  public static MemorySpec memory() {
    return new MemorySpec(null, 100, 300);
  }

  /**
   * What the model is fed: the first batch of these data, in every call. Inputs that are fed back
   * take the output of the call before.
   */
  public MemorySpec on(DataSpec value) {
    return new MemorySpec(value, calls, timeout);
  }

  /** How many calls are made; more of them show smaller leaks. */
  public MemorySpec calls(long value) {
    return new MemorySpec(data, value, timeout);
  }

  /** Seconds after which the process is ended and the check fails. */
  public MemorySpec timeout(double seconds) {
    return new MemorySpec(data, calls, seconds);
  }
}
