package org.modelvitals.checks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.modelvitals.checks.language.NextToken.nextToken;
import static org.modelvitals.checks.language.NextToken.nextTokens;
import static org.modelvitals.unit.Quantity.nats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.data.DataException;
import org.modelvitals.language.NextTokens;
import org.modelvitals.language.Tokenizer;
import org.modelvitals.language.Tokenizers;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelPool;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.Expectation;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;

class NextTokenProbeTest {
  private static final NextTokenProbe PROBE = new NextTokenProbe();
  private static final String WORDS =
      """
      {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
       "normalizer": null, "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null,
       "decoder": null,
       "model": {"type": "WordLevel", "unk_token": "<unk>",
         "vocab": {"<unk>": 0, "the": 1, "dog": 2, "sleeps": 3, "stops": 4}}}
      """;
  private static final double TINY = 1e-12;

  @TempDir Path folder;

  @BeforeEach
  void writeTokenizer() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), WORDS);
  }

  /** After "the" comes "dog"; after "dog" comes "sleeps" (3/4) or "the" (1/4). */
  private TableModel table() {
    return new TableModel(
        folder.resolve("model.onnx"),
        new double[] {.25, .25, .25, .25},
        new double[] {TINY, TINY, 1, TINY},
        new double[] {TINY, .25, TINY, .75},
        new double[] {Double.NaN, 1, 1, 1});
  }

  private Reading read(NextToken declared) {
    return read(declared, table());
  }

  private Reading read(NextToken declared, Model model) {
    return PROBE.probe(declared, new LanguageContext(model, folder));
  }

  private static double value(Reading reading, String name) {
    Measurement measurement = reading.measurement(name).orElseThrow();
    return Objects.requireNonNull(measurement.value(), name);
  }

  @Test
  void measuresOneText() {
    Reading reading =
        read(nextToken("the dog").tokens("dog").truth("sleeps", 0.7).truth("the", 0.3).top(2));
    assertThat(reading.measurement("top token").orElseThrow().text()).isEqualTo("sleeps");
    assertThat(value(reading, "rank[the]")).isEqualTo(2);
    assertThat(value(reading, "probability[sleeps]")).isCloseTo(0.75, within(1e-9));
    assertThat(value(reading, "log probability[the]")).isCloseTo(Math.log(0.25), within(1e-9));
    assertThat(value(reading, "probability[dog]")).isCloseTo(0, within(1e-9));
    double entropy = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
    assertThat(value(reading, "entropy")).isCloseTo(entropy, within(1e-9));
    assertThat(value(reading, "total variation")).isCloseTo(0.05, within(1e-9));
    assertThat(value(reading, "max probability difference")).isCloseTo(0.05, within(1e-9));
    double js = 0;
    for (double[] pair : new double[][] {{0.7, 0.75}, {0.3, 0.25}}) {
      double m = (pair[0] + pair[1]) / 2;
      js += (pair[0] * Math.log(pair[0] / m) + pair[1] * Math.log(pair[1] / m)) / 2;
    }
    assertThat(value(reading, "js divergence")).isCloseTo(js, within(1e-9));
    double divergence = 0.7 * Math.log(0.7 / 0.75) + 0.3 * Math.log(0.3 / 0.25);
    assertThat(value(reading, "kl divergence")).isCloseTo(divergence, within(1e-9));
    assertThat(value(reading, "vocabulary")).isEqualTo(4);
    assertThat(value(reading, "tokenizer vocabulary")).isEqualTo(5);
    Evidence.Bars bars = (Evidence.Bars) reading.evidence().get(0);
    assertThat(bars.sentence())
        .isEqualTo("the most probable token after 'the dog' is 'sleeps' with probability 0.7500");
    assertThat(bars.bars())
        .extracting(Evidence.Bars.Bar::label)
        .containsExactly("sleeps", "the", "dog");
    assertThat(bars.bars().get(0).reference()).isEqualTo(0.7);
    assertThat(Judge.judge(reading, PROBE.implied(nextToken("the"))).status())
        .isEqualTo(Status.PASSED);
  }

  @Test
  void logitsThatAreNoNumbersFailWithoutBeingAskedFor() {
    NextToken declared = nextToken("sleeps").tokens("dog");
    Reading reading = read(declared);
    assertThat(value(reading, "non-finite outputs")).isEqualTo(1);
    assertThat(reading.measurement("rank[dog]").orElseThrow().note())
        .isEqualTo("1 of 4 logits are no finite numbers");
    assertThat(Judge.judge(reading, PROBE.implied(declared)).status()).isEqualTo(Status.FAILED);
  }

  @Test
  void tokensPastTheVocabularyAreRefusedUnfed() {
    TableModel model = table();
    assertThatThrownBy(() -> read(nextToken("the dog stops"), model))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "the text 'the dog stops' has the token 4 ('stops'), which the model does not know: its"
                + " vocabulary has 4 tokens, the tokenizer's 5");
    assertThatThrownBy(() -> read(nextToken("the").tokens("stops"), model))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("the text 'stops' has the token 4");
    assertThat(model.calls).isZero();
  }

  @Test
  void declarationsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> read(nextToken("the").tokens("dogg")))
        .isInstanceOf(ProbeException.class)
        .hasMessageContaining("did you mean 'dog'?");
    assertThatThrownBy(() -> read(nextToken("the").truth("dog", 1.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("truth: the probability of 'dog' is 1.5; expected 0 to 1");
    assertThatThrownBy(() -> read(nextToken("the").truth("dog", 0.7).truth("the", 0.7)))
        .hasMessageContaining("expected 1 at most");
  }

  @Test
  void measuresManyTexts() throws IOException {
    Files.writeString(
        folder.resolve("truth.jsonl"),
        """
        {"text": "the", "next": {"dog": 1.0}}

        {"text": "the dog", "next": {"sleeps": 0.25, "the": 0.75}}
        """);
    Reading reading = read(nextTokens("truth.jsonl"));
    double divergence = 0.25 * Math.log(0.25 / 0.75) + 0.75 * Math.log(0.75 / 0.25);
    assertThat(value(reading, "mean kl divergence")).isCloseTo(divergence / 2, within(1e-9));
    assertThat(value(reading, "max probability difference")).isCloseTo(0.5, within(1e-9));
    assertThat(value(reading, "top-1 agreement")).isEqualTo(0.5);
    assertThat(value(reading, "texts")).isEqualTo(2);
    assertThat(reading.evidence().get(0).sentence())
        .isEqualTo(
            "truth.jsonl:3: 'the' should follow with probability 0.7500, the model says 0.2500");
  }

  @Test
  void expectedAndForbiddenTokens() throws IOException {
    Files.writeString(
        folder.resolve("known.jsonl"),
        """
        {"text": "the", "expected": "dog", "forbidden": ["the", "sleeps"]}
        {"text": "the dog", "expected": "the"}
        {"text": "the dog", "expected": ["the", "sleeps"], "forbidden": "the"}
        """);
    Reading reading = read(nextTokens("known.jsonl").top(2));
    assertThat(value(reading, "top-k accuracy[1]")).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(value(reading, "top-k accuracy[2]")).isEqualTo(1);
    assertThat(value(reading, "worst expected rank")).isEqualTo(2);
    assertThat(value(reading, "min expected probability")).isCloseTo(0.25, within(1e-9));
    assertThat(value(reading, "mean expected log probability"))
        .isCloseTo((Math.log(0.25) + Math.log(0.75)) / 3, within(1e-9));
    assertThat(value(reading, "max forbidden probability")).isCloseTo(0.25, within(1e-9));
    assertThat(reading.measurement("mean kl divergence")).isEmpty();
    assertThat(reading.evidence())
        .extracting(Evidence::sentence)
        .containsExactly(
            "known.jsonl:2: 'the' should follow; the model gives it probability 0.2500 and rank 2,"
                + " and says 'sleeps'",
            "known.jsonl:3: 'the' must not follow; the model gives it probability 0.2500 and rank 2,"
                + " and says 'sleeps'");
  }

  @Test
  void theTopTokensAreAText() {
    Reading reading = read(nextToken("the dog").top(2));
    assertThat(reading.measurement("top tokens").orElseThrow().text()).isEqualTo("sleeps, the");
    assertThat(judge(reading, NextToken.topTokens().contains("the"))).isEqualTo(Status.PASSED);
    assertThat(judge(reading, NextToken.topTokens().contains("the", "dog")))
        .isEqualTo(Status.FAILED);
    assertThat(judge(reading, NextToken.topTokens().hasNone("dog"))).isEqualTo(Status.PASSED);
    assertThat(judge(reading, NextToken.topTokens().hasOnly("the", "sleeps")))
        .isEqualTo(Status.PASSED);
  }

  private static Status judge(Reading reading, Expectation expectation) {
    return Judge.judge(reading, List.of(expectation)).status();
  }

  @Test
  void mergedTalliesGiveTheSameReading() {
    try (Tokenizer tokenizer = Tokenizers.open(folder.resolve("tokenizer.json"))) {
      TruthTally whole = new TruthTally();
      TruthTally early = new TruthTally();
      TruthTally late = new TruthTally();
      for (int i = 0; i < 60; i++) {
        double p = (i * 7 % 60 + 1) / 61.0;
        Truth truth = Truth.of(Map.of("the", p, "dog", 1 - p), tokenizer);
        NextTokens model = NextTokens.ofLogits(new double[] {0, i % 5, 2, -i % 3});
        whole.add(i, "row " + i, truth, model, tokenizer);
        (i < 23 ? early : late).add(i, "row " + i, truth, model, tokenizer);
      }
      early.merge(late);
      Reading expected = whole.finish(4, tokenizer, new ExpectedTally(1));
      Reading merged = early.finish(4, tokenizer, new ExpectedTally(1));
      assertThat(merged.evidence()).isEqualTo(expected.evidence());
      for (Measurement measurement : expected.measurements()) {
        assertThat(value(merged, measurement.name()))
            .as(measurement.name())
            .isCloseTo(value(expected, measurement.name()), within(1e-12));
      }
    }
  }

  @Test
  void linesThatDoNotFitAreNamed() throws IOException {
    assertLine("{\"text\": \"the\"}", "lines.jsonl:1: expected an object with 'text'");
    assertLine("{", "lines.jsonl:1: no JSON");
    assertLine("{\"text\": \"the\", \"expected\": 1}", "lines.jsonl:1: 'expected' is 1; expected");
    assertLine(
        "{\"text\": \"the\", \"forbidden\": [1]}",
        "lines.jsonl:1: 1 in 'forbidden' is no token; expected a text");
    assertLine("{\"text\": \"the\", \"expected\": \"dg\"}", "lines.jsonl:1: 'dg' is no token");
    assertLine(
        "{\"text\": \"the\", \"next\": {\"dog\": \"x\"}}",
        "lines.jsonl:1: the probability of 'dog' is \"x\"; expected a number");
    assertLine(
        "{\"text\": \"the\", \"next\": {\"dog\": 0.5}}",
        "lines.jsonl:1: the true probabilities sum to 0.5; expected 1");
    assertLine("{\"text\": \"the\", \"next\": {\"dg\": 1}}", "lines.jsonl:1: 'dg' is no token");
  }

  private void assertLine(String line, String message) throws IOException {
    Files.writeString(folder.resolve("lines.jsonl"), line);
    assertThatThrownBy(() -> read(nextTokens("lines.jsonl")))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(message);
  }

  /**
   * The grammar's language model, with and without cache, against the grammar's true probabilities.
   */
  @Test
  void agreesWithTheGrammar() {
    @Nullable Path found = null;
    for (Path at = Path.of("").toAbsolutePath(); at != null && found == null; at = at.getParent()) {
      Path candidate = at.resolve("example-suites");
      found = Files.exists(candidate.resolve("data/grammar-truth.jsonl")) ? candidate : null;
    }
    assumeTrue(found != null, "there is no example-suites/data/grammar-truth.jsonl");
    Path examples = Objects.requireNonNull(found);
    for (String name : new String[] {"model.onnx", "model_with_past.onnx"}) {
      Path file = examples.resolve("models/grammar-lm").resolve(name);
      try (Model model = new ModelPool().acquire(file, DeviceSpec.CPU, SessionSpec.DEFAULT)) {
        LanguageContext context = new LanguageContext(model, examples);
        Reading reading = PROBE.probe(nextTokens("data/grammar-truth.jsonl"), context);
        // Figures of example-suites/training/README.md, computed with PyTorch.
        assertThat(value(reading, "texts")).isEqualTo(132);
        assertThat(value(reading, "max probability difference")).isBetween(0.0025, 0.0034);
        assertThat(value(reading, "mean kl divergence")).isBetween(0.0, 1e-4);
        assertThat(Judge.judge(reading, PROBE.implied(nextTokens(""))).status())
            .isEqualTo(Status.PASSED);
      }
    }
  }

  @Test
  void everyMeasurementIsAnnounced() {
    Reading reading = read(nextToken("the dog").truth("sleeps", 1));
    assertThat(reading.measurements())
        .extracting(measurement -> measurement.name().replaceFirst("\\[.*", ""))
        .isSubsetOf(PROBE.measurements().stream().map(info -> info.name()).toList());
  }

  @Test
  void dataWithoutRowsIsRefused() throws IOException {
    Files.writeString(folder.resolve("empty.jsonl"), "\n");
    assertThatThrownBy(
            () -> PROBE.probe(nextTokens("empty.jsonl"), new LanguageContext(table(), folder)))
        .isInstanceOf(DataException.class)
        .hasMessage("empty.jsonl has no rows");
  }

  @Test
  void theRowOfATextThatCannotBeFedIsNamed() throws IOException {
    Files.writeString(
        folder.resolve("a.jsonl"),
        """
        {"text": "the", "expected": "dog"}
        {"text": "", "expected": "dog"}
        """);
    assertThatThrownBy(
            () -> PROBE.probe(nextTokens("a.jsonl"), new LanguageContext(table(), folder)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("a.jsonl:2: there are no tokens");
  }

  @Test
  void aTokenThatIsNotMeasuredSaysWhereToDeclareIt() {
    Reading reading = PROBE.probe(nextToken("the").top(1), new LanguageContext(table(), folder));
    assertThat(
            Judge.judge(reading, List.of(NextToken.rank("zebra").isAtMost(1)), PROBE.measurements())
                .reason())
        .isEqualTo(
            "nothing was measured under the name 'rank[zebra]'; it is measured for the most probable"
                + " tokens, and for those that 'tokens' or 'truth' names beside 'text'; there are"
                + " rank[dog]");
  }

  /** A graph that ends in a softmax and is sure of the last token: its outputs look harmless. */
  @Test
  void probabilitiesInsteadOfLogitsFailWithoutBeingAskedFor() throws IOException {
    double[] outputs = {0.0001, 0, 0, 0.9999};
    double[] row = new double[4];
    for (int i = 0; i < 4; i++) {
      row[i] = Math.exp(outputs[i] - 3); // the table's outputs are log(row) + 3
    }
    TableModel model = new TableModel(folder.resolve("model.onnx"), row, row, row, row);
    Files.writeString(
        folder.resolve("texts.jsonl"), "{\"text\": \"the\", \"forbidden\": \"sleeps\"}\n");
    for (NextToken declared :
        List.of(nextToken("the").tokens("sleeps"), nextTokens("texts.jsonl"))) {
      Reading reading = read(declared, model);
      assertThat(value(reading, "softmaxed outputs")).isEqualTo(1);
      assertThat(reading.evidence())
          .extracting(Evidence::sentence)
          .anyMatch(sentence -> sentence.contains("are probabilities already"));
      assertThat(Judge.judge(reading, PROBE.implied(declared)).status()).isEqualTo(Status.FAILED);
    }
  }

  @Test
  void aModelThatKnowsNothingIsRightOfNothing() throws IOException {
    double[] row = {.25, .25, .25, .25};
    TableModel same = new TableModel(folder.resolve("model.onnx"), row, row, row, row);
    Reading one = read(nextToken("the").tokens("dog").top(2), same);
    assertThat(value(one, "rank[dog]")).isEqualTo(4);
    assertThat(one.measurement("top token").orElseThrow().note())
        .isEqualTo(
            "'<unk>' and 'the' are equally probable, and there is but one place left among the most"
                + " probable");
    assertThat(one.measurement("top tokens").orElseThrow().text()).isNull();
    Files.writeString(
        folder.resolve("texts.jsonl"),
        """
        {"text": "the", "expected": "<unk>"}
        {"text": "the", "expected": ["<unk>", "the", "dog", "sleeps"]}
        """);
    Reading many = read(nextTokens("texts.jsonl").top(3), same);
    // Of the second, whichever comes is expected.
    assertThat(value(many, "top-k accuracy[1]")).isEqualTo(0.5);
    assertThat(value(many, "top-k accuracy[3]")).isEqualTo(0.5);
    assertThat(value(many, "worst expected rank")).isEqualTo(4);
    Files.writeString(
        folder.resolve("truth.jsonl"),
        "{\"text\": \"the\", \"next\": {\"<unk>\": 0.7, \"the\": 0.3}}");
    assertThat(value(read(nextTokens("truth.jsonl"), same), "top-1 agreement")).isZero();
  }

  /** Logits of minus infinity are of tokens that cannot come; that one should come is a fault. */
  @Test
  void maskedTokensAreRuledOut() throws IOException {
    double[] row = {0, .5, .5, 0};
    TableModel masked = new TableModel(folder.resolve("model.onnx"), row, row, row, row);
    NextToken declared = nextToken("the").tokens("dog", "sleeps");
    Reading one = read(declared, masked);
    assertThat(value(one, "probability[dog]")).isCloseTo(.5, within(1e-12));
    assertThat(value(one, "probability[sleeps]")).isZero();
    assertThat(value(one, "non-finite outputs")).isZero();
    assertThat(Judge.judge(one, PROBE.implied(declared)).status()).isEqualTo(Status.PASSED);
    Files.writeString(
        folder.resolve("texts.jsonl"),
        """
        {"text": "the", "expected": "sleeps", "next": {"dog": 0.5, "sleeps": 0.5}}
        {"text": "the", "expected": "dog", "next": {"dog": 1}}
        """);
    Reading many = read(nextTokens("texts.jsonl"), masked);
    assertThat(value(many, "min expected probability")).isZero();
    assertThat(value(many, "mean expected log probability")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(value(many, "mean kl divergence")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Judge.judge(many, List.of(NextToken.meanKlDivergence().isAtMost(nats(1)))).status())
        .isEqualTo(Status.FAILED);
  }
}
