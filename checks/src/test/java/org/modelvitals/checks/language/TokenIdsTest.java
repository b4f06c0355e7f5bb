package org.modelvitals.checks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.checks.language.Cloze.cloze;
import static org.modelvitals.checks.language.Examples.value;
import static org.modelvitals.checks.language.MinimalPairs.minimalPairs;
import static org.modelvitals.checks.language.MultipleChoice.multipleChoice;
import static org.modelvitals.checks.language.NextToken.nextToken;
import static org.modelvitals.checks.language.NextToken.nextTokens;
import static org.modelvitals.checks.language.Perplexity.perplexityOver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataSpec;
import org.modelvitals.model.ModelException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Evidence;
import org.modelvitals.reading.Measurement;
import org.modelvitals.reading.Reading;
import org.modelvitals.suite.ProbeSpec;

/** What is measured with ids of tokens is what is measured with the texts that they stand for. */
class TokenIdsTest {
  @TempDir Path folder;

  /** The model that {@link WordTokenizer}'s words are made for: the is 1, dog 2, sleeps 3. */
  private TableModel table() {
    return new TableModel(
        folder.resolve("model.onnx"),
        new double[] {.25, .25, .25, .25},
        new double[] {.25, .125, .5, .125},
        new double[] {.25, .5, .125, .125},
        new double[] {.5, .25, .0625, .1875});
  }

  private <S extends ProbeSpec> Reading read(ProbeType<S> probe, S declared) throws Exception {
    return probe.probe(declared, new LanguageContext(table(), folder));
  }

  private DataSpec data(String... lines) throws Exception {
    Files.write(folder.resolve("d.jsonl"), List.of(lines));
    return DataSpec.jsonl("d.jsonl");
  }

  /** Reads the same with texts, where there is a tokenizer, and expects the same figures. */
  private <S extends ProbeSpec> Reading same(
      ProbeType<S> probe, Reading ofIds, S texts, String... butThese) throws Exception {
    Files.writeString(folder.resolve("tokenizer.json"), WordTokenizer.JSON);
    Reading ofTexts = read(probe, texts);
    Set<String> left = Set.of(butThese);
    assertThat(figures(ofIds, left)).isEqualTo(figures(ofTexts, left));
    left.forEach(
        name -> assertThat(ofIds.measurement(name).orElseThrow().value()).as(name).isNull());
    return ofIds;
  }

