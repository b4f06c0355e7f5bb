package org.modelvitals.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.modelvitals.language.FakeModel.tensor;
import static org.modelvitals.model.ElementType.BFLOAT16;
import static org.modelvitals.model.ElementType.BOOL;
import static org.modelvitals.model.ElementType.FLOAT16;
import static org.modelvitals.model.ElementType.FLOAT32;
import static org.modelvitals.model.ElementType.INT32;
import static org.modelvitals.model.ElementType.INT64;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.modelvitals.language.LanguageInputs.Role;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.ValueInfo;

/** What inputs are fed, by their names and types or by hand. */
class RecognitionTest {
  private static final ValueInfo IDS = tensor("input_ids", INT64, "batch", "sequence");
  private static final ValueInfo LOGITS =
      tensor("logits", FLOAT32, "batch", "sequence", "vocabulary");

  private static FakeModel model(List<ValueInfo> further, List<ValueInfo> outputs) {
    List<ValueInfo> inputs = new ArrayList<>(List.of(IDS));
    inputs.addAll(further);
    List<ValueInfo> all = new ArrayList<>(List.of(LOGITS));
    all.addAll(outputs);
    return new FakeModel(inputs, all, 1, 1, 5);
  }

  private static Tensor fed(FakeModel model, int call, String input) {
    return Objects.requireNonNull(model.calls.get(call).get(input), input);
  }

  @Test
  void lengthsArePastAndTotal() {
    FakeModel model =
        model(
            List.of(
                tensor("past_sequence_length", INT32),
                tensor("total_seq_len", INT64, 1),
                tensor("seqlens_k", INT32, "batch"),
                tensor("cache_position", INT64, "sequence"),
                tensor("num_logits_to_keep", INT64),
                tensor("past_0", FLOAT16, "batch", 2, "past", 8)),
            List.of(tensor("present_0", FLOAT16, "batch", 2, "total", 8)));
    try (Decoding decoding = LanguageModel.of(model).decoding()) {
      decoding.prefill(TokenRows.of(new long[] {7}));
      decoding.step(8);
      decoding.step(9);
    }
    assertThat(fed(model, 2, "past_sequence_length").getLong(0)).isEqualTo(2);
    assertThat(fed(model, 2, "past_sequence_length").rank()).isZero();
    assertThat(fed(model, 2, "total_seq_len")).hasToString("int64[1]");
    assertThat(fed(model, 2, "total_seq_len").getLong(0)).isEqualTo(3);
    assertThat(fed(model, 2, "seqlens_k").getLong(0)).isEqualTo(2);
    assertThat(fed(model, 2, "cache_position").getLong(0)).isEqualTo(2);
    assertThat(fed(model, 2, "num_logits_to_keep").getLong(0)).isZero();
  }

