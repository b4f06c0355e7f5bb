package org.modelvitals.checks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.checks.language.Continuations.Likelihood;
import org.modelvitals.checks.language.Continuations.Pair;
import org.modelvitals.data.DataException;
import org.modelvitals.probe.ProbeException;

/**
 * The rules of lm-evaluation-harness, with a tokenizer that keeps a blank with the word after it.
 */
class ContinuationsTest {
  private static final String BYTE_PAIRS =
      """
      {"version": "1.0", "truncation": null, "padding": null,
       "added_tokens": [{"id": 6, "content": "<s>", "single_word": false, "lstrip": false,
         "rstrip": false, "normalized": false, "special": true}],
       "normalizer": null,
       "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
         "use_regex": true},
       "post_processor": {"type": "TemplateProcessing",
         "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
           {"Sequence": {"id": "A", "type_id": 0}}],
         "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
         "special_tokens": {"<s>": {"id": "<s>", "ids": [6], "tokens": ["<s>"]}}},
       "decoder": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
         "use_regex": true},
       "model": {"type": "BPE", "unk_token": null,
         "vocab": {"a": 0, "b": 1, "Ġ": 2, "Ġa": 3, "Ġb": 4, "ab": 5},
         "merges": ["Ġ a", "Ġ b", "a b"]}}
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeTokenizer() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), BYTE_PAIRS);
    Files.writeString(
        folder.resolve("tokenizer_config.json"), "{\"bos_token\": {\"content\": \"<s>\"}}");
  }

  /** After token i comes token i + 1 with 1/2, each other one with 1/12. */
  private TableModel table() {
    double[][] rows = new double[7][7];
    for (int i = 0; i < 7; i++) {
      for (int j = 0; j < 7; j++) {
        rows[i][j] = j == (i + 1) % 7 ? 0.5 : 0.5 / 6;
      }
    }
    return new TableModel(folder.resolve("model.onnx"), rows);
  }

  private TextModel model() {
    return TextModel.open(new LanguageContext(table(), folder), LanguageSetup.USUAL);
  }

  private Pair encode(String context, String continuation, boolean special) {
    try (TextModel model = model()) {
      return new Continuations(model, LanguageSetup.USUAL, special, null)
          .encode("here", context, continuation);
    }
  }

  private Likelihood ask(String context, String continuation) {
    List<Likelihood> found = new ArrayList<>();
    try (TextModel model = model()) {
      Continuations continuations = new Continuations(model, LanguageSetup.USUAL, false, null);
      continuations.add("here", context, continuation, found::add);
      continuations.flush();
    }
    return found.get(0);
  }

  @Test
  void blanksAtTheEndOfTheContextGoToTheContinuation() {
    Pair pair = encode("a ", "b", false);
    assertThat(pair.context).containsExactly(0);
    assertThat(pair.continuation).containsExactly(4);
    assertThat(encode("a", " b", false).continuation).containsExactly(4);
  }

  @Test
  void specialTokensAreAddedWhereAskedFor() {
    Pair pair = encode("a", " b", true);
    assertThat(pair.context).containsExactly(6, 0);
    assertThat(pair.continuation).containsExactly(4);
  }

  @Test
  void beforeAnEmptyContextStandsThePrefix() {
    Pair pair = encode("", " b", false);
    assertThat(pair.context).containsExactly(6);
    assertThat(pair.continuation).containsExactly(4);
    Pair begun = encode("", "<s> b", false);
    assertThat(begun.context).containsExactly(6);
    assertThat(begun.continuation).containsExactly(4);
    Pair blank = encode(" ", "b", true);
    assertThat(blank.context).containsExactly(6);
    assertThat(blank.continuation).containsExactly(4);
  }

  @Test
  void withoutAPrefixThatAnythingNamesItIsAskedFor() throws IOException {
    Files.delete(folder.resolve("tokenizer_config.json"));
    assertThatThrownBy(() -> encode("", "b", false))
        .isInstanceOf(ProbeException.class)
        .hasMessageEndingWith("name one with 'prefix'");
    Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": [5, 6]}");
    assertThat(encode("", "b", false).context).containsExactly(5);
  }

  @Test
  void aContinuationWithoutATokenOfItsOwnIsRefused() {
    assertThatThrownBy(() -> ask("a", "b"))
        .isInstanceOf(DataException.class)
        .hasMessage("here: the continuation 'b' of 'a' has no token of its own");
  }

  @Test
  void likelihoodIsTheSumOverTheContinuation() {
    Likelihood found = ask(" a", " b a");
    assertThat(found.fed().capacity()).isEqualTo(3);
    // 3 is followed by 4 as the likeliest, 4 by 3 as another.
    assertThat(found.logProbability()).isCloseTo(Math.log(0.5 * 0.5 / 6), within(1e-12));
    assertThat(found.missed()).isEqualTo(5);
    assertThat(ask(" a", " b").greedy()).isTrue();
  }

  @Test
  void whatDoesNotFitIsCutOffOnTheLeft() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"n_positions\": 2, \"eos_token_id\": 6}");
    Likelihood found = ask(" a a a a", " b a");
    assertThat(found.logProbability()).isCloseTo(Math.log(0.5 * 0.5 / 6), within(1e-12));
    assertThatThrownBy(() -> ask(" a", " b a b"))
        .hasMessage("here: the continuation has 3 tokens, the model takes no more than 2");
  }

  @Test
  void aPrefixThatTheModelDoesNotKnowIsRefused() throws IOException {
    Files.delete(folder.resolve("tokenizer_config.json"));
    Files.writeString(folder.resolve("config.json"), "{\"bos_token_id\": 999}");
    assertThatThrownBy(() -> encode("", "a", false))
        .isInstanceOf(ProbeException.class)
        .hasMessageStartingWith(
            "bos_token_id in config.json is 999, but the model knows the tokens 0 to 6 only");
  }
}
