package org.modelvitals.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.modelvitals.language.FakeModel.tensor;
import static org.modelvitals.model.ElementType.FLOAT32;
import static org.modelvitals.model.ElementType.INT64;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.language.Generated.End;
import org.modelvitals.language.TokenRows.Padding;
import org.modelvitals.model.Model;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The phrasebook of the example suites, as Optimum exports such pairs. */
class SequenceToSequenceTest {
  private static final Path FOLDER = TestModels.examples().resolve("phrasebook");
  private final List<Model> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(Model::close);
  }

  private Model open(Path file) {
    Model model = TestModels.load(file);
    open.add(model);
    return model;
  }

  private SequenceToSequence whole() {
    return SequenceToSequence.beside(
        FOLDER.resolve("encoder_model.onnx"), this::open, LanguageInputs.CONVENTION);
  }

  private SequenceToSequence withoutCache() {
    return SequenceToSequence.of(
        open(FOLDER.resolve("encoder_model.onnx")),
        open(FOLDER.resolve("decoder_model.onnx")),
        null,
        LanguageInputs.CONVENTION);
  }

  private static List<JsonNode> rows() throws IOException {
    return Files.readAllLines(
            FOLDER.resolveSibling("../data/phrasebook-translation.jsonl").normalize())
        .stream()
        .map(line -> JsonMapper.shared().readTree(line))
        .toList();
  }

  private static long[] source(Tokenizer tokenizer, JsonNode row) {
    return tokenizer.encode("translate: " + row.path("source").asString(), true);
  }

  /** Of 150 translations 138 are right, by training/README.md: counted with Python's binding. */
  @Test
  void translatesWhatTheTrainingSaysItDoes() throws IOException {
    SequenceToSequence model = whole();
    assertThat(model.hasCache()).isTrue();
    assertThat(model.convention())
        .startsWith("encoder: 'input_ids' (token ids)")
        .contains("decoder with cache: ");
    try (Tokenizer tokenizer = Tokenizers.open(FOLDER.resolve("tokenizer.json"));
        Generator generator = Generator.of(model, tokenizer, null)) {
      int right = 0;
      for (JsonNode row : rows()) {
        Generated generated =
            generator.generate(source(tokenizer, row), Sampling.GREEDY, Stopping.after(60));
        assertThat(generated.end()).isEqualTo(End.STOP_TOKEN);
        right += row.path("target").asString().equals(generated.text()) ? 1 : 0;
      }
      assertThat(right).isEqualTo(138);
    }
  }

  @Test
  void sourcesAndAnswersMustFitTheContext() {
    SequenceToSequence model = whole();
    Stopping never = Stopping.after(500).tokens(0L);
    try (Generator generator = Generator.of(model, null, null);
        Decoding decoding = model.decoding()) {
      Generated generated = generator.generate(new long[] {5, 6, 7}, Sampling.GREEDY, never);
      assertThat(generated.end()).isEqualTo(End.CONTEXT);
      assertThat(generated.tokens()).hasSize(64);
      assertThatThrownBy(() -> generator.generate(new long[65], Sampling.GREEDY, never))
          .hasMessage("the source has 65 tokens and the model's context 64");
      assertThatThrownBy(() -> model.read(TokenRows.of(new long[] {5}, new long[301]), decoding))
          .hasMessage("source 1 has 301 tokens and the model's context 64");
    }
  }

  @Test
  void theSameTokensComeWithoutCache() throws IOException {
    SequenceToSequence model = withoutCache();
    assertThat(model.hasCache()).isFalse();
    try (Tokenizer tokenizer = Tokenizers.open(FOLDER.resolve("tokenizer.json"));
        Generator fast = Generator.of(whole(), tokenizer, null);
        Generator slow = Generator.of(model, tokenizer, 1L)) {
      for (JsonNode row : rows().subList(0, 8)) {
        long[] source = source(tokenizer, row);
        Stopping stopping = Stopping.after(60);
        assertThat(slow.generate(source, Sampling.GREEDY, stopping).tokens())
            .isEqualTo(fast.generate(source, Sampling.GREEDY, stopping).tokens());
      }
    }
  }

  /** In one file, of which the second branch gives the encoder's keys and values no more. */
  @Test
  void theSameTokensComeFromAMergedDecoder(@TempDir Path folder) throws IOException {
    Path merged = MergedPair.write(FOLDER, folder);
    SequenceToSequence model =
        SequenceToSequence.beside(merged, this::open, LanguageInputs.CONVENTION);
    assertThat(model.hasCache()).isTrue();
    assertThat(model.convention()).contains("'use_cache_branch' (use cache)");
    try (Tokenizer tokenizer = Tokenizers.open(FOLDER.resolve("tokenizer.json"));
        Generator split = Generator.of(whole(), tokenizer, null);
        Generator one = Generator.of(model, tokenizer, null)) {
      for (JsonNode row : rows().subList(0, 8)) {
        long[] source = source(tokenizer, row);
        Stopping stopping = Stopping.after(60);
        assertThat(one.generate(source, Sampling.GREEDY, stopping).tokens())
            .hasSizeGreaterThan(3)
            .isEqualTo(split.generate(source, Sampling.GREEDY, stopping).tokens());
      }
    }
    close(); // before the folder goes
    open.clear();
  }

  /** Sources of different lengths in one batch, and targets in steps, against one at a time. */
  @Test
  void aBatchGivesWhatItsRowsGive() throws IOException {
    SequenceToSequence model = whole();
    try (Tokenizer tokenizer = Tokenizers.open(FOLDER.resolve("tokenizer.json"));
        Decoding alone = model.decoding();
        Decoding together = model.decoding()) {
      long[] first = source(tokenizer, rows().get(0));
      long[] second = source(tokenizer, rows().get(1));
      long[] target = tokenizer.encode(rows().get(0).path("target").asString(), false);
      assertThat(first.length).isNotEqualTo(second.length);
      for (Padding side : Padding.values()) {
        model.read(new TokenRows(List.of(second, first), side, 0), together);
        model.read(TokenRows.of(first), alone);
        Logits expected = alone.prefill(TokenRows.of(new long[] {1}));
        Logits found = together.prefill(TokenRows.of(new long[] {1}, new long[] {1}));
        assertRow(found, expected);
        for (long token : target) {
          expected = alone.step(token);
          found = together.step(9, token);
          assertRow(found, expected);
        }
        expected = alone.append(TokenRows.of(Arrays.copyOf(target, 3)));
        found = together.append(TokenRows.of(Arrays.copyOf(target, 3), Arrays.copyOf(target, 3)));
        assertRow(found, expected);
      }
      assertThat(together.cacheBytes()).isEqualTo(2 * alone.cacheBytes()).isPositive();
    }
  }

  /** The second row of a batch against the only row of another. */
  private static void assertRow(Logits found, Logits expected) {
    for (int position = 0; position < expected.positions(0); position++) {
      for (int token = 0; token < expected.vocabulary(); token++) {
        assertThat(found.get(1, position, token))
            .isCloseTo(expected.get(0, position, token), within(1e-4));
      }
    }
  }

  @Test
  void aDecoderIsNoCausalModel() {
    Model decoder = open(FOLDER.resolve("decoder_model.onnx"));
    assertThatThrownBy(() -> LanguageModel.of(decoder))
        .hasMessageContaining("is the decoder of an encoder-decoder pair");
    Model causal = open(TestModels.grammar().resolve("model.onnx"));
    Model encoder = open(FOLDER.resolve("encoder_model.onnx"));
    assertThatThrownBy(
            () -> SequenceToSequence.of(encoder, causal, null, LanguageInputs.CONVENTION))
        .hasMessageContaining("takes no states of an encoder");
    FakeModel picture =
        new FakeModel(
            List.of(tensor("pixel_values", FLOAT32, "batch", 3, 8, 8)),
            List.of(tensor("states", FLOAT32, "batch", "n", 8)));
    assertThatThrownBy(
            () -> SequenceToSequence.of(picture, decoder, null, LanguageInputs.CONVENTION))
        .hasMessageStartingWith(
            "fake.onnx is not recognised as a text encoder, because ModelVitals finds no token ids,"
                + " does not know what to feed to 'pixel_values'");
  }

  @Test
  void filesAreFoundByTheirNames(@TempDir Path folder) throws IOException {
    // Causal models are called decoders too: only an encoder beside it makes one of a pair.
    assertThat(SequenceToSequence.isPart(folder.resolve("decoder_model_merged_fp16.onnx")))
        .isFalse();
    Path encoder = Files.createFile(folder.resolve("encoder_model_fp16.onnx"));
    assertThatThrownBy(() -> PairFiles.of(encoder)).hasMessageContaining("no decoder beside it");
    assertThat(SequenceToSequence.isPart(encoder)).isTrue();
    assertThat(SequenceToSequence.isPart(folder.resolve("decoder_model_merged_fp16.onnx")))
        .isTrue();
    assertThat(SequenceToSequence.isPart(folder.resolve("model.onnx"))).isFalse();
    Path merged = Files.createFile(folder.resolve("decoder_model_merged_fp16.onnx"));
    Files.createFile(folder.resolve("decoder_with_past_model_fp16.onnx"));
    assertThat(PairFiles.of(merged).encoder()).isEqualTo(encoder);
    assertThat(PairFiles.of(encoder).decoder()).isEqualTo(merged);
    assertThat(PairFiles.of(encoder).later()).isEmpty();
    assertThatThrownBy(() -> PairFiles.of(folder.resolve("model.onnx")))
        .hasMessageContaining("is not a file of an encoder-decoder pair");
  }

  @Test
  void whatALaterDecoderTakesTheFirstMustGive() {
    FakeModel first =
        new FakeModel(
            List.of(
                tensor("input_ids", INT64, "b", "s"),
                tensor("encoder_hidden_states", FLOAT32, "b", "t", 8)),
            List.of(tensor("logits", FLOAT32, "b", "s", 5)));
    FakeModel later =
        new FakeModel(
            List.of(
                tensor("input_ids", INT64, "b", "s"),
                tensor("past_key_values.0.encoder.key", FLOAT32, "b", 4, "t", 8)),
            List.of(tensor("logits", FLOAT32, "b", "s", 5)));
    Model encoder = open(FOLDER.resolve("encoder_model.onnx"));
    SequenceToSequence pair =
        SequenceToSequence.of(encoder, first, later, LanguageInputs.CONVENTION);
    assertThatThrownBy(pair::decoding)
        .hasMessage(
            "the decoder with a cache takes 'past_key_values.0.encoder.key', for which the first"
                + " decoder has no output; it has logits");
  }
}