  @Test
  void everythingCanBeStatedByHand() {
    FakeModel model =
        new FakeModel(
            List.of(
                tensor("tokens", INT32, "b", "s"),
                tensor("keep", BOOL, "b", "t"),
                tensor("where", INT64, "b", "s"),
                tensor("segment", INT64, "b", "s"),
                tensor("n", INT64),
                tensor("warmth", FLOAT32, 1),
                tensor("k_in_0", BFLOAT16, "b", "len", 4),
                tensor("v_in_0", BFLOAT16, "b", "len", 4),
                tensor("q", FLOAT32, "b", 4)),
            List.of(
                tensor("r", FLOAT32, "b", 4),
                tensor("k_out_0", BFLOAT16, "b", "len2", 4),
                tensor("v_out_0", BFLOAT16, "b", "len2", 4),
                tensor("scores", FLOAT32, "b", "s", 5)),
            1,
            4);
    LanguageInputs names =
        LanguageInputs.CONVENTION
            .ids("tokens")
            .mask("keep")
            .positions("where")
            .types("segment")
            .logits("scores")
            .cache("k_in_*", "k_out_*")
            .cache("v_in_*", "v_out_*")
            .cache("q", "r")
            .role("n", Role.TOTAL_LENGTH)
            .constant("warmth", 0.5);
    LanguageModel language = LanguageModel.of(model, names);
    assertThat(language.vocabulary()).isEqualTo(5);
    assertThat(language.convention())
        .isEqualTo(
            "'tokens' (token ids), 'keep' (attention mask), 'where' (positions), 'segment' (token"
                + " types), 'n' (total length), 'warmth' (constant) → 'scores' (float32), with a"
                + " cache of 3 tensors: 'k_in_0: bfloat16[b, len, 4]' → 'k_out_0'");
    try (Decoding decoding = language.decoding()) {
      // The fake gives no such logits: what it was fed is what counts.
      assertThatThrownBy(() -> decoding.prefill(TokenRows.of(new long[] {3, 4})))
          .hasMessageContaining("no tensor with logits");
    }
    assertThat(fed(model, 0, "tokens")).hasToString("int32[1, 2]");
    assertThat(fed(model, 0, "keep").getLong(1)).isEqualTo(1);
    assertThat(fed(model, 0, "where").getLong(1)).isEqualTo(1);
    assertThat(fed(model, 0, "n").getLong(0)).isEqualTo(2);
    assertThat(fed(model, 0, "warmth").getDouble(0)).isEqualTo(0.5);
    assertThat(fed(model, 0, "k_in_0")).hasToString("bfloat16[1, 0, 4]");
    assertThat(fed(model, 0, "q")).hasToString("float32[1, 4]");
  }

  @ParameterizedTest
  @CsvSource({
    "past_key_values.3.key, present.3.key",
    "past_key_values.3.decoder.value, present.3.decoder.value",
    "past_key_self_3, present_key_self_3",
    "past_3, present_3",
    "past_conv.3, present_conv.3",
    "state_3, new_state_3",
    "state_in, state_out",
    "cache.3, updated_cache.3",
    "in_cache_key_3, out_cache_key_3",
    "past_ssm.3, present_ssm.3",
  })
  void cachesMeetByTheirNames(String past, String present) {
    FakeModel model =
        model(
            List.of(
                tensor("past_other", FLOAT32, "b", 2, "p", 8),
                tensor(past, FLOAT32, "b", 2, "p", 8)),
            List.of(
                tensor(present, FLOAT32, "b", 2, "t", 8),
                tensor("present_other", FLOAT32, "b", 2, "t", 8)));
    assertThat(
            Recognition.of(model, LanguageInputs.CONVENTION).caches().stream()
                .filter(cache -> cache.past().name().equals(past))
                .map(cache -> Objects.requireNonNull(cache.present()).name()))
        .containsExactly(present);
  }

  /** By order where names do not tell, if it is clear and it is called a state. */
  @Test
  void statesMeetByTheirOrder() {
    FakeModel model =
        model(
            List.of(
                tensor("hidden_a", FLOAT32, "b", 8),
                tensor("hidden_b", FLOAT32, "b", 8),
                tensor("cell_state", FLOAT32, "b", 16)),
            List.of(
                tensor("c", FLOAT32, "b", 16),
                tensor("x", FLOAT32, "b", 8),
                tensor("y", FLOAT32, "b", 8)));
    Map<String, String> pairs = new TreeMap<>();
    Recognition.of(model, LanguageInputs.CONVENTION)
        .caches()
        .forEach(
            cache ->
                pairs.put(cache.past().name(), Objects.requireNonNull(cache.present()).name()));
    assertThat(pairs)
        .containsExactly(
            Map.entry("cell_state", "c"), Map.entry("hidden_a", "x"), Map.entry("hidden_b", "y"));
  }

