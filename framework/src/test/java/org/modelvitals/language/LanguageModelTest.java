package org.modelvitals.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelvitals.language.FakeModel.tensor;
import static org.modelvitals.model.ElementType.BOOL;
import static org.modelvitals.model.ElementType.FLOAT32;
import static org.modelvitals.model.ElementType.INT32;
import static org.modelvitals.model.ElementType.INT64;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.Tensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LanguageModelTest {

  @Test
  void greedyTokensAreThePublishedOnes() {
    Path folder = TestModels.gpt2();
    JsonNode greedy = JsonMapper.shared().readTree(folder.resolve("expected.json")).path("greedy");
    try (Model model = TestModels.load(folder.resolve("past.onnx"))) {
      LanguageModel language = LanguageModel.of(model, LanguageInputs.CONVENTION);
      assertThat(language.vocabulary()).isEqualTo(1000);
      for (int i = 0; i < greedy.path("input_ids").size(); i++) {
        long[] tokens = longs(greedy.path("input_ids").path(i));
        long[] expected = longs(greedy.path("expected_sequences").path(i));
        while (tokens.length < expected.length) {
          NextTokens next = language.next(tokens);
          assertThat(next.nonFinite()).isZero();
          tokens =
              LongStream.concat(LongStream.of(tokens), LongStream.of(next.top(1).get(0))).toArray();
        }
        assertThat(tokens).isEqualTo(expected);
      }
    }
  }

  private static long[] longs(JsonNode list) {
    return list.valueStream().mapToLong(JsonNode::asLong).toArray();
  }

  @Test
  void tokensThatTheModelDoesNotKnowAreRefused() {
    Path folder = TestModels.gpt2();
    try (Model model = TestModels.load(folder.resolve("past.onnx"));
        Tokenizer tokenizer = Tokenizers.open(folder.resolve("tokenizer.json"))) {
      LanguageModel language = LanguageModel.of(model, LanguageInputs.CONVENTION);
      long[] ids = tokenizer.encode("Hello world", true);
      assertThat(ids).containsExactly(15496, 995);
      assertThatThrownBy(() -> language.requireKnown("Hello world", ids, tokenizer))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "the text 'Hello world' has the token 15496 ('Hello'), which the model does not know:"
                  + " its vocabulary has 1,000 tokens, the tokenizer's 50,257")
          .extracting("reason")
          .isEqualTo(ModelException.Reason.BAD_INPUT);
      language.requireKnown("!", tokenizer.encode("!", true), tokenizer);
      assertThat(tokenizer.token("world")).isEqualTo(6894);
      assertThat(tokenizer.token(" world")).isEqualTo(995);
      assertThat(tokenizer.name(995)).isEqualTo("world");
    }
  }

  @Test
  void everyConventionalInputIsFed() {
    FakeModel model =
        new FakeModel(
            List.of(
                tensor("input_ids", INT64, "batch", "sequence"),
                tensor("attention_mask", FLOAT32, "batch", "total"),
                tensor("position_ids", INT32, "batch", "sequence"),
                tensor("token_type_ids", INT64, "batch", "sequence"),
                tensor("past_key_values.0.key", FLOAT32, "batch_size", 4, "past_sequence", 12),
                tensor("past_1", FLOAT32, 2, "b", 4, "p", 8),
                tensor("past_key_self_0", FLOAT32, "batch", 4, "kv", 8),
                tensor("use_cache_branch", BOOL, 1)),
            List.of(
                tensor("logits", FLOAT32, "batch", "sequence", "vocabulary"),
                tensor("present.0.key", FLOAT32, "batch_size", 4, "total", 12),
                tensor("present_1", FLOAT32, 2, "b", 4, "t", 8),
                tensor("present_key_self_0", FLOAT32, "batch", 4, "t", 8)),
            1,
            3,
            5);
    LanguageModel language = LanguageModel.of(model, LanguageInputs.CONVENTION);
    language.next(7, 8, 9);
    assertThat(fed(model, 0, "input_ids")).hasToString("int64[1, 3]");
    assertThat(fed(model, 0, "attention_mask")).hasToString("float32[1, 3]");
    assertThat(fed(model, 0, "attention_mask").getDouble(2)).isEqualTo(1);
    assertThat(fed(model, 0, "position_ids").getLong(2)).isEqualTo(2);
    assertThat(fed(model, 0, "token_type_ids").getLong(2)).isZero();
    assertThat(fed(model, 0, "past_key_values.0.key")).hasToString("float32[1, 4, 0, 12]");
    assertThat(fed(model, 0, "past_1")).hasToString("float32[2, 1, 4, 0, 8]");
    assertThat(fed(model, 0, "past_key_self_0")).hasToString("float32[1, 4, 0, 8]");
    assertThat(fed(model, 0, "use_cache_branch").getLong(0)).isZero();
  }

  @Test
  void positionsBeginWhereTheyAreToldTo() {
    FakeModel model =
        new FakeModel(
            List.of(
                tensor("input_ids", INT64, "batch", "sequence"),
                tensor("position_ids", INT64, "batch", "sequence"),
                tensor("past_0", FLOAT32, "batch", "past", 8)),
            List.of(
                tensor("logits", FLOAT32, "batch", "sequence", "vocabulary"),
                tensor("present_0", FLOAT32, "batch", "total", 8)),
            1,
            1,
            5);
    LanguageModel language = LanguageModel.of(model);
    assertThat(language.takesPositions()).isTrue();
    try (Decoding decoding = language.decoding()) {
      Logits logits = decoding.prefill(TokenRows.of(new long[] {7}), 64);
      assertThat(logits.firstPosition(0)).isZero();
      decoding.step(8);
      decoding.prefill(TokenRows.of(new long[] {9}));
    }
    assertThat(fed(model, 0, "position_ids").getLong(0)).isEqualTo(64);
    assertThat(fed(model, 1, "position_ids").getLong(0)).isEqualTo(65);
    assertThat(fed(model, 2, "position_ids").getLong(0)).isZero();
  }

  @Test
  void logitsMayStandAfterTheLastTokenOnly() {
    FakeModel model =
        new FakeModel(
            List.of(tensor("input_ids", INT64, "batch", "sequence")),
            List.of(tensor("logits", FLOAT32, "batch", "vocabulary")),
            1,
            5);
    LanguageModel language = LanguageModel.of(model);
    assertThat(language.takesPositions()).isFalse();
    assertThat(language.score(TokenRows.of(new long[] {1, 2, 3})).firstPosition(0)).isEqualTo(2);
  }

  private static Tensor fed(FakeModel model, int call, String input) {
    return Objects.requireNonNull(model.calls.get(call).get(input), input);
  }

  @Test
  void namesCanBeDeclared() {
    FakeModel model =
        new FakeModel(
            List.of(tensor("tokens", INT64, "n", "s"), tensor("keep", INT64, "n", "s")),
            List.of(tensor("scores", FLOAT32, "n", 5)),
            1,
            5);
    LanguageInputs names = LanguageInputs.CONVENTION.ids("tokens").mask("keep").logits("scores");
    assertThat(LanguageModel.of(model, names).next(1).probability(4)).isEqualTo(0.2);
    assertThatThrownBy(() -> LanguageModel.of(model, LanguageInputs.CONVENTION.ids("token")))
        .hasMessage("the model has no input 'token'; did you mean 'tokens'?");
  }

  @Test
  void otherModelsAreRefusedWithWhatWasFound() {
    FakeModel model =
        new FakeModel(
            List.of(tensor("image", FLOAT32, "batch", 3, 8, 8)),
            List.of(tensor("boxes", FLOAT32, 4)),
            4);
    assertThatThrownBy(() -> LanguageModel.of(model, LanguageInputs.CONVENTION))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(
            "fake.onnx is not recognised as a causal language model, because ModelVitals finds no"
                + " token ids, does not know what to feed to 'image', finds no logits; it takes"
                + " image: float32[batch, 3, 8, 8] and gives boxes: float32[4]; expected are"
                + " 'input_ids'");
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    FakeModel model =
        new FakeModel(
            List.of(tensor("input_ids", INT64, 1, 8)),
            List.of(tensor("logits", FLOAT32, 1, 8, 5)),
            1,
            8,
            5);
    LanguageModel language = LanguageModel.of(model, LanguageInputs.CONVENTION);
    assertThatThrownBy(() -> language.next(new long[9]))
        .hasMessage("the text has 9 tokens and the model's context 8");
    assertThatThrownBy(language::next).hasMessageContaining("no tokens to go on from");
    assertThat(model.calls).isEmpty();
  }

  @Test
  void whatIsShorterThanAFixedLengthIsFilledUp() {
    FakeModel model =
        new FakeModel(
            List.of(tensor("input_ids", INT64, 1, 4), tensor("attention_mask", INT64, 1, 4)),
            List.of(tensor("logits", FLOAT32, 1, 4, 5)),
            1,
            4,
            5);
    try (Decoding decoding = LanguageModel.of(model).decoding()) {
      assertThat(decoding.prefill(TokenRows.of(new long[] {3, 2})).positions(0)).isEqualTo(2);
      assertThat(decoding.length()).isEqualTo(2);
      assertThat(decoding.step(1).positions(0)).isEqualTo(1);
      assertThat(decoding.length()).isEqualTo(3);
    }
    assertThat(longs(model, 0, "input_ids")).containsExactly(3, 2, 0, 0);
    assertThat(longs(model, 0, "attention_mask")).containsExactly(1, 1, 0, 0);
    assertThat(longs(model, 1, "input_ids")).containsExactly(3, 2, 1, 0);
    assertThat(longs(model, 1, "attention_mask")).containsExactly(1, 1, 1, 0);
  }

  /** Its logits come after the last place, so that the tokens have to stand there. */
  @Test
  void whatIsFilledUpStandsBeforeTheTokensWhereOnlyTheLastOneHasLogits() {
    FakeModel model =
        new FakeModel(
            List.of(tensor("input_ids", INT64, 1, 4), tensor("attention_mask", INT64, 1, 4)),
            List.of(tensor("logits", FLOAT32, 1, 5)),
            1,
            5);
    assertThat(LanguageModel.of(model).next(3, 2).size()).isEqualTo(5);
    assertThat(longs(model, 0, "input_ids")).containsExactly(0, 0, 3, 2);
    assertThat(longs(model, 0, "attention_mask")).containsExactly(0, 0, 1, 1);
  }

  private static long[] longs(FakeModel model, int call, String input) {
    Tensor tensor = Objects.requireNonNull(model.calls.get(call).get(input));
    return LongStream.range(0, tensor.size()).map(i -> tensor.getLong((int) i)).toArray();
  }

  @Test
  void whatIsLongerThanTheContextIsRefused() {
    try (Model model = TestModels.load(TestModels.grammar().resolve("model.onnx"))) {
      LanguageModel language = LanguageModel.of(model);
      assertThatThrownBy(() -> language.next(new long[301]))
          .isInstanceOf(ModelException.class)
          .hasMessage("the text has 301 tokens and the model's context 64");
      assertThatThrownBy(() -> language.score(TokenRows.of(new long[] {1}, new long[65])))
          .hasMessage("row 1 has 65 tokens and the model's context 64");
      assertThat(language.score(TokenRows.of(new long[64])).positions(0)).isEqualTo(64);
    }
  }
}
