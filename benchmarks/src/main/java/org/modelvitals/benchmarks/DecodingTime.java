package org.modelvitals.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.modelvitals.language.Decoding;
import org.modelvitals.language.LanguageModel;
import org.modelvitals.language.Logits;
import org.modelvitals.language.TokenRows;

/** The time of a greedily decoded token with cache, against a loop with everything bound. */
final class DecodingTime {
  private static final double BAR = 1.05;

  private DecodingTime() {}

  static List<Result> measure(int pairs) throws Exception {
    List<Result> results = new ArrayList<>();
    Path grammar = Projects.examples().resolve("models/grammar-lm/model_with_past.onnx");
    results.add(measure("the grammar's model", grammar, 60, pairs));
    Path gpt2 = Projects.shared().resolve("tiny-random-gpt2/past.onnx");
    if (Files.exists(gpt2)) {
      results.add(measure("tiny-random-gpt2", gpt2, 400, pairs));
    }
    return results;
  }

  private static Result measure(String name, Path file, int tokens, int pairs) throws Exception {
    // Short texts are decoded several times, so that a turn is long enough to be timed.
    int times = Math.max(1, 400 / tokens);
    try (BenchmarkContext context = new BenchmarkContext(file, 1)) {
      LanguageModel model = LanguageModel.of(context.model());
      try (Decoding decoding = model.decoding();
          BareDecoding bare = new BareDecoding(file, tokens, model.vocabulary())) {
        long ours = decode(decoding, 5, tokens);
        long theirs = bare.decode(5, tokens);
        if (ours != theirs) {
          throw new IllegalStateException("the two disagree: " + ours + " and " + theirs);
        }
        Pairs taken =
            Pairs.time(
                60,
                pairs,
                () -> {
                  for (int i = 0; i < times; i++) {
                    decode(decoding, 5, tokens);
                  }
                },
                () -> {
                  for (int i = 0; i < times; i++) {
                    bare.decode(5, tokens);
                  }
                });
        return new Result(
            "a token of %s, decoded with its cache, of %d".formatted(name, tokens),
            Words.micros(taken.ours() / tokens / times),
            Words.micros(taken.bare() / tokens / times),
            Words.format("%.3f (%s)", taken.ratio(), taken.spread()),
            "≤ " + BAR,
            taken.ratio() <= BAR);
      }
    }
  }

  private static long decode(Decoding decoding, long first, int tokens) {
    Logits logits = decoding.prefill(TokenRows.of(new long[] {first}));
    long token = logits.argmax(0, 0);
    long sum = token;
    for (int step = 1; step < tokens; step++) {
      logits = decoding.step(token);
      token = logits.argmax(0, 0);
      sum += token;
    }
    return sum;
  }
}