  private static String figures(Reading reading, Set<String> left) {
    return reading.measurements().stream()
        .filter(measurement -> !left.contains(measurement.name()))
        .map(measurement -> measurement.name() + " " + measurement.value())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void perplexity() throws Exception {
    Reading written = read(new PerplexityProbe(), perplexityOver("1 2", "1 2 3 1"));
    assertThat(((Evidence.Strip) written.evidence().get(0)).cells())
        .extracting(Evidence.Strip.Cell::text)
        .containsExactly("1", "2", "3", "1");
    Reading listed =
        read(
            new PerplexityProbe(),
            perplexityOver(data("{\"text\": [1, 2]}", "{\"text\": [1, 2, 3, 1]}")));
    assertThat(figures(listed, Set.of())).isEqualTo(figures(written, Set.of()));
    same(
        new PerplexityProbe(),
        written,
        perplexityOver("the dog", "the dog sleeps the"),
        "bits per byte");
  }

  @Test
  void distribution() throws Exception {
    TokenDistribution ids =
        TokenDistribution.distribution(
                data("{\"text\": [1, 2], \"next\": {\"1\": 0.5, \"2\": 0.5}}"))
            .truth("next");
    Reading reading = read(new TokenDistributionProbe(), ids);
    assertThat(value(reading, "dead tokens")).isZero();
    same(
        new TokenDistributionProbe(),
        reading,
        TokenDistribution.distribution(
                data("{\"text\": \"the dog\", \"next\": {\"the\": 0.5, \"dog\": 0.5}}"))
            .truth("next"));
  }

  @Test
  void nextTokenAfterOneText() throws Exception {
    Reading reading = read(new NextTokenProbe(), nextToken("1 2").tokens("3"));
    assertThat(value(reading, "probability[3]")).isCloseTo(0.125, within(1e-12));
    assertThat(value(reading, "rank[1]")).isEqualTo(1);
    assertThat(reading.measurement("top token").map(Measurement::text)).hasValue("1");
    assertThat(reading.measurement("tokenizer vocabulary").orElseThrow().value()).isNull();
  }

  @Test
  void nextTokensAfterManyTexts() throws Exception {
    data(
        "{\"text\": [1, 2], \"expected\": 1, \"forbidden\": [3]}",
        "{\"text\": \"1\", \"expected\": [2], \"forbidden\": [\"0\"]}");
    Reading reading = read(new NextTokenProbe(), nextTokens("d.jsonl"));
    data(
        "{\"text\": \"the dog\", \"expected\": \"the\", \"forbidden\": [\"sleeps\"]}",
        "{\"text\": \"the\", \"expected\": \"dog\", \"forbidden\": [\"<unk>\"]}");
    same(new NextTokenProbe(), reading, nextTokens("d.jsonl"), "tokenizer vocabulary");
  }

  @Test
  void lastWords() throws Exception {
    Reading reading = read(new ClozeProbe(), cloze("1 2", "2 1 3"));
    assertThat(reading.evidence().get(0).sentence()).contains("the model says '2', not '3'");
    Reading listed =
        read(
            new ClozeProbe(),
            cloze(data("{\"text\": [1], \"word\": [2]}", "{\"text\": [2, 1], \"word\": [3]}"))
                .target("word"));
    assertThat(figures(listed, Set.of())).isEqualTo(figures(reading, Set.of()));
    same(new ClozeProbe(), reading, cloze("the dog", "dog the sleeps"));
  }

  @Test
  void multipleChoices() throws Exception {
    Reading reading =
        read(
            new MultipleChoiceProbe(),
            multipleChoice(
                data(
                    "{\"question\": [1], \"choices\": [[2, 3], [3]], \"answer\": 0}",
                    "{\"question\": [2, 1], \"choices\": [[3], [2]], \"answer\": [0]}")));
    same(
        new MultipleChoiceProbe(),
        reading,
        multipleChoice(
            data(
                "{\"question\": \"the\", \"choices\": [\"dog sleeps\", \"sleeps\"], \"answer\": 0}",
                "{\"question\": \"dog the\", \"choices\": [\"sleeps\", \"dog\"], \"answer\": [0]}")),
        "normalised accuracy",
        "byte-normalised accuracy");
  }

  @Test
  void minimalPairsOfIds() throws Exception {
    Reading reading =
        read(
            new MinimalPairsProbe(),
            minimalPairs(data("{\"sentence_good\": [2, 3], \"sentence_bad\": [3, 2]}"))
                .prefix("1"));
    same(
        new MinimalPairsProbe(),
        reading,
        minimalPairs(data("{\"sentence_good\": \"dog sleeps\", \"sentence_bad\": \"sleeps dog\"}"))
            .prefix("the"));
  }

  @Test
  void idsAreTakenBesideATokenizerIfThatIsSaid() throws Exception {
    Files.writeString(folder.resolve("tokenizer.json"), WordTokenizer.JSON);
    Reading reading =
        read(new NextTokenProbe(), nextToken("1 2").tokenizer(TextModel.NONE).tokens("3"));
    assertThat(value(reading, "probability[3]")).isCloseTo(0.125, within(1e-12));
  }

  @Test
  void whatIsNoIdIsRefused() throws Exception {
    assertThatThrownBy(() -> read(new PerplexityProbe(), perplexityOver("1 2", "the dog")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "text 2: 'the' is not the id of a token; without a tokenizer, a text is the ids of its"
                + " tokens, as in '1 17 4'");
    assertThatThrownBy(() -> read(new PerplexityProbe(), perplexityOver("1 4")))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "text 1: '1 4' has the token 4, which the model does not know: its vocabulary has 4"
                + " tokens");
    assertThatThrownBy(() -> read(new NextTokenProbe(), nextToken("1 2").tokens("dog")))
        .hasMessageContaining("'dog' is not the id of a token");
  }
}
