package org.modelvitals.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.quality.Classification;
import org.modelvitals.checks.quality.ClassificationProbe;

/** A classification pass with a batch for each core at once, against one batch after the other. */
final class ParallelBatches {
  private static final int BATCH = 16;

  private ParallelBatches() {}

  static List<Result> measure(int pairs) throws Exception {
    Workload workload = Workload.choose();
    List<Result> results = new ArrayList<>();
    results.add(measure(workload, 1, pairs));
    results.add(measure(workload, null, pairs));
    return results;
  }

  private static Result measure(Workload workload, @Nullable Integer threads, int pairs)
      throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    Classification parallel = workload.declaration(BATCH, cores);
    Classification sequential = workload.declaration(BATCH, 1);
    ClassificationProbe probe = new ClassificationProbe();
    try (BenchmarkContext context = new BenchmarkContext(workload.model(), threads)) {
      if (!probe.probe(parallel, context).equals(probe.probe(sequential, context))) {
        throw new IllegalStateException("the readings differ");
      }
      Pairs times =
          Pairs.time(
              1,
              pairs,
              () -> probe.probe(parallel, context),
              () -> probe.probe(sequential, context));
      return new Result(
          "the %s, batch %d, %d batches at once against one after the other, %s within an operator"
              .formatted(
                  workload.name(),
                  BATCH,
                  cores,
                  threads == null ? "the runtime's threads" : threads + " thread"),
          Words.millis(times.ours()),
          Words.millis(times.bare()),
          Words.format("%.2f (%s)", times.ratio(), times.spread()),
          "",
          true);
    }
  }
}
