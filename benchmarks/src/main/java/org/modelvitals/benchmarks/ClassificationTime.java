package org.modelvitals.benchmarks;

import java.util.List;
import org.modelvitals.checks.quality.Classification;
import org.modelvitals.checks.quality.ClassificationProbe;
import org.modelvitals.reading.Reading;

/** The time of a classification pass against the bare loop, in turns in one JVM. */
final class ClassificationTime {
  private static final double BAR = 1.02;
  private static final int THREADS = 1; // two would compete with whatever else the machine does

  private ClassificationTime() {}

  static List<Result> measure(int pairs) throws Exception {
    Workload workload = Workload.choose();
    return List.of(measure(workload, 1, pairs), measure(workload, 16, pairs));
  }

  private static Result measure(Workload workload, int batch, int pairs) throws Exception {
    Classification declaration = workload.declaration(batch);
    ClassificationProbe probe = new ClassificationProbe();
    try (BenchmarkContext context = new BenchmarkContext(workload.model(), THREADS);
        BareClassification bare = new BareClassification(workload, THREADS)) {
      Reading reading = probe.probe(declaration, context);
      double accuracy = BenchmarkContext.value(reading, "accuracy");
      BareScores scores = bare.pass(batch);
      if (Math.abs(accuracy - scores.accuracy()) > 1e-9) {
        throw new IllegalStateException("the two disagree: " + accuracy + " and " + scores);
      }
      Pairs times =
          Pairs.time(2, pairs, () -> probe.probe(declaration, context), () -> bare.pass(batch));
      return new Result(
          "classification of the %s, batch %d".formatted(workload.name(), batch),
          Words.millis(times.ours()),
          Words.millis(times.bare()),
          Words.format("%.3f (%s)", times.ratio(), times.spread()),
          "≤ " + BAR,
          times.ratio() <= BAR);
    }
  }
}
