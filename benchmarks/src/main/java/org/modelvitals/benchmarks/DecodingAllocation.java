package org.modelvitals.benchmarks;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.modelvitals.language.Decoding;
import org.modelvitals.language.LanguageModel;
import org.modelvitals.language.Logits;
import org.modelvitals.language.TokenRows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Java memory that a decoded token allocates, as JMH's allocation profiler counts it: it must not
 * grow with the vocabulary, nor with the cache. A token is chosen greedily and its log-probability
 * read, as the generator does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecodingAllocation {
  private static final int TOKENS = 16;
  private static final int WIDER = 100;

  /** Of bytes a token between two sizes: a vocabulary of floats would be above 20,000 more. */
  private static final double BAR = 1.05;

  /** The grammar's model, and the same with its logits a hundred times over. */
  @Param({"57", "5700"})
  public int vocabulary;

  /** How many tokens are in the cache before. */
  @Param({"4", "44"})
  public int cached;

  private @Nullable Loaded loaded;

  private record Loaded(BenchmarkContext context, Decoding decoding, TokenRows prompt) {}

  static List<Result> measure() throws Exception {
    Map<String, Double> bytes = new TreeMap<>();
    for (RunResult result :
        new Runner(
                new OptionsBuilder()
                    .include(DecodingAllocation.class.getName() + ".decode")
                    .addProfiler(GCProfiler.class)
                    .forks(1)
                    .warmupIterations(3)
                    .measurementIterations(3)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementTime(TimeValue.seconds(1))
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run()) {
      bytes.put(
          "%s %s"
              .formatted(
                  result.getParams().getParam("vocabulary"), result.getParams().getParam("cached")),
          Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
              .getScore());
    }
    return List.of(
        growth(
            "Java memory that a decoded token allocates, with a vocabulary of 5,700 (against 57)",
            bytes,
            "5700 4"),
        growth("… with 44 tokens in the cache before it (against 4)", bytes, "57 44"));
  }

  private static Result growth(String what, Map<String, Double> bytes, String which) {
    double large = Objects.requireNonNull(bytes.get(which));
    double small = Objects.requireNonNull(bytes.get("57 4"));
    return new Result(
        what,
        Words.format("%,.0f B (%,.0f B)", large, small),
        "",
        Words.format("%.3f", large / small),
        "≤ " + BAR,
        large / small <= BAR);
  }

  @Setup
  public void load() throws IOException {
    Path model = Projects.examples().resolve("models/grammar-lm/model_with_past.onnx");
    BenchmarkContext context = new BenchmarkContext(vocabulary == 57 ? model : wider(model), 1);
    LanguageModel language = LanguageModel.of(context.model());
    if (language.vocabulary() != vocabulary) {
      throw new IllegalStateException("the vocabulary is " + language.vocabulary());
    }
    long[] ids = new long[cached];
    for (int i = 0; i < cached; i++) {
      ids[i] = 1L + i % 50;
    }
    loaded = new Loaded(context, language.decoding(), TokenRows.of(ids));
  }

  /** The model with its logits repeated along the vocabulary. */
  private static Path wider(Path model) throws IOException {
    OnnxMl.ModelProto.Builder builder =
        OnnxMl.ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder();
    OnnxMl.GraphProto.Builder graph = builder.getGraphBuilder();
    for (OnnxMl.NodeProto.Builder node : graph.getNodeBuilderList()) {
      for (int i = 0; i < node.getOutputCount(); i++) {
        if (node.getOutput(i).equals("logits")) {
          node.setOutput(i, "narrow_logits");
        }
      }
    }
    graph.addNode(
        OnnxMl.NodeProto.newBuilder()
            .setOpType("Concat")
            .addAllInput(Collections.nCopies(WIDER, "narrow_logits"))
            .addOutput("logits")
            .addAttribute(
                OnnxMl.AttributeProto.newBuilder()
                    .setName("axis")
                    .setType(OnnxMl.AttributeProto.AttributeType.INT)
                    .setI(2)));
    for (OnnxMl.ValueInfoProto.Builder output : graph.getOutputBuilderList()) {
      if (output.getName().equals("logits")) {
        output
            .getTypeBuilder()
            .getTensorTypeBuilder()
            .getShapeBuilder()
            .getDimBuilder(2)
            .setDimValue(57L * WIDER);
      }
    }
    Path wide = Projects.scratch().resolve("wide-vocabulary.onnx");
    return Files.write(wide, builder.build().toByteArray());
  }

  /** Prefill and tokens after it; what the prefill allocates is counted with them. */
  @Benchmark
  @OperationsPerInvocation(TOKENS)
  public double decode() {
    Loaded model = Objects.requireNonNull(loaded);
    Logits logits = model.decoding.prefill(model.prompt);
    double sum = 0;
    for (int i = 0; i < TOKENS; i++) {
      int last = logits.positions(0) - 1;
      long token = logits.argmax(0, last);
      sum += logits.logProbability(0, last, token);
      logits = model.decoding.step(token % 57);
    }
    return sum;
  }

  @TearDown
  public void close() {
    Loaded model = Objects.requireNonNull(loaded);
    model.decoding.close();
    model.context.close();
  }
}
