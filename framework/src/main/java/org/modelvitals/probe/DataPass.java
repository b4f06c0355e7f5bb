package org.modelvitals.probe;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.modelvitals.data.Batch;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.model.Model;
import org.modelvitals.model.Value;

/** Runs the model over data, batch after batch, into an accumulator. */
public final class DataPass {
  private DataPass() {}

  /** One pass over {@code data} with the suite's model. Returns {@code accumulator}. */
  public static <A extends Accumulator<A>> A run(
      ProbeContext context, DataSpec data, A accumulator) {
    return run(context, data, Set.of(), accumulator);
  }

  /**
   * One pass over {@code data} with the suite's model. Returns {@code accumulator}.
   *
   * @param reserved columns that the probe reads itself and the model is not fed
   */
  public static <A extends Accumulator<A>> A run(
      ProbeContext context, DataSpec data, Set<String> reserved, A accumulator) {
    Model model = context.model();
    long rows = 0;
    try (Feed feed = context.feed(data, model, reserved)) {
      for (Optional<Batch> next = feed.next(); next.isPresent(); next = feed.next()) {
        Batch batch = next.get();
        Map<String, Value> outputs = model.run(batch.inputs());
        feed.feedback(outputs);
        accumulator.add(batch, outputs);
        rows += batch.rows();
        context.progress().at(rows, feed.totalRows(), "rows");
        if (context.isDecided(rows, feed.totalRows(), accumulator::finish)) {
          break;
        }
      }
    }
    return accumulator;
  }
}
