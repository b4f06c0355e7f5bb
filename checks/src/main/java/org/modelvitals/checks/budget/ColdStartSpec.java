package org.modelvitals.checks.budget;

import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.text.Bounds;

/**
 * The declaration of the cold start probe.
 *
 * @param data what the model is fed; null for inputs made from the signature
 * @param repeats how often the model is loaded
 * @param calls after the first one, each time the model was loaded
 */
@Doc("How long loading the model and its first call take, apart from the calls after them.")
public record ColdStartSpec(
    @Doc("What the model is fed; made from the signature if left out.") @Nullable DataSpec data,
    @Doc("How often the model is loaded.") @Default("7") @Minimum(1) int repeats,
    @Doc("Calls after the first one, each time.") @Default("20") @Minimum(1) int calls)
    implements ProbeSpec {

  public ColdStartSpec {
    Bounds.atLeast(1, "repeats", repeats);
    Bounds.atLeast(1, "calls", calls);
  }

  /** Seven times, with inputs made from the signature. */
  public static ColdStartSpec coldStart() {
    return new ColdStartSpec(null, 7, 20);
  }

  /** What the model is fed. */
  public ColdStartSpec on(DataSpec value) {
    return new ColdStartSpec(value, repeats, calls);
  }

  /** How often the model is loaded. */
  public ColdStartSpec repeats(int value) {
    return new ColdStartSpec(data, value, calls);
  }

  /** Calls after the first one, each time the model was loaded. */
  public ColdStartSpec calls(int value) {
    return new ColdStartSpec(data, repeats, value);
  }
}
