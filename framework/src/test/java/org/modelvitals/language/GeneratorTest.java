package org.modelvitals.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelvitals.language.Generated.End;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GeneratorTest {
  private static final Sampling DRAWN = Sampling.temperature(1, 42);

  private static long[] longs(JsonNode list) {
    return list.valueStream().mapToLong(JsonNode::asLong).toArray();
  }

  /** Published by onnxruntime-genai's tests, in the convention of one tensor a layer. */
  @Test
  void greedyTokensAreThePublishedOnes() {
    Path folder = TestModels.gpt2();
    JsonNode greedy = JsonMapper.shared().readTree(folder.resolve("expected.json")).path("greedy");
    try (Model model = TestModels.load(folder.resolve("past.onnx"));
        Generator generator = Generator.of(LanguageModel.of(model), null)) {
      for (int i = 0; i < greedy.path("input_ids").size(); i++) {
        long[] prompt = longs(greedy.path("input_ids").path(i));
        long[] expected = longs(greedy.path("expected_sequences").path(i));
        Generated generated =
            generator.generate(
                prompt, Sampling.GREEDY, Stopping.after(expected.length - prompt.length));
        assertThat(generated.ids())
            .containsExactly(Arrays.copyOfRange(expected, prompt.length, expected.length));
        assertThat(generated.end()).isEqualTo(End.MAX_NEW_TOKENS);
        assertThat(generated.text()).isNull();
      }
    }
  }

  /** Both rows of the published example at once, by hand. */
  @Test
  void aBatchGivesThePublishedTokensToo() {
    Path folder = TestModels.gpt2();
    JsonNode greedy = JsonMapper.shared().readTree(folder.resolve("expected.json")).path("greedy");
    long[] first = longs(greedy.path("expected_sequences").path(0));
    long[] second = longs(greedy.path("expected_sequences").path(1));
    try (Model model = TestModels.load(folder.resolve("past.onnx"));
        Decoding decoding = LanguageModel.of(model).decoding()) {
      Logits logits =
          decoding.prefill(TokenRows.of(Arrays.copyOf(first, 4), Arrays.copyOf(second, 4)));
      for (int i = 4; i < first.length; i++) {
        int last = logits.positions(0) - 1;
        assertThat(logits.argmax(0, last)).isEqualTo((int) first[i]);
        assertThat(logits.argmax(1, last)).isEqualTo((int) second[i]);
        logits = decoding.step(first[i], second[i]);
      }
    }
  }

  @Test
  void theSameSeedDrawsTheSameWithAndWithoutCache() {
    Path folder = TestModels.grammar();
    try (Model plain = TestModels.load(folder.resolve("model.onnx"));
        Model cached = TestModels.load(folder.resolve("model_with_past.onnx"));
        Tokenizer tokenizer = Tokenizers.open(folder.resolve("tokenizer.json"));
        Generator slow = Generator.of(LanguageModel.of(plain), tokenizer);
        Generator fast = Generator.of(LanguageModel.of(cached), tokenizer)) {
      Stopping stopping = Stopping.after(40);
      long[] prompt = {1};
      Generated first = fast.generate(prompt, DRAWN, stopping);
      Generated other = fast.generate(prompt, Sampling.temperature(1, 43), stopping);
      Generated again = fast.generate(prompt, DRAWN, stopping);
      assertThat(again).isEqualTo(first);
      assertThat(other.tokens()).isNotEqualTo(first.tokens());
      assertThat(slow.generate(prompt, DRAWN, stopping).tokens()).isEqualTo(first.tokens());
      // The configuration beside the model says which token ends a document.
      assertThat(first.end()).isEqualTo(End.STOP_TOKEN);
      assertThat(first.text()).isNotEmpty().doesNotContain("<eos>");
      assertThat(tokenizer.encode(String.valueOf(first.text()), false)).isEqualTo(first.ids());
    }
  }

  @Test
  void logProbabilitiesAreTheModelsOwn() {
    try (Model model = TestModels.load(TestModels.grammar().resolve("model_with_past.onnx"));
        Generator generator = Generator.of(LanguageModel.of(model), null)) {
      Generated generated = generator.generate(new long[] {1}, DRAWN.topK(2), Stopping.after(10));
      LanguageModel language = LanguageModel.of(model);
      long[] text = new long[generated.tokens().size() + 1];
      text[0] = 1;
      for (int i = 1; i < text.length; i++) {
        text[i] = generated.ids()[i - 1];
      }
      Logits logits = language.score(TokenRows.of(text));
      for (int i = 1; i < text.length; i++) {
        assertThat(generated.logProbabilities().get(i - 1))
            .isCloseTo(logits.logProbability(0, i - 1, text[i]), within(1e-4));
      }
    }
  }

  @Test
  void stopsWhereItIsTold() {
    Path folder = TestModels.grammar();
    try (Model model = TestModels.load(folder.resolve("model_with_past.onnx"));
        Tokenizer tokenizer = Tokenizers.open(folder.resolve("tokenizer.json"));
        Generator generator = Generator.of(LanguageModel.of(model), tokenizer);
        Generator without = Generator.of(LanguageModel.of(model), null)) {
      long[] prompt = {1};
      Generated whole = generator.generate(prompt, DRAWN, Stopping.after(40));
      String text = String.valueOf(whole.text());
      String word = tokenizer.name(whole.tokens().get(2));
      Generated cut = generator.generate(prompt, DRAWN, Stopping.after(40).strings("no", word));
      assertThat(cut.end()).isEqualTo(End.STOP_STRING);
      assertThat(cut.text()).isEqualTo(text.substring(0, text.indexOf(word)));
      long third = whole.tokens().get(2);
      Generated ended = generator.generate(prompt, DRAWN, Stopping.after(40).tokens(third));
      assertThat(ended.end()).isEqualTo(End.STOP_TOKEN);
      assertThat(ended.tokens())
          .isEqualTo(whole.tokens().subList(0, whole.tokens().indexOf(third)));
      assertThatThrownBy(() -> without.generate(prompt, DRAWN, Stopping.after(4).strings("x")))
          .hasMessage("stop strings need a tokenizer; without one, declare the ids of stop tokens");
    }
  }

  @Test
  void stopsWhereTheContextEnds() {
    try (Model model = TestModels.load(TestModels.grammar().resolve("model_with_past.onnx"));
        Generator generator = Generator.of(LanguageModel.of(model), null)) {
      // Padding, which is never drawn.
      Stopping stopping = Stopping.after(500).tokens(0L);
      Generated generated = generator.generate(new long[] {1, 5}, DRAWN, stopping);
      assertThat(generated.end()).isEqualTo(End.CONTEXT);
      assertThat(generated.tokens()).hasSize(64 - 2 + 1);
      assertThat(generator.generate(new long[64], DRAWN, stopping).tokens()).hasSize(1);
      assertThatThrownBy(() -> generator.generate(new long[301], DRAWN, stopping))
          .isInstanceOf(ModelException.class)
          .hasMessage("the prompt has 301 tokens and the model's context 64");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 57, 999_999})
  void stopTokensMustBeInTheVocabulary(long token) {
    try (Model model = TestModels.load(TestModels.grammar().resolve("model_with_past.onnx"));
        Generator generator = Generator.of(LanguageModel.of(model), null)) {
      Stopping stopping = Stopping.after(3).tokens(2L, token);
      assertThatThrownBy(() -> generator.generate(new long[] {1}, DRAWN, stopping))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "the stop token %d is none of the model's: its vocabulary has 57 tokens", token);
    }
  }

  static List<Sampling> ways() {
    return List.of(
        Sampling.GREEDY,
        Sampling.GREEDY.repetitionPenalty(1.5),
        DRAWN,
        DRAWN.topK(2),
        DRAWN.topP(0.9));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void nothingIsWrittenFromWhatIsNoDistribution(Sampling sampling) {
    double nan = Double.NaN;
    double inf = Double.POSITIVE_INFINITY;
    Generated late = fromLogits(sampling, new double[][] {{0, 9, 0}, {0, nan, inf}});
    assertThat(late.end()).isEqualTo(End.NOT_FINITE);
    assertThat(late.tokens()).hasSize(1);
    assertThat(late.nonFinite()).isEqualTo(2);
    Generated allNan = fromLogits(sampling, new double[][] {{nan, nan, nan}});
    assertThat(allNan.tokens()).isEmpty();
    assertThat(allNan.nonFinite()).isEqualTo(3);
    Generated allMasked = fromLogits(sampling, new double[][] {{-inf, -inf, -inf}});
    assertThat(allMasked.end()).isEqualTo(End.NOT_FINITE);
    assertThat(allMasked.nonFinite()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void maskedTokensAreNeverWritten(Sampling sampling) {
    double inf = Double.POSITIVE_INFINITY;
    Generated generated = fromLogits(sampling, new double[][] {{-inf, 0, -inf}});
    assertThat(generated.tokens()).containsExactly(1L, 1L, 1L);
    assertThat(generated.nonFinite()).isZero();
    assertThat(generated.end()).isEqualTo(End.MAX_NEW_TOKENS);
  }

  private static Generated fromLogits(Sampling sampling, double[][] logits) {
    try (Generator generator = Generator.of(LanguageModel.of(FakeModel.saying(logits)), null)) {
      return generator.generate(new long[] {0}, sampling, Stopping.after(3));
    }
  }
}
