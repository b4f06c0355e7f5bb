package org.modelvitals.probe;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.modelvitals.data.Batch;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.model.Device;
import org.modelvitals.model.Model;
import org.modelvitals.reading.Reading;

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
    return run(context, data, reserved, accumulator, batch -> {});
  }

  /**
   * The reading of one pass over {@code data} with the suite's model. It says which rows were fed,
   * where a later run may be held against it.
   *
   * @param reserved columns that the probe reads itself and the model is not fed
   */
  public static <A extends Accumulator<A>> Reading read(
      ProbeContext context, DataSpec data, Set<String> reserved, A accumulator) {
    FedRows fed = FedRows.of(context);
    return fed.in(run(context, data, reserved, accumulator, fed::add).finish());
  }

  private static <A extends Accumulator<A>> A run(
      ProbeContext context,
      DataSpec data,
      Set<String> reserved,
      A accumulator,
      Consumer<Batch> fed) {
    Model model = context.model();
    long rows = 0;
    try (Feed feed = context.feed(data, model, reserved);
        ModelCalls calls = ModelCalls.of(feed, model, workers(data, model))) {
      for (Optional<ModelCalls.Done> next = calls.next(); next.isPresent(); next = calls.next()) {
        Batch batch = next.get().batch();
        fed.accept(batch);
        accumulator.add(batch, next.get().outputs());
        rows += batch.rows();
        context.progress().at(rows, feed.totalRows(), "rows");
        if (context.isDecided(rows, feed.totalRows(), accumulator::soFar)) {
          break;
        }
      }
    }
    return accumulator;
  }

  private static int workers(DataSpec data, Model model) {
    Integer declared = data.workers();
    if (declared != null) {
      return declared;
    }
    Integer threads = model.session().threads();
    return model.device().name() != Device.CPU || threads == null
        ? 1
        : Math.max(1, Runtime.getRuntime().availableProcessors() / threads);
  }
}
