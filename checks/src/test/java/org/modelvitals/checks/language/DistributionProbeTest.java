package org.modelvitals.checks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.checks.language.Examples.value;
import static org.modelvitals.checks.language.TokenDistribution.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataSpec;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelPool;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Reading;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;

class DistributionProbeTest {
  private static final TokenDistributionProbe PROBE = new TokenDistributionProbe();
  private static final double TINY = 1e-15;
  private static final DataSpec CORPUS = DataSpec.jsonl("data/grammar-corpus.jsonl").limit(60);

  @TempDir Path folder;

  @BeforeEach
  void writeTokenizer() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), WordTokenizer.JSON);
  }

  /** After "the" comes "dog" mostly; after "dog" "sleeps" or "the"; "stops" is never likely. */
  private TableModel table() {
    return new TableModel(
        folder.resolve("model.onnx"),
        new double[] {.2, .2, .2, .2, .2},
        new double[] {.1, .1, .6, .2, TINY},
        new double[] {.05, .25, .05, .65, TINY},
        new double[] {.3, .3, .2, .2, TINY});
  }

  private Reading read(TokenDistribution declared) {
    return read(declared, table());
  }

  private Reading read(TokenDistribution declared, Model model) {
    return PROBE.probe(declared, new LanguageContext(model, folder));
  }

  private static double entropy(double... probabilities) {
    double sum = 0;
    for (double p : probabilities) {
      sum -= p * Math.log(p);
    }
    return sum;
  }

  private static List<String> sentences(Reading reading) {
    return reading.evidence().stream().map(Evidence::sentence).filter(s -> !s.isEmpty()).toList();
  }

  @Test
  void everyPositionIsLookedAt() {
    TokenDistribution declared = distribution("the dog", "dog").entropyBetween(1, 1.05);
    Reading reading = read(declared);
    double afterThe = entropy(.1, .1, .6, .2);
    double afterDog = entropy(.05, .25, .05, .65);
    assertThat(value(reading, "positions")).isEqualTo(3);
    assertThat(value(reading, "mean entropy"))
        .isCloseTo((afterThe + 2 * afterDog) / 3, within(1e-9));
    assertThat(value(reading, "min entropy")).isCloseTo(afterDog, within(1e-9));
    assertThat(value(reading, "max entropy")).isCloseTo(afterThe, within(1e-9));
    assertThat(value(reading, "collapsed positions")).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(value(reading, "flat positions")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(value(reading, "probability sum")).isCloseTo(1, within(1e-12));
    assertThat(value(reading, "dead tokens")).isEqualTo(1);
    assertThat(value(reading, "tied tokens")).isZero();
    assertThat(sentences(reading))
        .contains(
            "1 of 5 tokens never reach a probability of 1.000e-12: 'stops'",
            "the entropy is below 1.000 nats at 2 of 3 positions, first at text 1 after token 1, 'dog'");
    assertThat(Judge.judge(reading, PROBE.implied(declared)).status()).isEqualTo(Status.PASSED);
  }

  /**
   * Tokens that cannot come are dead, and neither tied nor a fault; what may come is not ruled out.
   */
  @Test
  void maskedTokensAreNoFault() throws IOException {
    double[] row = {0, .4, .6, 0, 0};
    TableModel masked = new TableModel(folder.resolve("model.onnx"), row, row, row, row, row);
    TokenDistribution declared = distribution("the dog");
    Reading reading = read(declared, masked);
    assertThat(value(reading, "non-finite outputs")).isZero();
    assertThat(value(reading, "dead tokens")).isEqualTo(3);
    assertThat(value(reading, "tied tokens")).isZero();
    assertThat(value(reading, "min entropy")).isCloseTo(entropy(.4, .6), within(1e-9));
    assertThat(Judge.judge(reading, PROBE.implied(declared)).status()).isEqualTo(Status.PASSED);
    Files.writeString(
        folder.resolve("t.jsonl"),
        "{\"text\": \"the\", \"next\": {\"dog\": 0.5, \"sleeps\": 0.5}}");
    Reading against = read(distribution(DataSpec.jsonl("t.jsonl")).truth("next"), masked);
    assertThat(value(against, "mean kl divergence")).isEqualTo(Double.POSITIVE_INFINITY);
    double[] nothing = {0, 0, 0, 0, 0};
    TableModel empty = new TableModel(folder.resolve("model.onnx"), row, nothing, row, row, row);
    assertThat(value(read(declared, empty), "non-finite outputs")).isEqualTo(1);
  }

  @Test
  void tokensWithOneLogitEverywhereAreNamed() {
    Reading onlyThe = read(distribution("the"));
    assertThat(value(onlyThe, "tied tokens")).isEqualTo(2);
    assertThat(sentences(onlyThe))
        .contains(
            "these tokens have the same logit, to the bit, at all 1 positions: '<unk>', 'the'");
    assertThat(value(read(distribution("sleeps")), "tied tokens")).isEqualTo(4);
    assertThat(value(read(distribution("sleeps the")), "tied tokens")).isEqualTo(2);
    assertThat(value(read(distribution("the dog")), "tied tokens")).isZero();
  }

  @Test
  void logitsThatAreNoNumbersFailWithoutBeingAskedFor() {
    TableModel broken =
        new TableModel(
            folder.resolve("model.onnx"),
            new double[] {.5, .5, TINY},
            new double[] {.25, Double.NaN, .75},
            new double[] {.25, .5, .25});
    TokenDistribution declared = distribution("dog the");
    Reading reading = read(declared, broken);
    assertThat(value(reading, "non-finite outputs")).isEqualTo(1);
    assertThat(reading.measurement("mean entropy").orElseThrow().note())
        .isEqualTo("1 of 3 logits are no finite numbers at text 1 after token 1, 'the'");
    assertThat(Judge.judge(reading, PROBE.implied(declared)).status()).isEqualTo(Status.FAILED);
  }

  /** A graph that ends in a softmax: its outputs are exponentials of what logits would be. */
  @Test
  void probabilitiesInsteadOfLogitsFailWithoutBeingAskedFor() {
    double[] outputs = {0.1, 0.2, 0.3, 0.25, 0.15};
    double[] row = new double[5];
    for (int i = 0; i < 5; i++) {
      row[i] = Math.exp(outputs[i] - 3); // the table's outputs are log(row) + 3
    }
    TokenDistribution declared = distribution("the");
    Reading reading =
        read(declared, new TableModel(folder.resolve("model.onnx"), row, row, row, row, row));
    assertThat(value(reading, "softmaxed positions")).isEqualTo(1);
    assertThat(sentences(reading).get(0))
        .startsWith("the outputs at text 1 after token 0, 'the' are probabilities already");
    assertThat(Judge.judge(reading, PROBE.implied(declared)).status()).isEqualTo(Status.FAILED);
  }

  @Test
  void aTruthIsForTheEndOfTheText() throws IOException {
    Files.writeString(
        folder.resolve("a.jsonl"),
        """
        {"text": "dog the", "next": {"dog": 0.5, "sleeps": 0.5}}
        {"text": "dog", "next": {"sleeps": 1}}
        """);
    Reading reading = read(distribution(DataSpec.jsonl("a.jsonl")).truth("next"));
    double first = 0.5 * Math.log(0.5 / 0.6) + 0.5 * Math.log(0.5 / 0.2);
    double second = Math.log(1 / 0.65);
    assertThat(value(reading, "positions")).isEqualTo(3);
    assertThat(value(reading, "compared positions")).isEqualTo(2);
    assertThat(value(reading, "mean kl divergence")).isCloseTo((first + second) / 2, within(1e-9));
    assertThat(value(reading, "max kl divergence")).isCloseTo(second, within(1e-9));
    double variation = (0.1 + 0.1 + 0.1 + 0.3) / 2;
    assertThat(value(reading, "max total variation")).isCloseTo(0.35, within(1e-9));
    assertThat(value(reading, "mean total variation"))
        .isCloseTo((variation + 0.35) / 2, within(1e-9));
    assertThat(value(reading, "max probability difference")).isCloseTo(0.35, within(1e-9));
    assertThat(reading.measurement("max probability difference").orElseThrow().note())
        .isEqualTo("for 'sleeps' at a.jsonl:2 after token 0, 'dog'");
    assertThat(value(reading, "top-1 agreement")).isEqualTo(1);
    double[] p = {0, 0, 1};
    double[] q = {0.05, 0.3, 0.65};
    double js = 0;
    for (int i = 0; i < 3; i++) {
      double m = (p[i] + q[i]) / 2;
      js += (p[i] == 0 ? 0 : p[i] * Math.log(p[i] / m)) / 2 + q[i] * Math.log(q[i] / m) / 2;
    }
    assertThat(value(reading, "max js divergence")).isCloseTo(js, within(1e-9));
    assertThat(sentences(reading).get(0))
        .isEqualTo(
            "the model is farthest from the known distribution at a.jsonl:2 after token 0, 'dog':"
                + " divergence 0.431 nats, 'sleeps' is the most probable token there, as it"
                + " should be");
  }

  @Test
  void truthsThatAreNoneAreNamed() throws IOException {
    assertTruth("{\"text\": \"dog\", \"next\": 1}", "a.jsonl:1: the column 'next' is no map");
    assertTruth("{\"text\": \"dog\", \"next\": {\"the\": 0.5}}", "sum to 0.5; expected 1");
    assertTruth("{\"text\": \"dog\", \"next\": {\"th\": 1}}", "a.jsonl:1: 'th' is no token");
    assertTruth("{\"text\": \"dog\", \"next\": {\"the\": \"x\"}}", "is x; expected a number");
  }

  private void assertTruth(String line, String message) throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), line);
    assertThatThrownBy(() -> read(distribution(DataSpec.jsonl("a.jsonl")).truth("next")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void declarationsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> distribution("a").truth("next"))
        .hasMessage("truth is a column of 'data', and there is none");
    assertThatThrownBy(() -> distribution(DataSpec.jsonl("a")).truth("next").golden("b"))
        .hasMessageStartingWith("truth and golden are two things");
    assertThatThrownBy(() -> distribution("a").floor(-1))
        .hasMessage("floor must be at least 0, not -1.0");
  }

  @Test
  void everyMeasurementIsAnnounced() throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), "{\"text\": \"dog\", \"next\": {\"the\": 1}}");
    assertThat(read(distribution(DataSpec.jsonl("a.jsonl")).truth("next")).measurements())
        .extracting(measurement -> measurement.name())
        .containsExactlyInAnyOrderElementsOf(
            PROBE.measurements().stream().map(info -> info.name()).toList());
  }

  /** The grammar's exact probabilities: the same figures as the next-token probe's. */
  @Test
  void agreesWithTheGrammar() {
    Reading reading =
        Examples.onGrammar(
            context ->
                PROBE.probe(
                    distribution(DataSpec.jsonl("data/grammar-truth.jsonl")).truth("next"),
                    context));
    Reading nextToken =
        Examples.onGrammar(
            context ->
                new NextTokenProbe()
                    .probe(NextToken.nextTokens("data/grammar-truth.jsonl"), context));
    assertThat(value(reading, "compared positions")).isEqualTo(132);
    for (String name : List.of("mean kl divergence", "mean total variation", "top-1 agreement")) {
      assertThat(value(reading, name)).as(name).isCloseTo(value(nextToken, name), within(1e-6));
    }
    assertThat(value(reading, "max probability difference")).isBetween(0.0025, 0.0034);
  }

  /** A healthy model is in order, and each sick twin shows what it has. */
  @ParameterizedTest
  @CsvSource({
    "models/grammar-lm/model.onnx, dead tokens, 0, 0",
    "models/grammar-lm/model.onnx, tied tokens, 0, 0",
    "models/grammar-lm/model.onnx, flat positions, 0, 0",
    "models/grammar-lm/model.onnx, max entropy, 2, 3.9",
    "models/grammar-lm/model.onnx, collapsed positions, 0, 0.2",
    "models/grammar-lm/model.onnx, softmaxed positions, 0, 0",
    "sick/models/grammar-lm/dead-word.onnx, dead tokens, 1, 1",
    "sick/models/grammar-lm/tied-logits.onnx, tied tokens, 2, 2",
    "sick/models/grammar-lm/collapsed.onnx, collapsed positions, 0.7, 1",
    "sick/models/grammar-lm/flat.onnx, flat positions, 0.99, 1",
    "sick/models/grammar-lm/nan-word.onnx, non-finite outputs, 1, 10000",
  })
  void sickTwinsShow(String file, String measurement, double low, double high) {
    Path examples = Examples.folder();
    try (Model model =
        new ModelPool().acquire(examples.resolve(file), DeviceSpec.CPU, SessionSpec.DEFAULT)) {
      Reading reading = PROBE.probe(distribution(CORPUS), new LanguageContext(model, examples));
      assertThat(value(reading, measurement)).isBetween(low, high);
      if (file.endsWith("tied-logits.onnx")) {
        assertThat(sentences(reading).toString()).contains("'sees', 'see'");
      } else if (file.endsWith("dead-word.onnx")) {
        assertThat(sentences(reading).toString())
            .contains("1 of 57 tokens never reach a probability of 1.000e-12: 'today'");
      }
    }
  }

  @Test
  void withoutAnyTokenNothingIsSaidToBeDead() {
    Reading reading = read(distribution(""));
    assertThat(value(reading, "positions")).isZero();
    assertThat(sentences(reading)).isEmpty();
  }

  @Test
  void dataWithoutRowsIsRefused() throws IOException {
    Files.createFile(folder.resolve("empty.jsonl"));
    assertThatThrownBy(() -> read(distribution(DataSpec.jsonl("empty.jsonl"))))
        .isInstanceOf(DataException.class)
        .hasMessage("empty.jsonl has no rows");
  }

  /** Matrices are filled up to a round size; the tokenizer knows nothing of those tokens. */
  @Test
  void whatFillsUpTheVocabularyIsNotTied() {
    TableModel padded =
        new TableModel(
            folder.resolve("model.onnx"),
            new double[] {.1, .1, .1, .1, .1, .1, .1, .3},
            new double[] {.1, .1, .6, .16, .01, TINY, TINY, TINY},
            new double[] {.04, .25, .05, .65, .01, TINY, TINY, TINY});
    Reading reading = read(distribution("the dog"), padded);
    assertThat(value(reading, "tied tokens")).isZero();
    assertThat(value(reading, "dead tokens")).isZero();
  }

  /** The right top token is not called wrong because something else is farthest there. */
  @Test
  void aTopTokenThatAgreesIsSaidToAgree() throws IOException {
    Files.writeString(
        folder.resolve("a.jsonl"),
        "{\"text\": \"dog\", \"next\": {\"sleeps\": 0.5, \"the\": 0.5}}");
    Reading reading = read(distribution(DataSpec.jsonl("a.jsonl")).truth("next"));
    assertThat(reading.evidence().get(0).sentence())
        .endsWith("'sleeps' is the most probable token there, as it should be");
  }

  @Test
  void whatNothingIsDeclaredForSaysWhatToDeclare() {
    Reading reading = read(distribution("the dog"));
    assertThat(
            Judge.judge(
                    reading,
                    List.of(TokenDistribution.maxKlDivergence().isAtMost(1)),
                    PROBE.measurements())
                .reason())
        .isEqualTo(
            "nothing was measured under the name 'max kl divergence'; it is measured where there is"
                + " something to hold distributions against: declare 'truth' or 'golden'");
  }
}
