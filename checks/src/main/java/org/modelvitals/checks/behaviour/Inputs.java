package org.modelvitals.checks.behaviour;

import java.util.Map;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.InputSpec;

/** Data with other inputs. */
final class Inputs {
  private Inputs() {}

  static DataSpec with(DataSpec data, Map<String, InputSpec> inputs) {
    return new DataSpec(
        data.file(),
        data.format(),
        data.labels(),
        data.header(),
        data.delimiter(),
        data.ignore(),
        inputs,
        data.batch(),
        data.limit(),
        data.window(),
        data.context(),
        data.workers());
  }
}
