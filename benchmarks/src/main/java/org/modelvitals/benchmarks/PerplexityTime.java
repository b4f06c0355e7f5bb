package org.modelvitals.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.modelvitals.checks.language.Perplexity;
import org.modelvitals.checks.language.PerplexityProbe;
import org.modelvitals.data.DataSpec;

/** The time of a perplexity over a corpus against the bare loop, in turns in one JVM. */
final class PerplexityTime {
  private static final double BAR = 1.03;

  /** The example corpus, so many times over. */
  private static final int COPIES = 8;

  private PerplexityTime() {}

  static Result measure(int pairs) throws Exception {
    Path model = Projects.examples().resolve("models/grammar-lm/model.onnx");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < COPIES; i++) {
      lines.addAll(Files.readAllLines(Projects.examples().resolve("data/grammar-corpus.jsonl")));
    }
    Path data = Files.write(Projects.scratch().resolve("grammar-corpus.jsonl"), lines);
    Perplexity declaration = Perplexity.perplexityOver(DataSpec.jsonl(data.toString()));
    PerplexityProbe probe = new PerplexityProbe();
    try (BenchmarkContext context = new BenchmarkContext(model, 1);
        BarePerplexity bare = new BarePerplexity(model, data)) {
      double ours = BenchmarkContext.value(probe.probe(declaration, context), "perplexity");
      double theirs = bare.perplexity();
      if (Math.abs(ours - theirs) > 1e-6) {
        throw new IllegalStateException("the two disagree: " + ours + " and " + theirs);
      }
      Pairs times =
          Pairs.time(5, pairs, () -> probe.probe(declaration, context), () -> bare.perplexity());
      return new Result(
          "perplexity over %,d texts of the grammar".formatted(lines.size()),
          Words.millis(times.ours()),
          Words.millis(times.bare()),
          Words.format("%.3f (%s)", times.ratio(), times.spread()),
          "≤ " + BAR,
          times.ratio() <= BAR);
    }
  }
}