  @Test
  void whatIsNotUnderstoodIsRefused() {
    assertThatThrownBy(
            () ->
                LanguageModel.of(
                    model(
                        List.of(tensor("inputs_embeds", FLOAT32, "b", "s", 8)),
                        List.of(tensor("last_hidden", FLOAT32, "b", "s", 8)))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("does not know what to feed to 'inputs_embeds'");
    FakeModel one =
        model(
            List.of(tensor("past_0", FLOAT32, "b", 2, "p", 8)),
            List.of(tensor("present_0", FLOAT16, "b", 2, "t", 8)));
    assertThatThrownBy(() -> LanguageModel.of(one))
        .hasMessageContaining("does not know what to feed to 'past_0'")
        .hasMessageContaining("present_0: float16[b, 2, t, 8]");
    assertThatThrownBy(
            () -> LanguageModel.of(one, LanguageInputs.CONVENTION.cache("past_*", "present_0")))
        .hasMessage("the cache 'past_*: present_0' must have a star in both names, or in none");
    assertThatThrownBy(
            () -> LanguageModel.of(one, LanguageInputs.CONVENTION.role("past_1", Role.CONSTANT)))
        .hasMessage("the model has no input 'past_1'; it has input_ids, past_0");
  }

  @Test
  void cachesStatedByHandMustBeTheGraphs() {
    FakeModel model =
        model(
            List.of(
                tensor("past.0.key", FLOAT32, "b", 2, "p", 8),
                tensor("past.0.value", FLOAT32, "b", 2, "p", 8)),
            List.of(
                tensor("present.0.key", FLOAT32, "b", 2, "t", 8),
                tensor("present.0.value", FLOAT32, "b", 2, "t", 8)));
    LanguageInputs usual = LanguageInputs.CONVENTION;
    assertThatThrownBy(() -> LanguageModel.of(model, usual.cache("passed.*", "present.*")))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "the cache 'passed.*: present.*' is for no input; inputs left are past.0.key,"
                + " past.0.value");
    assertThatThrownBy(() -> LanguageModel.of(model, usual.cache("past.*", "pres.*")))
        .hasMessage(
            "the cache 'past.*: pres.*' takes 'past.0.key' from 'pres.0.key', which is no output;"
                + " outputs left are present.0.key, present.0.value");
    assertThatThrownBy(() -> LanguageModel.of(model, usual.cache("past.*.key", "present.*.key")))
        .hasMessage(
            "the caches that are declared leave out 'past.0.value'; inputs left are past.0.value");
    assertThatThrownBy(
            () -> LanguageModel.of(model(List.of(), List.of()), usual.cache("past.*", "present.*")))
        .hasMessageEndingWith("there is no input left for one");
    assertThat(LanguageModel.of(model, usual.cache("past.*", "present.*")).hasCache()).isTrue();
  }

  @Test
  void idsBelowZeroAreRefused() {
    LanguageModel language = LanguageModel.of(model(List.of(), List.of()));
    assertThatThrownBy(() -> language.score(TokenRows.of(new long[] {1, -100})))
        .hasMessage("token 1 of a row has the id -100; ids count from 0");
  }

  @Test
  void logitsThatNoBufferHoldsAreRefusedBeforeTheyAreMade() {
    FakeModel model =
        new FakeModel(List.of(IDS), List.of(tensor("logits", FLOAT32, "b", "s", 200_000)), 1, 1);
    LanguageModel language = LanguageModel.of(model);
    assertThatThrownBy(() -> language.score(TokenRows.of(new long[4096])))
        .hasMessageStartingWith("the logits of 1 rows of 4096 tokens need 3,276,800,000 bytes");
    assertThat(model.calls).isEmpty();
  }

  /** Of a model without a mask, what stands behind padding would see it. */
  @Test
  void withoutAMaskNothingStandsBehindPadding() {
    FakeModel model = model(List.of(), List.of());
    LanguageModel language = LanguageModel.of(model);
    TokenRows rows = TokenRows.of(new long[] {1}, new long[] {2, 3});
    assertThatThrownBy(() -> language.score(rows.padded(TokenRows.Padding.LEFT, 0)))
        .hasMessageStartingWith("the model takes no attention mask");
    assertThat(model.calls).isEmpty();
  }
}
