package org.modelvitals.checks.budget;

import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.text.Bounds;

/**
 * The declaration of the placement probe.
 *
 * @param data whose first batch is fed to every call; null for inputs made from the signature
 * @param warmup calls before those that count, in which kernels are compiled
 */
@Doc("Which execution provider ran each node, by count and by time.")
public record PlacementSpec(
    @Doc("The first batch is fed to every call; made from the signature if left out.")
        @Nullable DataSpec data,
    @Doc("Calls that are profiled.") @Default("10") @Minimum(1) int calls,
    @Doc("Calls before them, in which kernels are compiled.") @Default("3") @Minimum(0) int warmup)
    implements ProbeSpec {

  public PlacementSpec {
    Bounds.atLeast(1, "calls", calls);
    Bounds.atLeast(0, "warmup", warmup);
  }

  /** A profile of ten calls with inputs made from the signature. */
  public static PlacementSpec placement() {
    return new PlacementSpec(null, 10, 3);
  }

  /** What the model is fed: the first batch of these data, in every call. */
  public PlacementSpec on(DataSpec value) {
    return new PlacementSpec(value, calls, warmup);
  }

  public PlacementSpec calls(int value) {
    return new PlacementSpec(data, value, warmup);
  }

  /** How many calls are made before those that count. */
  public PlacementSpec warmup(int value) {
    return new PlacementSpec(data, calls, value);
  }
}
