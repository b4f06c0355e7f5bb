package org.modelvitals.checks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.checks.language.Examples.value;
import static org.modelvitals.checks.language.Perplexity.perplexityOver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.slices.Slicing;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataSpec;
import org.modelvitals.model.ModelException;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Interval;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.verdict.Judge;
import org.modelvitals.verdict.Status;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PerplexityProbeTest {
  private static final PerplexityProbe PROBE = new PerplexityProbe();
  private static final double TINY = 1e-300;
  private static final double LN_2 = Math.log(2);

  @TempDir Path folder;

  @BeforeEach
  void writeTokenizer() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), WordTokenizer.JSON);
  }

  /** After "the" comes "dog" (1/2), after "dog" comes "sleeps" (1/8), after that "the" (1/4). */
  private TableModel table() {
    return new TableModel(
        folder.resolve("model.onnx"),
        new double[] {.25, .25, .25, .25},
        new double[] {.25, .125, .5, .125},
        new double[] {.25, .5, .125, .125},
        new double[] {.5, .25, .125, .125});
  }

  private Reading read(Perplexity declared) {
    return PROBE.probe(declared, new LanguageContext(table(), folder));
  }

  @Test
  void countsEveryTokenThatSomethingStandsBefore() {
    Reading reading = read(perplexityOver("the dog", "the dog sleeps the"));
    double nats = (1 + (1 + 3 + 2)) * LN_2;
    assertThat(value(reading, "tokens")).isEqualTo(4);
    assertThat(value(reading, "texts")).isEqualTo(2);
    assertThat(value(reading, "nats per token")).isCloseTo(nats / 4, within(1e-12));
    assertThat(value(reading, "bits per token")).isCloseTo(7 / 4.0, within(1e-12));
    assertThat(value(reading, "perplexity")).isCloseTo(Math.pow(2, 7 / 4.0), within(1e-12));
    assertThat(value(reading, "bits per byte")).isCloseTo(7.0 / (7 + 18), within(1e-12));
    assertThat(value(reading, "worst perplexity")).isCloseTo(4, within(1e-12));
    assertThat(reading.evidence().get(0).sentence())
        .isEqualTo(
            "text 2 is the least likely text, with perplexity 4.000 over 3 tokens; the least likely"
                + " in it is token 2, 'sleeps', with log-probability -2.079");
    Evidence.Strip strip = (Evidence.Strip) reading.evidence().get(0);
    assertThat(strip.mark()).isEqualTo(2);
    assertThat(strip.cells().get(0).value()).isNull();
    assertThat(strip.cells())
        .extracting(Evidence.Strip.Cell::text)
        .containsExactly("the", "dog", "sleeps", "the");
    assertThat(Judge.judge(reading, PROBE.implied(perplexityOver("the"))).status())
        .isEqualTo(Status.PASSED);
  }

  @Test
  void aPrefixMakesTheFirstTokenCount() {
    Reading reading = read(perplexityOver("dog sleeps").prefix("the"));
    assertThat(value(reading, "tokens")).isEqualTo(2);
    assertThat(value(reading, "bits per token")).isCloseTo((1 + 3) / 2.0, within(1e-12));
  }

  @Test
  void textsWithoutAnythingToPredictAreSkipped() {
    Reading reading = read(perplexityOver("the", "the dog", ""));
    assertThat(value(reading, "skipped texts")).isEqualTo(2);
    assertThat(value(reading, "texts")).isEqualTo(1);
    Reading nothing = read(perplexityOver("the"));
    Measurement undefined = nothing.measurement("perplexity").orElseThrow();
    assertThat(undefined.value()).isNull();
    assertThat(undefined.note()).isEqualTo("no text has a token that something stands before");
  }

  @Test
  void slicesAreMeasuredApart() throws IOException {
    Files.writeString(
        folder.resolve("a.jsonl"),
        """
        {"body": "the dog", "kind": "short"}
        {"body": "dog sleeps the", "kind": "long"}
        {"body": "the dog the", "kind": "long"}
        """);
    Reading reading = read(perplexityOver(DataSpec.jsonl("a.jsonl")).column("body").slices("kind"));
    assertThat(value(reading, "perplexity[kind=short]")).isCloseTo(2, within(1e-12));
    assertThat(value(reading, "nats per token[kind=long]"))
        .isCloseTo((3 + 2 + 1 + 1) * LN_2 / 4, within(1e-12));
    assertThat(value(reading, "bits per byte[kind=short]")).isCloseTo(1 / 7.0, within(1e-12));
  }

  @Test
  void anImpossibleTokenIsSaid() {
    TableModel model =
        new TableModel(
            folder.resolve("model.onnx"),
            new double[] {0.5, 0.5, TINY, TINY},
            new double[] {0.5, Double.NaN, 0.5, TINY});
    Reading reading = PROBE.probe(perplexityOver("the the"), new LanguageContext(model, folder));
    assertThat(value(reading, "non-finite outputs")).isEqualTo(1);
    assertThat(reading.measurement("perplexity").orElseThrow().note())
        .isEqualTo("the log-probability of token 1 of text 1 is NaN");
    assertThat(Judge.judge(reading, PROBE.implied(perplexityOver("the"))).status())
        .isEqualTo(Status.FAILED);
  }

  @Test
  void tokensThatTheModelDoesNotKnowAreRefused() {
    assertThatThrownBy(() -> read(perplexityOver("the stops")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("has the token 4 ('stops'), which the model does not know");
    assertThatThrownBy(() -> read(perplexityOver("the").prefix("dgo")))
        .hasMessageContaining("did you mean 'dog'?");
    assertThatThrownBy(() -> perplexityOver("the").windows(4, 5))
        .hasMessage("stride must be at most max-length, which is 4, not 5");
  }

  @Test
  void aStrideMustFitTheModelsContext() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"n_positions\": 8}");
    assertThatThrownBy(
            () ->
                read(
                    new Perplexity(
                        TextSource.texts("the dog"),
                        LanguageSetup.USUAL,
                        true,
                        null,
                        null,
                        16,
                        Slicing.NONE)))
        .isInstanceOf(ProbeException.class)
        .hasMessage("stride is 16, but the model takes no more than 8 tokens");
  }

  @Test
  void aModelThatOnlyGivesTheLastLogitsIsRefused() {
    LanguageContext context = new LanguageContext(table().lastOnly(), folder);
    assertThatThrownBy(() -> PROBE.probe(perplexityOver("the dog sleeps"), context))
        .isInstanceOf(ProbeException.class)
        .hasMessage(
            "the model gives logits after the last token of a text only; this probe needs them after"
                + " every token");
    // Words of one token need no others.
    assertThat(value(new ClozeProbe().probe(Cloze.cloze("the dog"), context), "accuracy"))
        .isEqualTo(1);
  }

  @Test
  void everyMeasurementIsAnnounced() {
    assertThat(read(perplexityOver("the dog")).measurements())
        .extracting(measurement -> measurement.name().replaceFirst("\\[.*", ""))
        .isSubsetOf(PROBE.measurements().stream().map(info -> info.name()).toList());
  }

  /** Against PyTorch, and against the exact entropy of the grammar. */
  @Test
  void agreesWithTheReferenceAndTheGrammar() {
    Reading reading =
        Examples.onGrammar(
            context ->
                PROBE.probe(perplexityOver(DataSpec.jsonl("data/grammar-corpus.jsonl")), context));
    JsonNode expected = Examples.json("training/language-reference.json").path("documents");
    assertThat(value(reading, "texts")).isEqualTo(expected.path("texts").asDouble());
    assertThat(value(reading, "tokens")).isEqualTo(expected.path("tokens").asDouble());
    assertThat(value(reading, "nats per token"))
        .isCloseTo(expected.path("nats_per_token").asDouble(), offset(1e-6));
    assertThat(value(reading, "perplexity"))
        .isCloseTo(expected.path("perplexity").asDouble(), offset(1e-5));
    assertThat(value(reading, "bits per byte"))
        .isCloseTo(expected.path("bits_per_byte").asDouble(), offset(1e-6));
    double entropy =
        Examples.json("data/grammar-truth-meta.json")
            .path("grammar")
            .path("entropy_per_token_nats")
            .asDouble();
    Interval interval =
        Objects.requireNonNull(
            reading.measurement("nats per token").orElseThrow().interval(), "interval");
    assertThat(entropy).isBetween(interval.low(), interval.high());
    assertThat(interval.high() - interval.low()).isLessThan(0.1);
  }

  /** The whole corpus as one text far longer than the context. */
  @Test
  void stridedPerplexityIsWhatTheGuidesLoopPrints() throws IOException {
    String text =
        Files.readString(Examples.folder().resolve("data/grammar-corpus.jsonl"))
            .lines()
            .map(line -> JsonMapper.shared().readTree(line).path("text").asString())
            .collect(Collectors.joining(" "));
    for (JsonNode expected :
        Examples.json("training/language-reference.json").path("one_long_text")) {
      Perplexity declared =
          perplexityOver(text)
              .windows(expected.path("max_length").asInt(), expected.path("stride").asInt());
      Reading reading = Examples.onGrammar(context -> PROBE.probe(declared, context));
      assertThat(value(reading, "windows")).isEqualTo(expected.path("windows").asDouble());
      assertThat(value(reading, "tokens")).isEqualTo(expected.path("tokens").asDouble());
      double strided = expected.path("strided_perplexity").asDouble();
      assertThat(value(reading, "strided perplexity")).isCloseTo(strided, offset(strided * 2e-6));
      double plain = expected.path("perplexity").asDouble();
      assertThat(value(reading, "perplexity")).isCloseTo(plain, offset(plain * 2e-6));
    }
  }

  /** Without a word on windows: as many tokens as the model declares, half of them new. */
  @Test
  void windowsAreThoseOfTheModelsContext() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"n_positions\": 4}");
    Reading reading = read(perplexityOver("the dog sleeps the dog sleeps the dog"));
    assertThat(value(reading, "windows")).isEqualTo(3);
    assertThat(value(reading, "tokens")).isEqualTo(7);
  }

  @Test
  void batchesChangeNothing() {
    String[] texts = {"the dog", "the dog sleeps the", "dog sleeps", "sleeps the dog the dog"};
    Reading together = read(perplexityOver(texts));
    Reading alone = read(perplexityOver(texts).batch(1));
    assertThat(alone).isEqualTo(together);
  }

  @Test
  void dataWithoutRowsIsRefused() throws IOException {
    Files.createFile(folder.resolve("empty.jsonl"));
    assertThatThrownBy(() -> read(perplexityOver(DataSpec.jsonl("empty.jsonl"))))
        .isInstanceOf(DataException.class)
        .hasMessage("empty.jsonl has no rows");
  }

  @Test
  void windowsThatPredictNothingAreRefused() throws IOException {
    assertThatThrownBy(() -> perplexityOver("the dog").windows(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max-length must be at least 2, not 1");
    Files.writeString(folder.resolve("config.json"), "{\"n_ctx\": 1}");
    assertThat(value(read(perplexityOver("the dog")), "skipped texts")).isEqualTo(1);
  }

  @Test
  void windowsThatDoNotFitAreRefused() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"n_ctx\": 64}");
    assertThatThrownBy(() -> read(perplexityOver("the dog").windows(1000, 10)))
        .isInstanceOf(ProbeException.class)
        .hasMessage("max-length is 1000, but the model takes no more than 64 tokens");
  }

  @Test
  void aModelOfFixedRowsIsFedSoMany() {
    Perplexity declared = perplexityOver("the dog", "the dog sleeps the", "dog the");
    double free = value(read(declared), "perplexity");
    for (int rows : new int[] {1, 2}) {
      TableModel model = table().fixedRows(rows);
      Reading reading = PROBE.probe(declared, new LanguageContext(model, folder));
      assertThat(value(reading, "perplexity")).isCloseTo(free, within(1e-12));
    }
    LanguageContext one = new LanguageContext(table().fixedRows(1), folder);
    assertThatThrownBy(() -> PROBE.probe(declared.batch(4), one))
        .isInstanceOf(ProbeException.class)
        .hasMessage(
            "batch is 4, but the rows of a call are fixed to 1 in the model; leave 'batch' out");
  }

  @Test
  void aCallThatBreaksNamesItsText() {
    TableModel model = table().breakingFrom(4);
    assertThatThrownBy(
            () ->
                PROBE.probe(
                    perplexityOver("the dog", "the dog the dog the"),
                    new LanguageContext(model, folder)))
        .isInstanceOf(ModelException.class)
        .hasMessage("text 2, with 5 tokens, the longest of 2 in this call: 5 tokens are too many");
  }

  @Test
  void aStripOfALongTextSaysWhatItShows() {
    String text = "the dog ".repeat(300) + "sleeps the dog";
    Reading reading = read(perplexityOver(text));
    Evidence.Strip strip = (Evidence.Strip) reading.evidence().get(0);
    assertThat(strip.title()).isEqualTo("The least likely text, tokens 203 to 602 of 603");
    assertThat(strip.cells()).hasSize(400);
  }

  /** A graph that ends in a softmax and is sure of the last token: its outputs look harmless. */
  @Test
  void probabilitiesInsteadOfLogitsFailWithoutBeingAskedFor() {
    double[] outputs = {0.0001, 0, 0, 0.9999};
    double[] row = new double[4];
    for (int i = 0; i < 4; i++) {
      row[i] = Math.exp(outputs[i] - 3); // the table's outputs are log(row) + 3
    }
    TableModel model = new TableModel(folder.resolve("model.onnx"), row, row, row, row);
    Perplexity declared = perplexityOver("the dog sleeps");
    Reading reading = PROBE.probe(declared, new LanguageContext(model, folder));
    assertThat(value(reading, "softmaxed outputs")).isEqualTo(2);
    assertThat(reading.evidence())
        .extracting(Evidence::sentence)
        .anyMatch(sentence -> sentence.startsWith("the outputs before token 1 of text 1 are"));
    assertThat(Judge.judge(reading, PROBE.implied(declared)).status()).isEqualTo(Status.FAILED);
    assertThat(Judge.judge(read(declared), PROBE.implied(declared)).status())
        .isEqualTo(Status.PASSED);
  }
}
