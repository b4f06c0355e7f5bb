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
 * @param processes fresh ones in which the model is loaded and called once
 */
@Doc("How long loading the model and its first call take, apart from the calls after them.")
public record ColdStartSpec(
    @Doc("What the model is fed; made from the signature if left out.") @Nullable DataSpec data,
    @Doc("How often the model is loaded.") @Default("7") @Minimum(1) int repeats,
    @Doc("Calls after the first one, each time.") @Default("20") @Minimum(1) int calls,
    @Doc("Fresh processes in which the model is loaded and called once; 0 for none.")
        @Default("3")
        @Minimum(0)
        int processes)
    implements ProbeSpec {

  public ColdStartSpec {
    Bounds.atLeast(1, "repeats", repeats);
    Bounds.atLeast(1, "calls", calls);
    Bounds.atLeast(0, "processes", processes);
  }

  /** Seven times, with inputs made from the signature. */
  public static ColdStartSpec coldStart() {
    return new ColdStartSpec(null, 7, 20, 3);
  }

  /** What the model is fed. */
  public ColdStartSpec on(DataSpec value) {
    return new ColdStartSpec(value, repeats, calls, processes);
  }

  /** How often the model is loaded. */
  public ColdStartSpec repeats(int value) {
    return new ColdStartSpec(data, value, calls, processes);
  }

  /** Calls after the first one, each time the model was loaded. */
  public ColdStartSpec calls(int value) {
    return new ColdStartSpec(data, repeats, value, processes);
  }

  /** Fresh processes in which the model is loaded and called once; 0 for none. */
  public ColdStartSpec processes(int value) {
    return new ColdStartSpec(data, repeats, calls, value);
  }
}
